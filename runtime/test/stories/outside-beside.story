strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 20s
    at 0s agents with sales >= 9
    at 5s add number duty for 30s again every 40s
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
6s -
  call.step A Sales 2
  offer.made A/1 +34600000900 pstn Sales for 30s
  > offer A/1 +34600000900 via pstn Sales
8s ana ready
  agent.state ana ready
  offer.made A/2 ana Sales for 20s
  agent.state ana ringing
  > offer A/2 ana@ana Sales
12s A/2 answers
  offer.ended A/2 ana answered
  agent.state ana talking
  offer.ended A/1 +34600000900 lost_race
  call.dequeued A Sales answered
  > withdraw A/1 lost_race
  > connect A/2
12s A/2 connected
  call.connected A ana
20s A gone
  agent.state ana ready
  call.ended A caller answered
  > hangup A
