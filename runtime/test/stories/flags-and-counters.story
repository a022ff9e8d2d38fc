strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  if flag storm { note "storm" }
  count reports
  queue Sales {
    at 0s group Sales
    at 1s add group Reception when flag storm or counter reports > 3
    give up after 8s
    while waiting { music "calm" }
  }
  hangup
}
---
0s rita ready
  agent.state rita ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  counter.counted reports A 3
  call.queued A Sales 1
  treatment.started A music calm
  > music A 1 calm
2s -
  call.step A Sales 2
3s -
3s flag storm on
  flag.set storm true desk
  offer.made A/1 rita Sales for 20s
  agent.state rita ringing
  > offer A/1 rita@rita Sales
4s -
4s A/1 fails rejected
  offer.ended A/1 rita rejected
  agent.state rita not_ready (rejected)
5s -
5s flag storm on
6s -
6s flag nothing on
7s -
7s flag storm off
  flag.set storm false desk
8s -
9s -
  call.dequeued A Sales give_up
  treatment.ended A music calm interrupted
  call.ended A strategy hung_up
  > hangup A
14s -
  agent.state rita ready
20s B calls 5000
  call.arrived B 5000 s
  > answer B
20s B answered
  call.answered B
  counter.counted reports B 4
  call.queued B Sales 1
  treatment.started B music calm
  > music B 1 calm
21s -
  call.step B Sales 2
  offer.made B/1 rita Sales for 20s
  agent.state rita ringing
  > offer B/1 rita@rita Sales
22s -
22s B gone
  treatment.ended B music calm interrupted
  offer.ended B/1 rita caller_gone
  agent.state rita ready
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > withdraw B/1 caller_gone
  > hangup B
