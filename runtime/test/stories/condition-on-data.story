strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    at 1s add group Reception when call.data.storm == yes
    give up after 10m
    while waiting { wait 5s set call.data.storm = yes wait 5m }
  }
}
---
0s rita ready
  agent.state rita ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s -
  call.step A Sales 2
6s -
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
7s A/1 answers
  offer.ended A/1 rita answered
  agent.state rita talking
  call.dequeued A Sales answered
  > connect A/1
