strategy "s" {
  entry "5000"
  default route to group Reception
  answer
}
---
0s rita ready
  agent.state rita ready
1s A calls 7777
  call.arrived A 7777
  call.default_routed A entry no entry takes the number
  > answer A
1s A answered
  call.answered A
  treatment.started A ringback
  call.queued A Reception 1
  offer.made A/1 rita Reception for 20s
  agent.state rita ringing
  > ringback A 1
  > offer A/1 rita@rita Reception
2s A/1 answers
  offer.ended A/1 rita answered
  agent.state rita talking
  call.dequeued A Reception answered
  treatment.ended A ringback interrupted
  > connect A/1
2s A/1 connected
  call.connected A rita
3s A/1 gone
  agent.state rita ready
  call.ended A party default_routed
  > hangup A
