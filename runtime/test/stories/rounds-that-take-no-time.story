strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    give up after 5m
    while waiting { set call.data.x = 1 }
    on treatment_broken { play "sorry" }
  }
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
  limit.reached A short_round
2s -
3s -
4s -
5s -
6s -
7s -
8s -
9s -
10s -
  call.dequeued A Sales treatment_broken
  treatment.started A play sorry
  > play A 1 sorry
20s A played 1
  treatment.ended A play sorry done
  call.ended A strategy hung_up
  > hangup A
