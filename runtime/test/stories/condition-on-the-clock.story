strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s agents with sales >= 9
    at 2s add group Reception when call.waited > 5s
    give up after 10m
  }
}
---
0s rita ready
  agent.state rita ready
0s ana ready
  agent.state ana ready
0s ana claims desk not_ready
  agent.state ana not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
3s -
  call.step A Sales 2
4s -
5s -
6s -
7s -
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
8s -
9s -
10s -
11s -
12s -
12s A gone
  offer.ended A/1 rita caller_gone
  agent.state rita ready
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > withdraw A/1 caller_gone
  > hangup A
