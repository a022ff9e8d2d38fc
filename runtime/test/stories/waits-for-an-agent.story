strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s agents with sales >= 5
    give up after 2m
    while waiting { music "calm" for 20s play "busy" }
  }
}
---
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
  treatment.started A music calm
  > music A 1 calm 20s
21s A played 1
  treatment.ended A music calm done
  treatment.started A play busy
  > play A 2 busy
23s A played 2
  treatment.ended A play busy done
  treatment.started A music calm
  > music A 3 calm 20s
24s ana ready
  agent.state ana ready
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
26s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/1
26s A played 3
27s A/1 connected
  call.connected A ana
30s A gone
  agent.state ana ready
  call.ended A caller answered
  > hangup A
