strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  collect 1 digit prompt "menu" within 5s tries 3 then prompt "sorry" {
    on "1" { note "one, {outcome}" }
    on "2", "3" { note "two or three" }
    on no_choice { note "no choice" }
  }
  collect 3..5 digits prompt "account" within 4s ended by "#" {
    on "999" { note "nines" }
    on digits(d) { note "account {d}" }
    on nothing { note "nothing" }
    on invalid { note "invalid" }
  }
  set call.data.pin = collect 4 digits prompt "pin" within 3s else "none"
  note call.data.pin
  music "calm"
  let more = collect 2 digits else missing
  note more ?? "no more"
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A play menu
  > play A 1 menu {"atMost":1,"withinMs":5000}
4s A collected 1 7
  treatment.ended A play menu done
  treatment.started A play sorry
  > play A 2 sorry {"atMost":1,"withinMs":5000,"more":true}
6s A played 2
  treatment.ended A play sorry done
  treatment.started A play menu
  > play A 3 menu {"atMost":1,"withinMs":5000}
9s A collected 3
  treatment.ended A play menu done
  treatment.started A play sorry
  > play A 4 sorry {"atMost":1,"withinMs":5000,"more":true}
9s A collected 3 1
10s A collected 4 1
  treatment.ended A play sorry done
  digits.collected A digits 1
  call.noted A one, digits
  treatment.started A play account
  > play A 5 account {"atMost":5,"endedBy":"#","withinMs":4000}
14s A collected 5 99
  treatment.ended A play account done
  digits.collected A invalid 99
  call.noted A invalid
  treatment.started A play pin
  > play A 6 pin {"atMost":4,"withinMs":3000}
15s A collected 6 12345
  treatment.ended A play pin done
  digits.collected A digits 1234
  call.noted A 1234
  treatment.started A music calm
  > music A 7 calm
  > listen A
16s A presses 7
18s A gone
  treatment.ended A music calm interrupted
  call.ended A caller abandoned
  > hangup A
