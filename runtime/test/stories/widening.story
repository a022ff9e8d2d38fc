strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 20s
    at 0s agents with sales >= 9
    at 30s add agents with sales >= 7
    at 45s only agents with billing >= 9
    give up after 1m
    on give_up { play "sorry" }
  }
}
---
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
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
31s -
  call.step A Sales 2
  offer.made A/1 ben Sales for 20s
  agent.state ben ringing
  > offer A/1 ben@ben Sales
40s ana ready
  agent.state ana ready
46s -
  call.step A Sales 3
51s -
  offer.ended A/1 ben no_answer
  agent.state ben not_ready (no_answer)
  offer.made A/2 cleo Sales for 20s
  agent.state cleo ringing
  > withdraw A/1 no_answer
  > offer A/2 cleo@cleo Sales
52s A/1 fails rejected
56s A/2 fails busy
  offer.ended A/2 cleo busy
  agent.state cleo not_ready (busy)
1m1s -
  call.dequeued A Sales give_up
  treatment.started A play sorry
  > play A 1 sorry
1m2s A gone
  treatment.ended A play sorry interrupted
  call.ended A caller abandoned
  > hangup A
