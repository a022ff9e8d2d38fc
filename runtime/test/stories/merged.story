strategy "s" { entry "5000"  default route to group Reception
  answer
  queue Sales { at 0s  agent ana  give up after 5m  while waiting { music "calm" } }
}
strategy "t" { entry "5001"  default route to group Reception
  ring agent ben for 20s
}

---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s rita ready
  agent.state rita ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana Sales
  > music A 1 calm
2s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/1
2s A/1 connected
  call.connected A ana
3s B calls 5001
  call.arrived B 5001 t
  offer.made B/1 ben for 20s
  agent.state ben ringing
  > offer B/1 ben@ben
4s B/1 answers
  offer.ended B/1 ben answered
  agent.state ben talking
  > connect B/1
4s B/1 connected
  call.answered B
  call.connected B ben
5s A merges B party caller
  agent.state ana ready
  call.ended B party transferred
  > adopt A/2 from B B/1
  > withdraw A/1 strategy
  > connect A/2
  > hangup B
6s A/2 connected
  call.connected A ben
  call.transferred A ben
7s A/2 gone
  agent.state ben ready
  call.ended A party transferred
  > hangup A
10s D dialled ana 6102
  call.dialled D ana 6102
  agent.state ana ringing
  > open D
  > place D ana@ana from 6102
10s D answered
  call.answered D
  agent.state ana talking
  treatment.started D ringback
  offer.made D/2 ben for 20s
  agent.state ben ringing
  > ringback D 1
  > offer D/2 ben@ben from 6101
11s D/2 answers
  offer.ended D/2 ben answered
  agent.state ben talking
  treatment.ended D ringback interrupted
  > connect D/2
11s D/2 connected
  call.connected D ben
12s E calls 5001
  call.arrived E 5001 t
  call.default_routed E strategy the strategy ended without a route
  > answer E
13s D merges nobody caller party
14s E gone
  call.ended E caller abandoned
  > hangup E
15s D gone
  agent.state ben ready
  agent.state ana ready
  call.ended D caller answered
  > hangup D
20s F calls 5001
  call.arrived F 5001 t
  offer.made F/1 ben for 20s
  agent.state ben ringing
  > offer F/1 ben@ben
21s F/1 answers
  offer.ended F/1 ben answered
  agent.state ben talking
  > connect F/1
21s F/1 connected
  call.answered F
  call.connected F ben
22s G dialled ana +34600000009
  call.dialled G ana +34600000009
  agent.state ana ringing
  > open G
  > place G ana@ana from +34600000009
22s G answered
  call.answered G
  agent.state ana talking
  treatment.started G ringback
  offer.made G/2 +34600000009 pstn for 5m
  > ringback G 1
  > offer G/2 +34600000009 via pstn from 6101
23s G/2 answers
  offer.ended G/2 +34600000009 answered
  treatment.ended G ringback interrupted
  > connect G/2
23s G/2 connected
  call.connected G +34600000009
24s F merges G caller caller
  agent.state ana ready
  call.ended G party transferred
  > turn F/1 F/2
  > adopt F/3 from G G/2
  > withdraw F/2 strategy
  > connect F/3
  > hangup G
25s F/3 unconnected
  transfer.failed F +34600000009 failed
  call.default_routed F strategy it could not be joined again
  treatment.started F ringback
  call.queued F Reception 1
  offer.made F/4 rita Reception for 20s
  agent.state rita ringing
  > withdraw F/3 strategy
  > ringback F 1
  > offer F/4 rita@rita from 6102 Reception
