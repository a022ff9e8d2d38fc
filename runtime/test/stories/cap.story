strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    priority call.data.points rising 10 every 10s up to call.data.cap
    at 0s group Sales
    give up after 10m
  }
}
---
0s ana ready
  agent.state ana ready
0s ana claims desk not_ready
  agent.state ana not_ready
1s A calls 5000 points=30,cap=40
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s B calls 5000 points=20,cap=90
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
3s C calls 5000 points=0,cap=90
  call.arrived C 5000 s
  > answer C
3s C answered
  call.answered C
  call.queued C Sales 3
11s -
30s ana ready
  agent.state ana ready
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  > offer B/1 ana@ana Sales
31s A gone
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > hangup A
31s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  > connect B/1
31s B/1 connected
  call.connected B ana
31s B gone
  agent.state ana ready
  call.ended B caller answered
  offer.made C/1 ana Sales for 20s
  agent.state ana ringing
  > hangup B
  > offer C/1 ana@ana Sales
43s C/1 answers
  offer.ended C/1 ana answered
  agent.state ana talking
  call.dequeued C Sales answered
  > connect C/1
43s C/1 connected
  call.connected C ana
44s C gone
  agent.state ana ready
  call.ended C caller answered
  > hangup C
