strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s site elsewhere
    at 10s add agents with site upstairs and sales >= 8
    at 20s add site upstairs
    give up after 1m
  }
}
---
0s rita ready
  agent.state rita ready
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
11s -
  call.step A Sales 2
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
12s A/1 fails busy
  offer.ended A/1 ana busy
  agent.state ana not_ready (busy)
