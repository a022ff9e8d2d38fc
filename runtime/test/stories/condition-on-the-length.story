strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    exclude agent "{call.data.not}"
    at 0s group Sales
    at 1s add group Reception when waiting(queue Sales) == 2
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
1s A calls 5000 not=ben
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s -
  call.step A Sales 2
3s B calls 5000 not=rita
  call.arrived B 5000 s
  > answer B
3s B answered
  call.answered B
  call.queued B Sales 2
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
4s -
  call.step B Sales 2
4s A/1 fails busy
  offer.ended A/1 rita busy
  agent.state rita not_ready (busy)
5s C calls 5000 not=rita
  call.arrived C 5000 s
  > answer C
5s C answered
  call.answered C
  call.queued C Sales 3
6s -
  call.step C Sales 2
8s D calls 5000 not=cleo
  call.arrived D 5000 s
  > answer D
8s D answered
  call.answered D
  call.queued D Sales 4
9s -
  call.step D Sales 2
14s -
1m4s -
  agent.state rita ready
1m5s B gone
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > hangup B
1m6s C gone
  call.dequeued C Sales abandoned
  call.ended C caller abandoned
  offer.made A/2 rita Sales for 20s
  agent.state rita ringing
  > hangup C
  > offer A/2 rita@rita Sales
