strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s agents with sales >= waiting(queue Sales) * 4
    give up after 10m
  }
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s B calls 5000
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
3s C calls 5000
  call.arrived C 5000 s
  > answer C
3s C answered
  call.answered C
  call.queued C Sales 3
4s A gone
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > hangup A
4s B gone
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > hangup B
5s ben ready
  agent.state ben ready
6s ana ready
  agent.state ana ready
  offer.made C/1 ana Sales for 20s
  agent.state ana ringing
  > offer C/1 ana@ana Sales
