strategy "off the end" {
  entry "5000"
  default route to group Sales
  let x = 1
}
strategy "bad value" {
  entry "5001"
  default route to mailbox sales
  answer
  note "hello {call.data.name}"
}
strategy "to a number" {
  entry "5002"
  default route to "+34600000900"
  let x = 1
}
strategy "no such target" {
  entry "5003"
  default route to mailbox sales
  ring agent "{call.data.whom}" for 5s
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 off the end
  call.default_routed A strategy the strategy ended without a route
  > answer A
1s A answered
  call.answered A
  treatment.started A ringback
  call.queued A Sales 1
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  > ringback A 1
  > offer A/1 ana@ana Sales
3s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A ringback interrupted
  > connect A/1
3s A/1 connected
  call.connected A ana
4s A gone
  agent.state ana ready
  call.ended A caller default_routed
  > hangup A
5s B calls 5001
  call.arrived B 5001 bad value
  > answer B
5s B answered
  call.answered B
  call.default_routed B strategy bad_value: missing inside a text (test.strategy:10)
  voicemail.started B sales
  > deposit B 1 sales pbx 2002
6s B deposited 1
  voicemail.ended B sales left_message
  call.ended B caller default_routed
  > hangup B
7s C calls 5002
  call.arrived C 5002 to a number
  call.default_routed C strategy the strategy ended without a route
  offer.made C/1 +34600000900 pstn for 20s
  > offer C/1 +34600000900 via pstn
8s C/1 fails busy
  offer.ended C/1 +34600000900 busy
  call.default_routed C entry the default route failed
  > answer C
8s C answered
  call.answered C
  treatment.started C ringback
  call.queued C Reception 1
  > ringback C 1
13s -
  call.dequeued C Reception nobody
  treatment.ended C ringback interrupted
  call.ended C system failed
  > hangup C
14s C gone
15s D calls 5003 whom=nobody
  call.arrived D 5003 no such target
  call.default_routed D strategy no_such_target: no agent `nobody` (test.strategy:20)
  voicemail.started D sales
  > deposit D 1 sales pbx 2002
16s D deposited 1 failed
  voicemail.ended D sales failed
  call.default_routed D entry the default route failed
  > answer D
17s D answered
  call.answered D
  treatment.started D ringback
  call.queued D Reception 1
  > ringback D 2
