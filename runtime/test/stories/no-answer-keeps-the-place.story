strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 10s
    at 0s group Sales
    give up after 2m
  }
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 10s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
2s B calls 5000
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
11s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw A/1 no_answer
20s ben ready
  agent.state ben ready
  offer.made A/2 ben Sales for 10s
  agent.state ben ringing
  > offer A/2 ben@ben Sales
21s -
21s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  call.dequeued A Sales answered
  > connect A/2
21s A/2 connected
  call.connected A ben
22s cleo ready
  agent.state cleo ready
  offer.made B/1 cleo Sales for 10s
  agent.state cleo ringing
  > offer B/1 cleo@cleo Sales
24s A gone
  agent.state ben ready
  call.ended A caller answered
  > hangup A
