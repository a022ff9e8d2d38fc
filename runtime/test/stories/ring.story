strategy "s" {
  entry "5000"
  default route to group Reception
  ring agent ana for 10s {
    no_answer makes not_ready("at the door")
    on no_answer, busy, unreachable { note "ana: {outcome}" }
  }
  ring group Sales for 5s { on rejected { note "the group: {outcome}" } }
  ring number duty for 20s { on busy { note "duty is busy" } }
  answer
  ring agent ben for 10s
  ring agent cleo for 10s
  play "sorry"
  hangup
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
1s A calls 5000
  call.arrived A 5000 s
  offer.made A/1 ana for 10s
  agent.state ana ringing
  > offer A/1 ana@ana
3s A/1 rings
11s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (at the door)
  call.noted A ana: no_answer
  offer.made A/2 ben for 5s
  agent.state ben ringing
  > withdraw A/1 no_answer
  > offer A/2 ben@ben
12s A/2 fails rejected
  offer.ended A/2 ben rejected
  agent.state ben not_ready (rejected)
  call.noted A the group: rejected
  offer.made A/3 +34600000900 pstn for 20s
  > offer A/3 +34600000900 via pstn
14s A/3 fails busy
  offer.ended A/3 +34600000900 busy
  call.noted A duty is busy
  > answer A
15s A answered
  call.answered A
  treatment.started A ringback
  offer.made A/4 ben for 10s
  agent.state ben ringing
  > ringback A 1
  > offer A/4 ben@ben
16s ana ready
  agent.state ana ready
17s B calls 5000
  call.arrived B 5000 s
  offer.made B/1 ana for 10s
  agent.state ana ringing
  > offer B/1 ana@ana
18s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  > connect B/1
18s B/1 connected
  call.answered B
  call.connected B ana
20s C calls 5000
  call.arrived C 5000 s
  call.noted C ana: busy
  offer.made C/1 +34600000900 pstn for 20s
  > offer C/1 +34600000900 via pstn
21s A played 3
22s -
22s C gone
  offer.ended C/1 +34600000900 caller_gone
  call.ended C caller abandoned
  > withdraw C/1 caller_gone
  > hangup C
23s B/1 gone
  agent.state ana ready
  call.ended B party answered
  > hangup B
