strategy "s" { entry "5000"  default route to group Reception  hangup }

---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
1s D dialled ana 6102
  call.dialled D ana 6102
  agent.state ana ringing
  > open D
  > place D ana@ana from 6102
3s D answered
  call.answered D
  agent.state ana talking
  treatment.started D ringback
  offer.made D/2 ben for 20s
  agent.state ben ringing
  > ringback D 1
  > offer D/2 ben@ben from 6101
5s D/2 rings
9s D/2 answers
  offer.ended D/2 ben answered
  agent.state ben talking
  treatment.ended D ringback interrupted
  > connect D/2
9s D/2 connected
  call.connected D ben
20s D/2 gone
  agent.state ben ready
  agent.state ana ready
  call.ended D party answered
  > hangup D
30s E dialled ana +34600000009
  call.dialled E ana +34600000009
  agent.state ana ringing
  > open E
  > place E ana@ana from +34600000009
31s E answered
  call.answered E
  agent.state ana talking
  treatment.started E ringback
  offer.made E/2 +34600000009 pstn for 5m
  > ringback E 1
  > offer E/2 +34600000009 via pstn from 6101
33s E/2 fails busy 486
  offer.ended E/2 +34600000009 busy 486
  dial.failed E ana +34600000009 busy 486
  treatment.ended E ringback interrupted
  treatment.started E play dial/busy
  > play E 2 dial/busy
34s E played 2 missing
  treatment.ended E play dial/busy missing
  agent.state ana ready
  call.ended E system failed
  > hangup E
40s F dialled ana +34600000009
  call.dialled F ana +34600000009
  agent.state ana ringing
  > open F
  > place F ana@ana from +34600000009
41s F answered
  call.answered F
  agent.state ana talking
  treatment.started F ringback
  offer.made F/2 +34600000009 pstn for 5m
  > ringback F 1
  > offer F/2 +34600000009 via pstn from 6101
43s F/2 answers
  offer.ended F/2 +34600000009 answered
  treatment.ended F ringback interrupted
  > connect F/2
43s F/2 connected
  call.connected F +34600000009
50s F gone
  agent.state ana ready
  call.ended F caller answered
  > hangup F
1m G dialled ana cleo
  call.dialled G ana cleo
  agent.state ana ringing
  > open G
  > place G ana@ana from cleo
1m1s G answered
  call.answered G
  agent.state ana talking
  treatment.started G ringback
  offer.made G/2 cleo for 20s
  agent.state cleo ringing
  > ringback G 1
  > offer G/2 cleo@cleo from 6101
1m21s -
  offer.ended G/2 cleo no_answer
  agent.state cleo not_ready (no_answer)
  dial.failed G ana cleo no_answer
  treatment.ended G ringback interrupted
  treatment.started G play dial/no_answer
  > withdraw G/2 no_answer
  > play G 2 dial/no_answer
1m25s flag storm on
  flag.set storm true desk
1m30s G gone
  treatment.ended G play dial/no_answer interrupted
  agent.state ana ready
  call.ended G caller abandoned
  > hangup G
1m40s H dialled ana 6102
  call.dialled H ana 6102
  agent.state ana ringing
  > open H
  > place H ana@ana from 6102
1m41s H unreached busy
  dial.failed H ana 6102 busy agent
  agent.state ana ready
  call.ended H system failed
  > hangup H
1m50s I dialled ana 6102
  call.dialled I ana 6102
  agent.state ana ringing
  > open I
  > place I ana@ana from 6102
2m10s -
  dial.failed I ana 6102 no_answer agent
  agent.state ana ready
  call.ended I system failed
  > unplace I
  > hangup I
2m20s flag storm off
  flag.set storm false desk
2m30s J dialled nobody 6102
2m31s K dialled ana <script>
  call.dialled K ana <script>
  dial.failed K ana <script> unreachable
  call.ended K system failed
  > open K
  > hangup K
2m32s L dialled ana duty
  call.dialled L ana duty
  agent.state ana ringing
  > open L
  > place L ana@ana from duty
2m33s L answered
  call.answered L
  agent.state ana talking
  treatment.started L ringback
  offer.made L/2 +34600000900 pstn for 5m
  > ringback L 1
  > offer L/2 +34600000900 via pstn from 6101
2m34s M dialled ana 6103
  call.dialled M ana 6103
  dial.failed M ana 6103 busy agent
  call.ended M system failed
  > open M
  > hangup M
2m34s L gone
  treatment.ended L ringback interrupted
  offer.ended L/2 +34600000900 caller_gone
  agent.state ana ready
  call.ended L caller abandoned
  > withdraw L/2 caller_gone
  > hangup L
