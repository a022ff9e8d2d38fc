strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Rested {
    ring for 20s
    at 0s agents with sales >= 4 and state_age > 30s
    at 2m add group Sales
    give up after 5m
  }
}
---
0s ana ready
  agent.state ana ready
10s ben ready
  agent.state ben ready
15s A calls 5000
  call.arrived A 5000 s
  > answer A
15s A answered
  call.answered A
  call.queued A Rested 1
20s ana claims desk
  agent.state ana not_ready
21s ana ready
  agent.state ana ready
25s B calls 5000
  call.arrived B 5000 s
  > answer B
25s B answered
  call.answered B
  call.queued B Rested 2
30s -
40s -
  offer.made A/1 ben Rested for 20s
  agent.state ben ringing
  > offer A/1 ben@ben Rested
41s A/1 answers
  offer.ended A/1 ben answered
  agent.state ben talking
  call.dequeued A Rested answered
  > connect A/1
41s A/1 connected
  call.connected A ben
50s A/1 gone
  agent.state ben ready
  call.ended A party answered
  > hangup A
51s -
  offer.made B/1 ana Rested for 20s
  agent.state ana ringing
  > offer B/1 ana@ana Rested
52s C calls 5000
  call.arrived C 5000 s
  > answer C
52s C answered
  call.answered C
  call.queued C Rested 2
