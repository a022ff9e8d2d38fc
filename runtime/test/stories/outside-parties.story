strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    at 10s add number duty for 15s again every 30s
    at 1m add trunk pbx for 5s
    give up after 2m
  }
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
11s -
  call.step A Sales 2
  offer.made A/1 +34600000900 pstn Sales for 15s
  > offer A/1 +34600000900 via pstn Sales
12s A/1 rings
26s -
  offer.ended A/1 +34600000900 no_answer
  > withdraw A/1 no_answer
41s -
  offer.made A/2 +34600000900 pstn Sales for 15s
  > offer A/2 +34600000900 via pstn Sales
56s -
  offer.ended A/2 +34600000900 no_answer
  > withdraw A/2 no_answer
1m1s -
  call.step A Sales 3
  offer.made A/3 5000 pbx Sales for 5s
  > offer A/3 5000 via pbx Sales
1m6s -
  offer.ended A/3 5000 no_answer
  > withdraw A/3 no_answer
1m11s -
  offer.made A/4 +34600000900 pstn Sales for 15s
  > offer A/4 +34600000900 via pstn Sales
1m20s A/4 answers
  offer.ended A/4 +34600000900 answered
  call.dequeued A Sales answered
  > connect A/4
1m20s A/4 connected
  call.connected A +34600000900
1m30s A/4 gone
  call.ended A party answered
  > hangup A
