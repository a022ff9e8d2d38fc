strategy "s" {
  entry "5000"
  default route to group Reception
  dial "+34600000777" via trunk pstn, trunk backup, trunk pstn {
    ringback within 4s
    answer within 20s
    stop on 404, 486
    from e164
    header "X-Why" = "a b"
    on busy { note "busy" }
    on no_answer { note "no answer" }
    on failed(code) { note "failed {code}" }
  }
  dial call.to via trunk both {
    uui "00" json { n: 1 }
    on busy { note "busy" }
    on no_answer { note "no answer" }
    on failed(code) { note "failed {code}" }
  }
  dial call.to via trunk both {
    on failed(code) { note "failed {code}" }
  }
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  offer.made A/1 +34600000777 pstn for 20s
  > offer A/1 +34600000777 via pstn from 34600000001 {"headers":{"X-Why":"a b"}}
2s A/1 fails unreachable 503
  offer.ended A/1 +34600000777 unreachable 503
  offer.made A/2 +34600000777 backup for 20s
  > offer A/2 +34600000777 via backup from 34600000001 {"headers":{"X-Why":"a b"}}
3s A/2 rings
22s -
  offer.ended A/2 +34600000777 no_answer
  call.noted A no answer
  offer.made A/3 5000 pstn for 5m
  > withdraw A/2 no_answer
  > offer A/3 5000 via pstn {"uui":{"discriminator":"00","hex":"7b226e223a317d"},"headers":{}}
24s A/3 fails unreachable 404
  offer.ended A/3 5000 unreachable 404
  call.noted A failed 404
  offer.made A/4 5000 backup for 5m
  > offer A/4 5000 via backup
27s -
  offer.ended A/4 5000 unreachable
  offer.made A/5 5000 pstn for 5m
  > withdraw A/4 no_answer
  > offer A/5 5000 via pstn
28s A/4 rings
29s A/4 answers
  > withdraw A/4 lost_race
29s A/4 connected
30s A/5 rings
40s A/4 gone
41s B calls 5000
  call.arrived B 5000 s
  offer.made B/1 +34600000777 pstn for 20s
  > offer B/1 +34600000777 via pstn from 34600000001 {"headers":{"X-Why":"a b"}}
45s -
  offer.ended B/1 +34600000777 unreachable
  offer.made B/2 +34600000777 backup for 20s
  > withdraw B/1 no_answer
  > offer B/2 +34600000777 via backup from 34600000001 {"headers":{"X-Why":"a b"}}
46s B/2 fails busy 486
  offer.ended B/2 +34600000777 busy 486
  call.noted B busy
  offer.made B/3 5000 pstn for 5m
  > offer B/3 5000 via pstn {"uui":{"discriminator":"00","hex":"7b226e223a317d"},"headers":{}}
47s trunk pstn down
  trunk.state pstn false
48s B/3 fails unreachable 488
  offer.ended B/3 5000 unreachable 488
  offer.made B/4 5000 backup for 5m
  > offer B/4 5000 via backup {"uui":{"discriminator":"00","hex":"7b226e223a317d"},"headers":{}}
50s B/4 answers
  offer.ended B/4 5000 answered
  > connect B/4
51s B/4 unconnected
  call.noted B failed 0
  offer.made B/5 5000 backup for 5m
  > withdraw B/4 strategy
  > offer B/5 5000 via backup
