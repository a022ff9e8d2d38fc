strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  say "hello", 3, 25s, 9m1s, 11m
  queue Sales {
    at 0s group Sales
    give up after 1m
    while waiting {
      say position(this), ewt(this), call.waited
      wait 5s
    }
  }
  try { say call.data.nothing ?? call.data.none  on bad_value { note "nothing to say" } }
  transfer to "sip:desk@gw.example" { on failed { note "no desk" } }
  transfer to "sip:desk@elsewhere.example" { on failed(code) { note "no way there: {code}" } }
  transfer to "tel:+34600000777" { on failed { note "no phone" } }
  hangup
}
---
0s ana claims login not_ready
  agent.state ana not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A say hello, 3, 1m, 10m, 15m
  > say A 1 ["hello",3,{"is":"duration","ms":60000},{"is":"duration","ms":600000},{"is":"duration","ms":900000}]
3s A played 1
  treatment.ended A say hello, 3, 1m, 10m, 15m done
  call.queued A Sales 1
  treatment.started A say 1, 3m, 1m
  > say A 2 [1,{"is":"duration","ms":180000},{"is":"duration","ms":60000}]
5s A played 2
  treatment.ended A say 1, 3m, 1m done
10s -
  treatment.started A say 1, 3m, 1m
  > say A 3 [1,{"is":"duration","ms":180000},{"is":"duration","ms":60000}]
1m3s -
  call.dequeued A Sales give_up
  treatment.ended A say 1, 3m, 1m interrupted
  call.noted A nothing to say
  treatment.started A ringback
  offer.made A/1 desk pstn for 3m
  > silence A 4
  > ringback A 5
  > offer A/1 desk via pstn
1m5s A/1 fails unreachable 404
  offer.ended A/1 desk unreachable 404
  call.noted A no desk
  call.noted A no way there: 0
  offer.made A/2 +34600000777 pstn for 3m
  > offer A/2 +34600000777 via pstn
1m6s A/2 fails unreachable 404
  offer.ended A/2 +34600000777 unreachable 404
  call.noted A no phone
  treatment.ended A ringback interrupted
  call.ended A strategy hung_up
  > hangup A
