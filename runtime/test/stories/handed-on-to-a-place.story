strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue First { at 0s  agent ana  give up after 5m  while waiting { music "calm" } }
}

strategy "t" {
  entry "5100"
  default route to group Reception
  queue Sales { priority 5  at 0s  group Sales  give up after 20s }
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
  call.queued A First 1
  offer.made A/1 ana First for 20s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana First
  > music A 1 calm
2s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A First answered
  treatment.ended A music calm interrupted
  > connect A/1
2s A/1 connected
  call.connected A ana
3s A hands_on nowhere
  transfer.failed A nowhere unreachable
4s A hands_on Sales
  agent.state ana ready
  call.handed_on A Sales ana
  treatment.started A ringback
  call.queued A Sales 1
  offer.made A/2 ben Sales for 20s
  agent.state ben ringing
  > withdraw A/1 strategy
  > ringback A 2
  > offer A/2 ben@ben Sales
5s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  call.dequeued A Sales answered
  treatment.ended A ringback interrupted
  > connect A/2
5s A/2 connected
  call.connected A ben
  call.transferred A ben
7s A hands_on group Reception
  agent.state ben ready
  call.handed_on A group Reception ben
  treatment.started A ringback
  call.queued A Reception 1
  offer.made A/3 rita Reception for 20s
  agent.state rita ringing
  > withdraw A/2 strategy
  > ringback A 3
  > offer A/3 rita@rita Reception
8s A/3 answers
  offer.ended A/3 rita answered
  agent.state rita talking
  call.dequeued A Reception answered
  treatment.ended A ringback interrupted
  > connect A/3
8s A/3 connected
  call.connected A rita
  call.transferred A rita
9s A hands_on mailbox sales
  agent.state rita ready
  call.handed_on A mailbox sales rita
  voicemail.started A sales
  > withdraw A/3 strategy
  > deposit A 4 sales pbx 2002
10s A deposited 4 failed
  voicemail.ended A sales failed
  transfer.failed A mailbox sales failed rita
  treatment.started A ringback
  offer.made A/4 rita for 20s
  agent.state rita ringing
  > ringback A 5
  > offer A/4 rita@rita
11s A/4 answers
  offer.ended A/4 rita answered
  agent.state rita talking
  treatment.ended A ringback interrupted
  > connect A/4
11s A/4 connected
  call.connected A rita
12s A hands_on mailbox sales
  agent.state rita ready
  call.handed_on A mailbox sales rita
  voicemail.started A sales
  > withdraw A/4 strategy
  > deposit A 6 sales pbx 2002
13s A deposited 6
  voicemail.ended A sales left_message
  call.ended A caller left_message
  > hangup A
20s B calls 5000
  call.arrived B 5000 s
  > answer B
20s B answered
  call.answered B
  call.queued B First 1
  offer.made B/1 ana First for 20s
  agent.state ana ringing
  treatment.started B music calm
  > offer B/1 ana@ana First
  > music B 1 calm
21s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B First answered
  treatment.ended B music calm interrupted
  > connect B/1
21s B/1 connected
  call.connected B ana
22s ben claims break not_ready
  agent.state ben not_ready
23s B hands_on queue Sales
  agent.state ana ready
  call.handed_on B queue Sales ana
  treatment.started B ringback
  call.queued B Sales 1
  > withdraw B/1 strategy
  > ringback B 2
33s -
43s -
  call.dequeued B Sales give_up
  transfer.failed B queue Sales give_up ana
  offer.made B/2 ana for 20s
  agent.state ana ringing
  > offer B/2 ana@ana
45s B/2 answers
  offer.ended B/2 ana answered
  agent.state ana talking
  treatment.ended B ringback interrupted
  > connect B/2
45s B/2 connected
  call.connected B ana
46s ben ready
46s ben unclaims break
  agent.state ben ready
47s B hands_on queue Sales
  agent.state ana ready
  call.handed_on B queue Sales ana
  treatment.started B ringback
  call.queued B Sales 1
  offer.made B/3 ben Sales for 20s
  agent.state ben ringing
  > withdraw B/2 strategy
  > ringback B 3
  > offer B/3 ben@ben Sales
48s B/3 answers
  offer.ended B/3 ben answered
  agent.state ben talking
  call.dequeued B Sales answered
  treatment.ended B ringback interrupted
  > connect B/3
48s B/3 unconnected
  agent.state ben ready
  call.queued B Sales 1
  > withdraw B/3 strategy
50s B gone
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > hangup B
