sub greet(name, twice) {
  play "hello-{name}"
  if twice { run greet_again(name) }
  wait 1s
}
sub greet_again(name) {
  play "again-{name}"
}
sub topic(dialled) {
  if dialled == "5000" { return "sales" }
  return "other"
}
sub slow(x) {
  wait 5s
  return "late {x}"
}
sub person() {
  ring agent ana for 10s
  return "nobody"
}
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  run greet("you", yes)
  let t = run topic(call.to)
  note "topic {t}"
  set call.data.a = run slow("a") within 2s else "in time"
  note call.data.a
  set call.data.b = run slow("b") within 10s else "in time"
  note call.data.b
  let p = run person() within 3s else "too long"
  note "person: {p}"
  run person()
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
  treatment.started A play hello-you
  > play A 1 hello-you
3s A played 1
  treatment.ended A play hello-you done
  treatment.started A play again-you
  > play A 2 again-you
5s A played 2
  treatment.ended A play again-you done
6s -
  call.noted A topic sales
8s -
  call.noted A in time
13s -
  call.noted A late b
  treatment.started A ringback
  offer.made A/1 ana for 10s
  agent.state ana ringing
  > ringback A 3
  > offer A/1 ana@ana
16s -
  offer.ended A/1 ana lost_race
  agent.state ana ready
  call.noted A person: too long
  offer.made A/2 ana for 10s
  agent.state ana ringing
  > withdraw A/1 strategy
  > offer A/2 ana@ana
20s A/2 answers
  offer.ended A/2 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/2
20s A/2 connected
  call.connected A ana
40s A/2 gone
  agent.state ana ready
  call.ended A party answered
  > hangup A
