strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    choose by best_skill(billing) then longest_idle
    exclude agent_at(call.data.owner)
    at 0s group Sales
    give up after 2m
  }
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
1s A calls 5000 owner=6103
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 cleo Sales for 20s
  agent.state cleo ringing
  > offer A/1 cleo@cleo Sales
1s A/1 fails busy
  offer.ended A/1 cleo busy
  agent.state cleo not_ready (busy)
  offer.made A/2 ben Sales for 20s
  agent.state ben ringing
  > offer A/2 ben@ben Sales
2s A/2 fails rejected
  offer.ended A/2 ben rejected
  agent.state ben not_ready (rejected)
  offer.made A/3 ana Sales for 20s
  agent.state ana ringing
  > offer A/3 ana@ana Sales
3s B calls 5000 owner=9999
  call.arrived B 5000 s
  > answer B
3s B answered
  call.answered B
  call.queued B Sales 2
4s A gone
  offer.ended A/3 ana caller_gone
  agent.state ana ready
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  > withdraw A/3 caller_gone
  > hangup A
  > offer B/1 ana@ana Sales
