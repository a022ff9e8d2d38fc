strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    exclude agent ana
    at 0s group Sales
    at 10s add agents with billing >= 7 when ready(group Sales) > 5
    give up after 2m
    on nobody { play "nobody" }
  }
  hangup
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
4s ben claims desk not_ready
4s ben unclaims login
  agent.state ben not_ready
8s ben claims desk offline
  agent.state ben offline
11s -
  call.step A Sales 2
12s trunk pbx down
  trunk.state pbx false
  agent.state rita offline (trunk down)
  agent.state ana offline (trunk down)
  agent.state ben offline (trunk down)
  agent.state cleo offline (trunk down)
13s -
  call.dequeued A Sales nobody
  treatment.started A play nobody
  > play A 1 nobody
13s trunk pbx up
  trunk.state pbx true
  agent.state rita offline
  agent.state ana ready
  agent.state ben offline
  agent.state cleo offline
13s A played 1
  treatment.ended A play nobody done
  call.ended A strategy hung_up
  > hangup A
