strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    give up after 5m
    while waiting {
      once { play "hello" }
      play "busy"
      set call.data.rounds = (call.data.rounds ?? 0) + 1
      if call.data.rounds == 2 { leave }
    }
    on left { note "left after {call.data.rounds}" }
  }
  music "calm"
  wait 3s
  hangup
}
---
0s ana claims login not_ready
  agent.state ana not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  treatment.started A play hello
  > play A 1 hello
3s A played 1
  treatment.ended A play hello done
  treatment.started A play busy
  > play A 2 busy
5s A played 2
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 3 busy
8s A played 3
  treatment.ended A play busy done
  call.dequeued A Sales left
  call.noted A left after 2
  treatment.started A music calm
  > music A 4 calm
