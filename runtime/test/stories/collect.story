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
2s A presses 1
  treatment.ended A play menu interrupted
  digits.collected A digits 1
  call.noted A one, digits
  treatment.started A play account
  > silence A 2
  > play A 3 account {"atMost":5,"endedBy":"#","withinMs":4000}
3s A presses 9
  treatment.ended A play account interrupted
  > silence A 4
4s A presses 9
5s A presses 9
6s A presses #
  digits.collected A digits 999
  call.noted A nines
  treatment.started A play pin
  > play A 5 pin {"atMost":4,"withinMs":3000}
7s A played 5
  treatment.ended A play pin done
8s A presses 1
9s A presses 2
10s A presses 3
11s A presses 4
  digits.collected A digits 1234
  call.noted A 1234
  treatment.started A music calm
  > music A 6 calm
  > listen A
12s A presses 7
13s A presses 8
  digits.collected A digits 78
  call.noted A 78
  treatment.ended A music calm interrupted
  call.ended A strategy hung_up
  > hangup A
20s B calls 5000
  call.arrived B 5000 s
  > answer B
20s B answered
  call.answered B
  treatment.started B play menu
  > play B 1 menu {"atMost":1,"withinMs":5000}
24s B played 1
  treatment.ended B play menu done
29s -
  treatment.started B play sorry
  > play B 2 sorry {"atMost":1,"withinMs":5000,"more":true}
31s B played 2
  treatment.ended B play sorry done
  treatment.started B play menu
  > play B 3 menu {"atMost":1,"withinMs":5000}
35s B played 3
  treatment.ended B play menu done
36s B presses 7
  treatment.started B play sorry
  > play B 4 sorry {"atMost":1,"withinMs":5000,"more":true}
37s B played 5
38s B played 6
44s B played 7
46s B presses 1
  treatment.ended B play sorry interrupted
  digits.collected B digits 1
  call.noted B one, digits
  treatment.started B play account
  > silence B 5
  > play B 6 account {"atMost":5,"endedBy":"#","withinMs":4000}
47s B presses #
  treatment.ended B play account interrupted
  digits.collected B nothing 
  call.noted B nothing
  treatment.started B play pin
  > silence B 7
  > play B 8 pin {"atMost":4,"withinMs":3000}
1m C calls 5000
  call.arrived C 5000 s
  > answer C
1m C answered
  call.answered C
  treatment.started C play menu
  > play C 1 menu {"atMost":1,"withinMs":5000}
1m1s C presses 2
  treatment.ended C play menu interrupted
  digits.collected C digits 2
  call.noted C two or three
  treatment.started C play account
  > silence C 2
  > play C 3 account {"atMost":5,"endedBy":"#","withinMs":4000}
1m2s C presses 4
  treatment.ended C play account interrupted
  > silence C 4
1m3s C presses 4
1m4s C presses 4
1m5s C presses 4
1m6s C presses 4
  digits.collected C digits 44444
  call.noted C account 44444
  treatment.started C play pin
  > play C 5 pin {"atMost":4,"withinMs":3000}
1m7s C gone
  treatment.ended C play pin interrupted
  call.ended C caller abandoned
  > hangup C
