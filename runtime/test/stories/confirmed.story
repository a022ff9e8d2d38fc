strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  ring number duty for 20s {
    confirmed by "1" prompt "take-call"
    on no_answer { note "no answer" }
    on not_confirmed { note "not confirmed" }
  }
  ring agent ana for 20s { confirmed by "2" prompt "take-call"  on not_confirmed { note "nor ana" } }
  hangup
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A ringback
  offer.made A/1 +34600000900 pstn for 20s
  > ringback A 1
  > offer A/1 +34600000900 via pstn
2s A/1 answers
  > confirm A/1 1 take-call
3s A/1 answers
4s A/1 confirms
  offer.ended A/1 +34600000900 answered
  treatment.ended A ringback interrupted
  > connect A/1
5s A/1 connected
  call.connected A +34600000900
6s A/1 gone
  call.ended A party answered
  > hangup A
10s B calls 5000
  call.arrived B 5000 s
  > answer B
10s B answered
  call.answered B
  treatment.started B ringback
  offer.made B/1 +34600000900 pstn for 20s
  > ringback B 1
  > offer B/1 +34600000900 via pstn
28s B/1 answers
  > confirm B/1 1 take-call
40s B/1 confirms not
  offer.ended B/1 +34600000900 not_confirmed
  call.noted B not confirmed
  offer.made B/2 ana for 20s
  agent.state ana ringing
  > withdraw B/1 strategy
  > offer B/2 ana@ana
42s B/2 answers
  > confirm B/2 2 take-call
1m2s -
  offer.ended B/2 ana not_confirmed
  agent.state ana ready
  call.noted B nor ana
  treatment.ended B ringback interrupted
  call.ended B strategy hung_up
  > withdraw B/2 strategy
  > hangup B
1m10s C calls 5000
  call.arrived C 5000 s
  > answer C
1m10s C answered
  call.answered C
  treatment.started C ringback
  offer.made C/1 +34600000900 pstn for 20s
  > ringback C 1
  > offer C/1 +34600000900 via pstn
1m11s C/1 answers
  > confirm C/1 1 take-call
1m12s C gone
  treatment.ended C ringback interrupted
  offer.ended C/1 +34600000900 caller_gone
  call.ended C caller abandoned
  > withdraw C/1 caller_gone
  > hangup C
1m20s D calls 5000
  call.arrived D 5000 s
  > answer D
1m20s D answered
  call.answered D
  treatment.started D ringback
  offer.made D/1 +34600000900 pstn for 20s
  > ringback D 1
  > offer D/1 +34600000900 via pstn
1m21s D/1 answers
  > confirm D/1 1 take-call
1m22s D/1 gone
  offer.ended D/1 +34600000900 not_confirmed
  call.noted D not confirmed
  offer.made D/2 ana for 20s
  agent.state ana ringing
  > withdraw D/1 strategy
  > offer D/2 ana@ana
1m23s D gone
  treatment.ended D ringback interrupted
  offer.ended D/2 ana caller_gone
  agent.state ana ready
  call.ended D caller abandoned
  > withdraw D/2 caller_gone
  > hangup D
