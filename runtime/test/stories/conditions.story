strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s agents with sales >= 9
    at 10s add agents with sales >= 7 when ready(group Sales) > 1
    at 20s add agents with sales >= 4 when longest_wait(queue Sales) > 25s
    give up after 1m
  }
}
---
0s ben ready
  agent.state ben ready
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
11s -
  call.step A Sales 2
12s cleo ready
  agent.state cleo ready
  offer.made A/1 ben Sales for 20s
  agent.state ben ringing
  > offer A/1 ben@ben Sales
12s A/1 fails rejected
  offer.ended A/1 ben rejected
  agent.state ben not_ready (rejected)
21s -
  call.step A Sales 3
22s -
  agent.state ben ready
23s -
24s -
25s -
26s -
27s -
  offer.made A/2 cleo Sales for 20s
  agent.state cleo ringing
  > offer A/2 cleo@cleo Sales
28s -
29s -
30s -
30s A/2 answers
  offer.ended A/2 cleo answered
  agent.state cleo talking
  call.dequeued A Sales answered
  > connect A/2
30s A/2 connected
  call.connected A cleo
31s A gone
  agent.state cleo ready
  call.ended A caller answered
  > hangup A
