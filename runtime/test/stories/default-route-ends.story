strategy "nobody comes" {
  entry "5000"
  default route to group Sales
  let x = 1
}
---
0s ana ready
  agent.state ana ready
0s rita ready
  agent.state rita ready
1s ana claims desk lunch
  agent.state ana not_ready
1s rita claims desk lunch
  agent.state rita not_ready
2s A calls 5000
  call.arrived A 5000 nobody comes
  call.default_routed A strategy the strategy ended without a route
  > answer A
3s A answered
  call.answered A
  treatment.started A ringback
  call.queued A Sales 1
  > ringback A 1
10m3s -
  call.dequeued A Sales give_up
  call.default_routed A entry the default route failed
  treatment.ended A ringback interrupted
  treatment.started A ringback
  call.queued A Reception 1
  > ringback A 2
20m3s -
  call.dequeued A Reception give_up
  treatment.ended A ringback interrupted
  call.ended A system failed
  > hangup A
25m rita unclaims desk
  agent.state rita ready
