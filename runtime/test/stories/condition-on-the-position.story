strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    priority call.data.points rising call.data.by every 10s up to 100
    exclude agent "{call.data.not}"
    at 0s agents with sales >= 9
    at 5s add group Reception when position(this) > 1
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
1s A calls 5000 points=50,by=0,not=ben
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s B calls 5000 points=40,by=5,not=rita
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
6s -
  call.step A Sales 2
7s -
  call.step B Sales 2
8s -
9s -
10s -
11s -
12s -
13s -
14s -
15s -
16s -
17s -
18s -
19s -
20s -
21s -
22s -
23s -
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
24s -
25s -
25s A gone
  offer.ended A/1 rita caller_gone
  agent.state rita ready
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > withdraw A/1 caller_gone
  > hangup A
