strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 5s
    at 0s group Sales
    give up after 2m
    while waiting {
      music "calm" for 10s
      uninterrupted { play "legal"  play "notice" }
    }
  }
  hangup
}
---
0s cleo claims login not_ready
  agent.state cleo not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  treatment.started A music calm
  > music A 1 calm 10s
11s A played 1
  treatment.ended A music calm done
  treatment.started A play legal
  > play A 2 legal
12s ana ready
  agent.state ana ready
15s A played 2
  treatment.ended A play legal done
  treatment.started A play notice
  > play A 3 notice
19s A played 3
  treatment.ended A play notice done
  offer.made A/1 ana Sales for 5s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana Sales
  > music A 4 calm 10s
24s -
  offer.ended A/1 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw A/1 no_answer
29s A played 4
  treatment.ended A music calm done
  treatment.started A play legal
  > play A 5 legal
30s ben ready
  agent.state ben ready
34s -
39s A played 5
  treatment.ended A play legal done
  treatment.started A play notice
  > play A 6 notice
43s A played 6
  treatment.ended A play notice done
  offer.made A/2 ben Sales for 5s
  agent.state ben ringing
  treatment.started A music calm
  > offer A/2 ben@ben Sales
  > music A 7 calm 10s
44s ana ready
  agent.state ana ready
46s A/3 answers
  > withdraw A/3 lost_race
