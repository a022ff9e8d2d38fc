strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s agents with sales >= 9
    at 1m or as soon as reachable(group Sales) == 1 add group Reception
    give up after 5m
  }
}
---
0s rita ready
  agent.state rita ready
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s ben unclaims login
0s ana claims desk not_ready
  agent.state ana not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
10s ben claims desk offline
  agent.state ben offline
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
12s A/1 fails rejected
  offer.ended A/1 rita rejected
  agent.state rita not_ready (rejected)
20s ben unclaims desk
  agent.state ben ready
