strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 20s
    at 0s group Sales
    give up after 5m
    while waiting {
      play "hello"
      music "calm"
    }
  }
}
---
0s run restarts
  run.restarted 0
1s ana ready
  agent.state ana ready
2s A calls 5000
  call.arrived A 5000 s
  > answer A
2s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started A play hello
  > offer A/1 ana@ana Sales
  > play A 1 hello
3s B calls 5000
  call.arrived B 5000 s
  > answer B
3s B answered
  call.answered B
  call.queued B Sales 2
  treatment.started B play hello
  > play B 1 hello
4s B played 1
  treatment.ended B play hello done
  treatment.started B music calm
  > music B 2 calm
5s C calls 5000
  call.arrived C 5000 s
  > answer C
6s run restarts
  offer.ended A/1 ana lost_race
  agent.state ana ready
  run.restarted 3
  > withdraw A/1 strategy
7s B returns
  call.returned B
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  > music B 2 calm
  > offer B/1 ana@ana Sales
8s ana ready
9s C returns
  call.returned C
  > answer C
10s A returns
  call.returned A
  treatment.ended A play hello failed
  treatment.started A music calm
  > music A 2 calm
11s D calls 5000
  call.arrived D 5000 s
  > answer D
12s D answered
  call.answered D
  call.queued D Sales 3
  treatment.started D play hello
  > play D 1 hello
27s -
  offer.ended B/1 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw B/1 no_answer
37s -
40s A gone
  treatment.ended A music calm interrupted
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > hangup A
