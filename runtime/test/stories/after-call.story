strategy "s" {
  entry "5000"
  default route to group Reception
  secret call.data.card
  answer
  set call.data.card = collect 4 digits prompt "card" within 5s else "none"
  note "card {call.data.same ?? ""} of {call.from}"
  ring agent ana for 10s { showing { card: call.data.same } }
  hangup
  after call {
    note "ended {call.outcome}"
    if call.outcome == answered { note "by {call.agent.name}" }
    fetch POST crm "/ended" with { outcome: call.outcome } within 3s { on failed(c) { note "told nobody: {c}" } }
    note "{call.data.nothing}"
    note "not here"
  }
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000 same=4711
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A play card
  > play A 1 card {"atMost":4,"withinMs":5000}
2s A presses 4
  treatment.ended A play card interrupted
  > silence A 2
3s A presses 7
4s A presses 1
5s A presses 1
  digits.collected A digits ••••
  call.noted A card ••• of +34600000001
  treatment.started A ringback
  offer.made A/1 ana for 10s
  agent.state ana ringing
  > ringback A 3
  > offer A/1 ana@ana
6s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/1
7s A/1 connected
  call.connected A ana
9s A/1 gone
  agent.state ana ready
  call.ended A party answered
  call.noted A ended answered
  call.noted A by ana
  > hangup A
  > request A 4 POST crm /ended {"outcome":"answered"}
10s A replied 5 0
11s A presses 1
12s -
  request.ended A timeout
  after_call.failed A bad_value: missing inside a text (test.strategy:14)
  > abandonRequest A 4
12s B calls 5000 card=4711,name=x4711y
  call.arrived B 5000 s
  > answer B
12s B answered
  call.answered B
  treatment.started B play card
  > play B 1 card {"atMost":4,"withinMs":5000}
13s B gone
  treatment.ended B play card interrupted
  call.ended B caller abandoned
  call.noted B ended abandoned
  > hangup B
  > request B 2 POST crm /ended {"outcome":"abandoned"}
14s B gone
16s -
  request.ended B timeout
  after_call.failed B bad_value: missing inside a text (test.strategy:14)
  > abandonRequest B 2
20s C calls 5000
  call.arrived C 5000 s
  > answer C
20s C gone
  call.ended C caller abandoned
  call.noted C ended abandoned
  > hangup C
  > request C 1 POST crm /ended {"outcome":"abandoned"}
22s C replied 1 200
  request.ended C ok 200
  after_call.failed C bad_value: missing inside a text (test.strategy:14)
23s C calls 5000
  call.arrived C 5000 s
  > answer C
