strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  transfer to agent ana {
    on refused(code) { note "refused {code}" }
    on failed(code) { note "failed {code}" }
  }
  transfer to "+34600000777" {
    uui text "hello"
    on refused(code) { note "refused {code}" }
    on failed(code) { note "failed {code}" }
  }
  refer to "tel:+34600000888" {
    uui "00" json { from: call.from }
    on refused(code) { note "refused {code}" }
    on failed(code) { note "failed {code}" }
  }
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
  offer.made A/1 ana for 20s
  agent.state ana ringing
  > ringback A 1
  > offer A/1 ana@ana
2s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/1
3s A/1 connected
  call.connected A ana
  call.transferred A ana
4s A/1 gone
  agent.state ana ready
  call.ended A party transferred
  > hangup A
5s B calls 5000
  call.arrived B 5000 s
  > answer B
5s B answered
  call.answered B
  treatment.started B ringback
  offer.made B/1 ana for 20s
  agent.state ana ringing
  > ringback B 1
  > offer B/1 ana@ana
6s B/1 fails busy
  offer.ended B/1 ana busy
  agent.state ana not_ready (busy)
  call.noted B refused 486
  offer.made B/2 +34600000777 pstn for 3m
  > offer B/2 +34600000777 via pstn {"uui":{"hex":"68656c6c6f"},"headers":{}}
7s B/2 fails unreachable 503
  offer.ended B/2 +34600000777 unreachable 503
  call.noted B failed 503
  call.referred B tel:+34600000888
  > refer B 2 tel:+34600000888 {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{}}
8s B referred 2 refused 603
  call.noted B refused 603
  treatment.ended B ringback interrupted
  call.ended B strategy hung_up
  > hangup B
10s C calls 5000
  call.arrived C 5000 s
  > answer C
10s C answered
  call.answered C
  treatment.started C ringback
  offer.made C/1 ana for 20s
  agent.state ana ringing
  > ringback C 1
  > offer C/1 ana@ana
11s C/1 fails rejected 603
  offer.ended C/1 ana rejected 603
  agent.state ana not_ready (busy, rejected)
  call.noted C refused 603
  offer.made C/2 +34600000777 pstn for 3m
  > offer C/2 +34600000777 via pstn {"uui":{"hex":"68656c6c6f"},"headers":{}}
12s C/2 answers
  offer.ended C/2 +34600000777 answered
  treatment.ended C ringback interrupted
  > connect C/2
12s C/2 unconnected
  call.noted C failed 0
  call.referred C tel:+34600000888
  > withdraw C/2 strategy
  > refer C 2 tel:+34600000888 {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{}}
13s C referred 2 accepted
  call.ended C strategy transferred
  > hangup C
14s C gone
