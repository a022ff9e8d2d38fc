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
10s A holds
  > part A/1
10s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 2
20s A retrieves
  treatment.ended A silence interrupted
  > connect A/1
20s A/1 connected
  call.retrieved A ana
  agent.state ana talking
30s A hands_on 6102
  agent.state ana ready
  call.handed_on A 6102 ana
  treatment.started A ringback
  offer.made A/2 ben for 20s
  agent.state ben ringing
  > withdraw A/1 strategy
  > ringback A 3
  > offer A/2 ben@ben
32s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  treatment.ended A ringback interrupted
  > connect A/2
32s A/2 connected
  call.connected A ben
  call.transferred A ben
40s A/2 gone
  agent.state ben ready
  call.ended A party transferred
  > hangup A
50s B calls 5000
  call.arrived B 5000 s
  > answer B
50s B answered
  call.answered B
  call.queued B Sales 1
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started B music calm
  > offer B/1 ana@ana Sales
  > music B 1 calm
52s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  treatment.ended B music calm interrupted
  > connect B/1
52s B/1 connected
  call.connected B ana
1m B consults 6102
  > part B/1
1m B/1 parted
  call.held B ana
  agent.state ana hold
  treatment.started B silence
  offer.made B/2 ben for 20s
  agent.state ben ringing
  > silence B 2
  > offer B/2 ben@ben from 6101 apart
1m3s B/2 answers
  offer.ended B/2 ben answered
  agent.state ben talking
  > join B/2 B/1
1m3s B/2 paired
  call.consulted B ana ben
  agent.state ana talking
1m10s B completes
  agent.state ana ready
  treatment.ended B silence interrupted
  > withdraw B/1 strategy
  > connect B/2
1m10s B/2 connected
  call.connected B ben
  call.transferred B ben
1m20s B gone
  agent.state ben ready
  call.ended B caller transferred
  > hangup B
1m30s C calls 5000
  call.arrived C 5000 s
  > answer C
1m30s C answered
  call.answered C
  call.queued C Sales 1
  offer.made C/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started C music calm
  > offer C/1 ana@ana Sales
  > music C 1 calm
1m32s C/1 answers
  offer.ended C/1 ana answered
  agent.state ana talking
  call.dequeued C Sales answered
  treatment.ended C music calm interrupted
  > connect C/1
1m32s C/1 connected
  call.connected C ana
1m35s C holds
  > part C/1
1m35s C/1 parted no
  hold.failed C
1m36s C consults 6102
  > part C/1
1m36s C/1 parted
  call.held C ana
  agent.state ana hold
  treatment.started C silence
  offer.made C/2 ben for 20s
  agent.state ben ringing
  > silence C 2
  > offer C/2 ben@ben from 6101 apart
1m38s C/2 fails rejected
  offer.ended C/2 ben rejected
  agent.state ben not_ready (rejected)
  consult.ended C ben rejected
1m39s C consults +34600000009
  offer.made C/3 +34600000009 pstn for 20s
  > offer C/3 +34600000009 via pstn from 6101 apart
1m41s C/3 answers
  offer.ended C/3 +34600000009 answered
  > join C/3 C/1
1m41s C/3 paired
  call.consulted C ana +34600000009
  agent.state ana talking
1m45s C/3 gone
  consult.ended C +34600000009 hung_up
  agent.state ana hold
1m46s C retrieves
  treatment.ended C silence interrupted
  > connect C/1
1m46s C/1 connected
  call.retrieved C ana
  agent.state ana talking
1m47s C consults nobody
  consult.ended C nobody unreachable
1m48s -
  agent.state ben ready
1m48s C hands_on nobody
  transfer.failed C nobody unreachable
1m49s C hands_on 6102
  agent.state ana ready
  call.handed_on C 6102 ana
  treatment.started C ringback
  offer.made C/4 ben for 20s
  agent.state ben ringing
  > withdraw C/1 strategy
  > ringback C 3
  > offer C/4 ben@ben
1m51s C/4 fails busy
  offer.ended C/4 ben busy
  agent.state ben not_ready (busy)
  transfer.failed C 6102 busy ana
  offer.made C/5 ana for 20s
  agent.state ana ringing
  > offer C/5 ana@ana
1m53s C/5 answers
  offer.ended C/5 ana answered
  agent.state ana talking
  treatment.ended C ringback interrupted
  > connect C/5
1m53s C/5 connected
  call.connected C ana
2m C consults 6102
  > part C/5
2m C/5 parted
  call.held C ana
  agent.state ana hold
  treatment.started C silence
  offer.made C/6 ben for 20s
  agent.state ben ringing
  > silence C 4
  > offer C/6 ben@ben from 6101 apart
2m4s C/6 answers
  offer.ended C/6 ben answered
  agent.state ben talking
  > join C/6 C/5
2m4s C/6 paired
  call.consulted C ana ben
  agent.state ana talking
2m10s C/5 gone
  agent.state ana ready
  treatment.ended C silence interrupted
  > withdraw C/5 strategy
  > connect C/6
2m10s C/6 connected
  call.connected C ben
  call.transferred C ben
2m20s C gone
  agent.state ben not_ready (busy)
  call.ended C caller transferred
  > hangup C
2m30s D calls 5000
  call.arrived D 5000 s
  > answer D
2m30s D answered
  call.answered D
  call.queued D Sales 1
  offer.made D/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started D music calm
  > offer D/1 ana@ana Sales
  > music D 1 calm
2m32s D/1 answers
  offer.ended D/1 ana answered
  agent.state ana talking
  call.dequeued D Sales answered
  treatment.ended D music calm interrupted
  > connect D/1
2m32s D/1 connected
  call.connected D ana
2m35s D consults 6102
  > part D/1
2m35s D/1 parted
  call.held D ana
  agent.state ana hold
  treatment.started D silence
  offer.made D/2 ben for 20s
  agent.state ben ringing
  > silence D 2
  > offer D/2 ben@ben from 6101 apart
2m36s D gone
  treatment.ended D silence interrupted
  offer.ended D/2 ben caller_gone
  agent.state ben not_ready (busy)
  agent.state ana ready
  call.ended D caller answered
  > withdraw D/2 caller_gone
  > hangup D
