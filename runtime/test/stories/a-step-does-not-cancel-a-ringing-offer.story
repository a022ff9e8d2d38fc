strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 20s
    at 0s agents with sales >= 9
    at 10s only agents with billing >= 9
    give up after 1m
  }
}
---
0s ana ready
  agent.state ana ready
0s cleo ready
  agent.state cleo ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
11s -
  call.step A Sales 2
21s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (no_answer)
  offer.made A/2 cleo Sales for 20s
  agent.state cleo ringing
  > withdraw A/1 no_answer
  > offer A/2 cleo@cleo Sales
25s A/2 answers
  offer.ended A/2 cleo answered
  agent.state cleo talking
  call.dequeued A Sales answered
  > connect A/2
25s A/2 connected
  call.connected A cleo
26s A gone
  agent.state cleo ready
  call.ended A caller answered
  > hangup A
