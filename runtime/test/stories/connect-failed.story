strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    give up after 1m
    while waiting { music "calm" }
  }
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
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana Sales
  > music A 1 calm
2s B calls 5000
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
  treatment.started B music calm
  > music B 1 calm
3s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/1
4s A/1 unconnected
  agent.state ana ready
  call.queued A Sales 1
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started A music calm
  > withdraw A/1 strategy
  > offer B/1 ana@ana Sales
  > music A 2 calm
5s ben ready
  agent.state ben ready
  offer.made A/2 ben Sales for 20s
  agent.state ben ringing
  > offer A/2 ben@ben Sales
6s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/2
7s A/2 gone
  agent.state ben ready
  call.queued A Sales 1
  treatment.started A music calm
  > withdraw A/2 strategy
  > music A 3 calm
8s A gone
  treatment.ended A music calm interrupted
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > hangup A
