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
3s A holds phone
  > part A/1
4s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 2
5s A retrieves desk
6s A holds phone
7s A retrieves phone
  treatment.ended A silence interrupted
  > connect A/1
8s A/1 connected
  call.retrieved A ana
  agent.state ana talking
9s A holds desk
  > part A/1
10s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 3
11s A holds phone
12s A retrieves desk
13s A retrieves phone
  treatment.ended A silence interrupted
  > connect A/1
14s A/1 connected
  call.retrieved A ana
  agent.state ana talking
15s A holds desk
  > part A/1
16s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 4
17s A retrieves phone
  treatment.ended A silence interrupted
  > connect A/1
18s A/1 connected
  call.retrieved A ana
  agent.state ana talking
19s A holds phone
  > part A/1
20s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 5
21s A consults ben
  offer.made A/2 ben for 20s
  agent.state ben ringing
  > offer A/2 ben@ben from 6101 apart
22s A retrieves phone
23s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  > join A/2 A/1
24s A/2 paired
  call.consulted A ana ben
  agent.state ana talking
25s A retrieves desk
  agent.state ben ready
  consult.ended A ben withdrawn
  agent.state ana hold
  treatment.ended A silence interrupted
  > withdraw A/2 strategy
  > connect A/1
26s A/1 connected
  call.retrieved A ana
  agent.state ana talking
30s B calls 5001
  call.arrived B 5001 t
  offer.made B/1 ben for 20s
  agent.state ben ringing
  > offer B/1 ben@ben
30s A holds phone
  > part A/1
30s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 6
31s B/1 answers
  offer.ended B/1 ben answered
  agent.state ben talking
  > connect B/1
31s B/1 connected
  call.answered B
  call.connected B ben
32s A merges B party caller
  agent.state ana ready
  treatment.ended A silence interrupted
  call.ended B party transferred
  > adopt A/3 from B B/1
  > withdraw A/1 strategy
  > connect A/3
  > hangup B
33s A/3 connected
  call.connected A ben
  call.transferred A ben
34s A/3 gone
  agent.state ben ready
  call.ended A party transferred
  > hangup A
40s D dialled ana 6102
  call.dialled D ana 6102
  agent.state ana ringing
  > open D
  > place D ana@ana from 6102
40s D answered
  call.answered D
  agent.state ana talking
  treatment.started D ringback
  offer.made D/2 ben for 20s
  agent.state ben ringing
  > ringback D 1
  > offer D/2 ben@ben from 6101
41s D/2 answers
  offer.ended D/2 ben answered
  agent.state ben talking
  treatment.ended D ringback interrupted
  > connect D/2
41s D/2 connected
  call.connected D ben
42s D holds phone caller
  > turn D/2 D/1 ana
  > part D/1
42s D/1 parted
  call.held D ana
  agent.state ana hold
  treatment.started D silence
  > silence D 2
43s D retrieves phone
  treatment.ended D silence interrupted
  > connect D/1
43s D/1 connected
  call.retrieved D ana
  agent.state ana talking
44s D holds phone
  > part D/1
44s D/1 parted
  call.held D ana
  agent.state ana hold
  treatment.started D silence
  > silence D 3
46s D gone
  treatment.ended D silence interrupted
  agent.state ana ready
  agent.state ben ready
  call.ended D caller answered
  > hangup D
