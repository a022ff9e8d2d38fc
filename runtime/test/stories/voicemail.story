strategy "s" {
  entry "5000".."5002"
  default route to group Reception
  answer
  music "calm"
  voicemail to mailbox of group Sales {
    subject "from {call.from}"
    on empty { note "said nothing" }
    on failed { note "no mailbox" }
  }
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A music calm
  treatment.ended A music calm interrupted
  voicemail.started A sales
  > music A 1 calm
  > deposit A 2 sales pbx 2002 from +34600000001
10s A deposited 2
  voicemail.ended A sales left_message
  call.ended A caller left_message
  > hangup A
11s B calls 5001
  call.arrived B 5001 s
  > answer B
11s B answered
  call.answered B
  treatment.started B music calm
  treatment.ended B music calm interrupted
  voicemail.started B sales
  > music B 1 calm
  > deposit B 2 sales pbx 2002 from +34600000001
12s B deposited 2 empty
  voicemail.ended B sales empty
  call.noted B said nothing
  call.ended B strategy hung_up
  > hangup B
13s C calls 5002
  call.arrived C 5002 s
  > answer C
13s C answered
  call.answered C
  treatment.started C music calm
  treatment.ended C music calm interrupted
  voicemail.started C sales
  > music C 1 calm
  > deposit C 2 sales pbx 2002 from +34600000001
14s C gone
  voicemail.ended C sales empty
  call.ended C caller abandoned
  > abandonDeposit C 2
  > hangup C
15s trunk pbx down
  trunk.state pbx false
  agent.state rita offline (trunk down)
  agent.state ana offline (trunk down)
  agent.state ben offline (trunk down)
  agent.state cleo offline (trunk down)
16s D calls 5000
  call.arrived D 5000 s
  > answer D
16s D answered
  call.answered D
  treatment.started D music calm
  call.noted D no mailbox
  treatment.ended D music calm interrupted
  call.ended D strategy hung_up
  > music D 1 calm
  > hangup D
