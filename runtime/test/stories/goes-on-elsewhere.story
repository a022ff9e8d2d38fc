strategy "one" {
  entry "5000", "5001".."5003"
  default route to group Reception
  secret call.data.card
  answer
  set call.data.card = "4111222233334444"
  set call.data.topic = "billing"
  transfer to "5200" {
    uui "00" json { topic: "sales", level: 3 }
    header "X-Cell" = "18"
    on refused(code) { note "refused {code}" }
  }
  queue Sales { at 0s  agent ana  give up after 5m  while waiting { music "calm" } }
  after call { note "one is over" }
}

strategy "two" {
  entry "5200" at most 1 calls else reject 503
  default route to group Reception
  note "{call.entry} {call.to} {call.header["X-Cell"]} {call.data.topic} {call.data.level ?? 0} {call.data.card}"
  ring agent ben for 20s
  after call { note "two is over: {call.outcome}" }
}

strategy "round" {
  entry "5300"
  default route to mailbox sales
  answer
  transfer to "5300" { on refused(code) { note "refused {code}" } }
  transfer to "tel:5300" { on refused(code) { note "refused {code}" } }
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
1s A calls 5000
  call.arrived A 5000 one
  > answer A
1s A answered
  call.answered A
  call.handed_on A 5200 two
  call.noted A 5200 5200 18 sales 3 •••
  treatment.started A ringback
  offer.made A/1 ben for 20s
  agent.state ben ringing
  > ringback A 1
  > offer A/1 ben@ben
2s A/1 answers
  offer.ended A/1 ben answered
  agent.state ben talking
  treatment.ended A ringback interrupted
  > connect A/1
2s A/1 connected
  call.connected A ben
3s B calls 5002
  call.arrived B 5002 one
  > answer B
3s B answered
  call.answered B
  call.noted B refused 503
  call.queued B Sales 1
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started B music calm
  > offer B/1 ana@ana Sales
  > music B 1 calm
4s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  treatment.ended B music calm interrupted
  > connect B/1
4s B/1 connected
  call.connected B ana
5s B hands_on 5200
  transfer.failed B 5200 full
6s A/1 gone
  agent.state ben ready
  call.ended A party answered
  call.noted A two is over: answered
  > hangup A
7s B hands_on 5200 uui=00{"level":4}
  agent.state ana ready
  call.handed_on B 5200 ana two
  call.noted B 5200 5200 19 billing 4 •••
  treatment.started B ringback
  offer.made B/2 ben for 20s
  agent.state ben ringing
  > withdraw B/1 strategy
  > ringback B 2
  > offer B/2 ben@ben
8s B/2 answers
  offer.ended B/2 ben answered
  agent.state ben talking
  treatment.ended B ringback interrupted
  > connect B/2
8s B/2 connected
  call.connected B ben
9s B/2 gone
  agent.state ben ready
  call.ended B party answered
  call.noted B two is over: answered
  > hangup B
10s C calls 5300
  call.arrived C 5300 round
  > answer C
10s C answered
  call.answered C
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  call.handed_on C 5300 round
  limit.reached C handed on
  call.noted C refused 483
  limit.reached C handed on
  call.noted C refused 483
  call.default_routed C strategy the strategy ended without a route
  voicemail.started C sales
  > deposit C 1 sales pbx 2002
