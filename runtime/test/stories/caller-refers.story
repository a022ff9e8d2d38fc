strategy "s" { entry "5000"  default route to group Reception
  answer
  queue Sales { at 0s  agent ana  give up after 5m  while waiting { music "calm" } }
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
3s A hands_on nobody by_caller
  transfer.failed A nobody unreachable
4s A hands_on +34600000009 by_caller
  call.handed_on A +34600000009
  treatment.started A ringback
  offer.made A/3 +34600000009 pstn for 5m
  > turn A/1 A/2
  > withdraw A/2 strategy
  > ringback A 2
  > offer A/3 +34600000009 via pstn from 6101
5s A/3 rings
6s A/3 answers
  offer.ended A/3 +34600000009 answered
  treatment.ended A ringback interrupted
  > connect A/3
6s A/3 connected
  call.connected A +34600000009
  call.transferred A +34600000009
7s A/3 gone
  agent.state ana ready
  call.ended A party transferred
  > hangup A
20s B calls 5000
  call.arrived B 5000 s
  > answer B
20s B answered
  call.answered B
  call.queued B Sales 1
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started B music calm
  > offer B/1 ana@ana Sales
  > music B 1 calm
21s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  treatment.ended B music calm interrupted
  > connect B/1
21s B/1 connected
  call.connected B ana
22s B hands_on 6102 by_caller
  call.handed_on B 6102
  treatment.started B ringback
  offer.made B/3 ben for 20s
  agent.state ben ringing
  > turn B/1 B/2
  > withdraw B/2 strategy
  > ringback B 2
  > offer B/3 ben@ben from 6101
23s B/3 fails busy
  offer.ended B/3 ben busy
  agent.state ben not_ready (busy)
  transfer.failed B 6102 busy
  call.default_routed B strategy the default route failed
  treatment.ended B ringback interrupted
  treatment.started B ringback
  call.queued B Reception 1
  offer.made B/4 rita Reception for 20s
  agent.state rita ringing
  > ringback B 3
  > offer B/4 rita@rita from 6101 Reception
24s B gone
  treatment.ended B ringback interrupted
  offer.ended B/4 rita caller_gone
  agent.state rita ready
  call.dequeued B Reception abandoned
  agent.state ana ready
  call.ended B caller abandoned
  > withdraw B/4 caller_gone
  > hangup B
