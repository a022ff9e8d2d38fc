strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 18s
    at 0s group Sales
    give up after 30s
    while waiting { play "busy" }
    on give_up { play "sorry {outcome}" }
  }
  hangup
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
  treatment.started A play busy
  > play A 1 busy
5s A played 1
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 2 busy
20s ana ready
  agent.state ana ready
  offer.made A/1 ana Sales for 18s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
25s A played 2
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 3 busy
31s -
  offer.ended A/1 ana lost_race
  agent.state ana ready
  call.dequeued A Sales give_up
  treatment.ended A play busy interrupted
  treatment.started A play sorry give_up
  > withdraw A/1 strategy
  > silence A 4
  > play A 5 sorry give_up
33s A/1 answers
  > withdraw A/1 lost_race
35s A played 5
  treatment.ended A play sorry give_up done
  call.ended A strategy hung_up
  > hangup A
