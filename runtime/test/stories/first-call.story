strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome"
  queue Sales {
    ring for 18s
    at 0s agents with sales >= 5
    give up after 2m
    while waiting { music "calm" for 20s play "busy" }
  }
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s50ms A answered
  call.answered A
  treatment.started A play welcome
  > play A 1 welcome
3s A played 1
  treatment.ended A play welcome done
  call.queued A Sales 1
  offer.made A/1 ana Sales for 18s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana Sales
  > music A 2 calm 20s
5s A/1 rings
8s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/1
8s200ms A/1 connected
  call.connected A ana
1m A/1 gone
  agent.state ana ready
  call.ended A party answered
  > hangup A
