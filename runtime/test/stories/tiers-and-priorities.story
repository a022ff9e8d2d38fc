strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    tier vip when call.data.tier == "gold"
    priority call.data.points rising 5 every 10s up to 40
    at 0s group Sales
    give up after 10m
  }
}
---
0s cleo ready
  agent.state cleo ready
0s cleo claims desk not_ready
  agent.state cleo not_ready
1s A calls 5000 points=10
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s B calls 5000 points=20
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 1
3s C calls 5000 points=0,tier=gold
  call.arrived C 5000 s
  > answer C
3s C answered
  call.answered C
  call.queued C Sales 1
4s D calls 5000 points=20
  call.arrived D 5000 s
  > answer D
4s D answered
  call.answered D
  call.queued D Sales 3
5s ana ready
  agent.state ana ready
  offer.made C/1 ana Sales for 20s
  agent.state ana ringing
  > offer C/1 ana@ana Sales
6s C/1 answers
  offer.ended C/1 ana answered
  agent.state ana talking
  call.dequeued C Sales answered
  > connect C/1
6s C/1 connected
  call.connected C ana
7s C gone
  agent.state ana ready
  call.ended C caller answered
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  > hangup C
  > offer B/1 ana@ana Sales
8s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  > connect B/1
8s B gone
  agent.state ana ready
  call.ended B caller abandoned
  offer.made D/1 ana Sales for 20s
  agent.state ana ringing
  > hangup B
  > offer D/1 ana@ana Sales
9s D/1 fails unreachable
  offer.ended D/1 ana unreachable
  agent.state ana not_ready (unreachable)
14s -
  agent.state ana ready
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
19s -
34s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw A/1 no_answer
44s -
1m1s -
1m9s -
1m30s ana ready
  agent.state ana ready
  offer.made D/2 ana Sales for 20s
  agent.state ana ringing
  > offer D/2 ana@ana Sales
