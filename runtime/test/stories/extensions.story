strategy "s" { entry "5000"  default route to "6102"
  answer
  ring "6101" for 5s { on no_answer, busy { note "ana: {outcome}" } }
  transfer to "6101" { on failed, refused { note "ana again: {outcome}" } }
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
  treatment.started A ringback
  offer.made A/1 ana for 5s
  agent.state ana ringing
  > ringback A 1
  > offer A/1 ana@ana
2s A/1 rings
6s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (no_answer)
  call.noted A ana: no_answer
  offer.made A/2 ana for 20s
  agent.state ana ringing
  > withdraw A/1 no_answer
  > offer A/2 ana@ana
7s ana ready
8s A/2 answers
  offer.ended A/2 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/2
8s A/2 connected
  call.connected A ana
  call.transferred A ana
9s B calls 5000
  call.arrived B 5000 s
  > answer B
9s B answered
  call.answered B
  call.noted B ana: busy
  call.noted B ana again: refused
  call.default_routed B strategy the strategy ended without a route
  treatment.started B ringback
  offer.made B/1 ben for 20s
  agent.state ben ringing
  > ringback B 1
  > offer B/1 ben@ben
10s B/1 rings
12s B/1 answers
  offer.ended B/1 ben answered
  agent.state ben talking
  treatment.ended B ringback interrupted
  > connect B/1
12s B/1 connected
  call.connected B ben
