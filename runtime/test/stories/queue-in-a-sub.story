sub music_and_more(name) {
  music "calm" for 5s
  play name
  return "played {name}"
}
sub wait_for(limit) {
  queue Sales {
    at 0s group Sales
    give up after 20s
    while waiting {
      let said = run music_and_more("busy") within 6s else "cut"
      note said
    }
    on give_up { return "nobody within {limit}" }
  }
  return "left"
}
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  let how = run wait_for(20s)
  note how
  let again = run wait_for(8s) within 8s else "called off"
  note again
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
  > music A 1 calm 5s
6s A played 1
  treatment.ended A music calm done
  treatment.started A play busy
  > play A 2 busy
7s -
  treatment.ended A play busy interrupted
  call.noted A cut
  treatment.started A music calm
  > silence A 3
  > music A 4 calm 5s
10s A played 2
13s -
  treatment.ended A music calm interrupted
  call.noted A cut
  treatment.started A music calm
  > silence A 5
  > music A 6 calm 5s
15s A played 3
19s -
  treatment.ended A music calm interrupted
  call.noted A cut
  treatment.started A music calm
  > silence A 7
  > music A 8 calm 5s
19s A played 5
21s -
  call.dequeued A Sales give_up
  treatment.ended A music calm interrupted
  call.noted A nobody within 20s
  call.queued A Sales 1
  treatment.started A music calm
  > silence A 9
  > music A 10 calm 5s
27s -
  treatment.ended A music calm interrupted
  call.noted A cut
  treatment.started A music calm
  > silence A 11
  > music A 12 calm 5s
29s -
  treatment.ended A music calm interrupted
  call.dequeued A Sales left
  call.noted A called off
  call.ended A strategy hung_up
  > silence A 13
  > hangup A
30s B calls 5000
  call.arrived B 5000 s
  > answer B
30s B answered
  call.answered B
  call.queued B Sales 1
  treatment.started B music calm
  > music B 1 calm 5s
32s ana ready
  agent.state ana ready
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  > offer B/1 ana@ana Sales
34s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  treatment.ended B music calm interrupted
  > connect B/1
35s B/1 connected
  call.connected B ana
