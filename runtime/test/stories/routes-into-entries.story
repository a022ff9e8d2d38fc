strategy "first" {
  entry "5000"
  default route to "5200"
  answer
  set call.data.topic = "billing"
}

strategy "second" {
  entry "5200" at most 1 calls else reject 486
  default route to mailbox sales
  answer
  note "{call.entry} {call.to} {call.data.topic ?? "nothing"}"
  ring agent ana for 20s
  after call { note "second is over: {call.outcome}" }
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s rita ready
  agent.state rita ready
1s A calls 5000
  call.arrived A 5000 first
  > answer A
1s A answered
  call.answered A
  call.default_routed A strategy the strategy ended without a route
  call.handed_on A 5200 second
  call.noted A 5200 5200 billing
  treatment.started A ringback
  offer.made A/1 ana for 20s
  agent.state ana ringing
  > ringback A 1
  > offer A/1 ana@ana
2s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/1
2s A/1 connected
  call.connected A ana
3s B calls 5000
  call.arrived B 5000 first
  > answer B
3s B answered
  call.answered B
  call.default_routed B strategy the strategy ended without a route
  call.default_routed B entry the default route failed
  treatment.started B ringback
  call.queued B Reception 1
  offer.made B/1 rita Reception for 20s
  agent.state rita ringing
  > ringback B 1
  > offer B/1 rita@rita Reception
4s B gone
  treatment.ended B ringback interrupted
  offer.ended B/1 rita caller_gone
  agent.state rita ready
  call.dequeued B Reception abandoned
  call.ended B caller abandoned
  > withdraw B/1 caller_gone
  > hangup B
5s A consults 5000
  consult.ended A 5000 entry
6s A consults 5200
  consult.ended A 5200 entry
7s D dialled ben 5200
  call.dialled D ben 5200
  agent.state ben ringing
  > open D
  > place D ben@ben from 5200
8s D answered
  call.answered D
  agent.state ben talking
  dial.failed D ben 5200 busy
  treatment.started D play dial/busy
  > play D 1 dial/busy
9s D played 1 missing
  treatment.ended D play dial/busy missing
  agent.state ben ready
  call.ended D system failed
  > hangup D
10s A gone
  agent.state ana ready
  call.ended A caller answered
  call.noted A second is over: answered
  > hangup A
20s E dialled ben 5200
  call.dialled E ben 5200
  agent.state ben ringing
  > open E
  > place E ben@ben from 5200
21s E answered
  call.answered E
  agent.state ben talking
  call.handed_on E 5200 second
  call.noted E 5200 5200 nothing
  treatment.started E ringback
  offer.made E/2 ana for 20s
  agent.state ana ringing
  > ringback E 1
  > offer E/2 ana@ana from 6102
22s E/2 answers
  offer.ended E/2 ana answered
  agent.state ana talking
  treatment.ended E ringback interrupted
  > connect E/2
22s E/2 connected
  call.connected E ana
30s E/2 gone
  agent.state ana ready
  agent.state ben ready
  call.ended E party answered
  call.noted E second is over: answered
  > hangup E
