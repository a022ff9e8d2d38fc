strategy "s" { entry "5000"  default route to group Reception
  answer
  queue Sales { at 0s  agent cleo  give up after 5m  while waiting { music "calm" } }
}

---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
1s D dialled ana +34600000009
  call.dialled D ana +34600000009
  agent.state ana ringing
  > open D
  > place D ana@ana from +34600000009
2s D answered
  call.answered D
  agent.state ana talking
  treatment.started D ringback
  offer.made D/2 +34600000009 pstn for 5m
  > ringback D 1
  > offer D/2 +34600000009 via pstn from 6101
3s D/2 answers
  offer.ended D/2 +34600000009 answered
  treatment.ended D ringback interrupted
  > connect D/2
3s D/2 connected
  call.connected D +34600000009
10s D holds ana
  > turn D/2 D/1 ana
  > part D/1
10s D/1 parted
  call.held D ana
  agent.state ana hold
  treatment.started D silence
  > silence D 2
20s D retrieves ana
  treatment.ended D silence interrupted
  > connect D/1
20s D/1 connected
  call.retrieved D ana
  agent.state ana talking
30s D consults 6102 ana
  > part D/1
30s D/1 parted
  call.held D ana
  agent.state ana hold
  treatment.started D silence
  offer.made D/3 ben for 20s
  agent.state ben ringing
  > silence D 3
  > offer D/3 ben@ben from 6101 apart
31s D/3 answers
  offer.ended D/3 ben answered
  agent.state ben talking
  > join D/3 D/1
31s D/3 paired
  call.consulted D ana ben
  agent.state ana talking
35s D completes
  agent.state ana ready
  treatment.ended D silence interrupted
  > withdraw D/1 strategy
  > connect D/3
35s D/3 connected
  call.connected D ben
  call.transferred D ben
40s D/3 gone
  agent.state ben ready
  call.ended D party transferred
  > hangup D
1m E dialled ana 6102
  call.dialled E ana 6102
  agent.state ana ringing
  > open E
  > place E ana@ana from 6102
1m1s E answered
  call.answered E
  agent.state ana talking
  treatment.started E ringback
  offer.made E/2 ben for 20s
  agent.state ben ringing
  > ringback E 1
  > offer E/2 ben@ben from 6101
1m2s E/2 answers
  offer.ended E/2 ben answered
  agent.state ben talking
  treatment.ended E ringback interrupted
  > connect E/2
1m2s E/2 connected
  call.connected E ben
1m3s E holds ben
  > part E/2
1m3s E/2 parted
  call.held E ben
  agent.state ben hold
  treatment.started E silence
  > silence E 2
1m4s E retrieves ana
1m4s E holds ana
1m5s E retrieves ben
  treatment.ended E silence interrupted
  > connect E/2
1m5s E/2 connected
  call.retrieved E ben
  agent.state ben talking
1m6s E hands_on nobody by=ana
  transfer.failed E nobody unreachable
1m6s E hands_on Sales by=ana
  agent.state ana ready
  call.handed_on E Sales ana
  treatment.started E ringback
  call.queued E Sales 1
  offer.made E/3 cleo Sales for 20s
  agent.state cleo ringing
  > turn E/2 E/1 ana
  > withdraw E/1 strategy
  > ringback E 3
  > offer E/3 cleo@cleo from 6102 Sales
1m8s E/3 answers
  offer.ended E/3 cleo answered
  agent.state cleo talking
  call.dequeued E Sales answered
  treatment.ended E ringback interrupted
  > connect E/3
1m8s E/3 connected
  call.connected E cleo
  call.transferred E cleo
1m20s E gone
  agent.state cleo ready
  agent.state ben ready
  call.ended E caller transferred
  > hangup E
1m30s F dialled ana 6102
  call.dialled F ana 6102
  agent.state ana ringing
  > open F
  > place F ana@ana from 6102
1m31s F answered
  call.answered F
  agent.state ana talking
  treatment.started F ringback
  offer.made F/2 ben for 20s
  agent.state ben ringing
  > ringback F 1
  > offer F/2 ben@ben from 6101
1m32s F/2 answers
  offer.ended F/2 ben answered
  agent.state ben talking
  treatment.ended F ringback interrupted
  > connect F/2
1m32s F/2 connected
  call.connected F ben
1m33s F hands_on 6103 by=ben
  agent.state ben ready
  call.handed_on F 6103 ben
  treatment.started F ringback
  offer.made F/3 cleo for 20s
  agent.state cleo ringing
  > withdraw F/2 strategy
  > ringback F 2
  > offer F/3 cleo@cleo from 6101
1m34s F/3 answers
  offer.ended F/3 cleo answered
  agent.state cleo talking
  treatment.ended F ringback interrupted
  > connect F/3
1m34s F/3 connected
  call.connected F cleo
  call.transferred F cleo
1m40s F holds ana
  > turn F/3 F/1 ana
  > part F/1
1m40s F/1 parted
  call.held F ana
  agent.state ana hold
  treatment.started F silence
  > silence F 3
1m41s F/1 gone
  treatment.ended F silence interrupted
  agent.state ana ready
  agent.state cleo ready
  call.ended F party transferred
  > hangup F
