strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    offer to at most 2 people
    ring for 10s
    at 0s agents with sales >= 4
    give up after 1m
  }
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 10s
  agent.state ana ringing
  offer.made A/2 ben Sales for 10s
  agent.state ben ringing
  > offer A/1 ana@ana Sales
  > offer A/2 ben@ben Sales
2s B calls 5000
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
  offer.made B/1 cleo Sales for 10s
  agent.state cleo ringing
  > offer B/1 cleo@cleo Sales
4s A/1 fails rejected
  offer.ended A/1 ana rejected
  agent.state ana not_ready (rejected)
5s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  call.dequeued A Sales answered
  > connect A/2
5s A/2 connected
  call.connected A ben
12s -
  offer.ended B/1 cleo no_answer
  agent.state cleo not_ready (no_answer)
  > withdraw B/1 no_answer
14s -
  agent.state ana ready
  offer.made B/2 ana Sales for 10s
  agent.state ana ringing
  > offer B/2 ana@ana Sales
20s A/2 gone
  agent.state ben ready
  call.ended A party answered
  offer.made B/3 ben Sales for 10s
  agent.state ben ringing
  > hangup A
  > offer B/3 ben@ben Sales
22s -
22s B/1 answers
  > withdraw B/1 lost_race
23s B gone
  offer.ended B/2 ana caller_gone
  agent.state ana ready
  offer.ended B/3 ben caller_gone
  agent.state ben ready
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > withdraw B/2 caller_gone
  > withdraw B/3 caller_gone
  > hangup B
