strategy "s" {
  entry "5000".."5004"
  default route to group Reception
  if call.to == "5003" { answer  music "calm" }
  voicemail to mailbox ana {
    subject "from {call.from}"
    on empty { note "said nothing" }
    on failed { note "no mailbox" }
  }
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  voicemail.started A ana
  > answer A
1s A answered
  call.answered A
  treatment.started A play mailbox/ana
  > play A 2 mailbox/ana
3s A played 2
  treatment.ended A play mailbox/ana done
  > takeMessage A 1 ana 20000 from +34600000001
13s A deposited 1
  voicemail.ended A ana left_message
  call.ended A caller left_message
  > hangup A
20s B calls 5001
  call.arrived B 5001 s
  voicemail.started B ana
  > answer B
20s B answered
  call.answered B
  treatment.started B play mailbox/ana
  > play B 2 mailbox/ana
21s B played 2 missing
  treatment.ended B play mailbox/ana missing
  > takeMessage B 1 ana 20000 from +34600000001
22s B deposited 1 empty
  voicemail.ended B ana empty
  call.noted B said nothing
  call.ended B strategy hung_up
  > hangup B
30s C calls 5002
  call.arrived C 5002 s
  voicemail.started C ana
  > answer C
30s C answered
  call.answered C
  treatment.started C play mailbox/ana
  > play C 2 mailbox/ana
31s C gone
  treatment.ended C play mailbox/ana interrupted
  voicemail.ended C ana empty
  call.ended C caller abandoned
  > hangup C
40s D calls 5003
  call.arrived D 5003 s
  > answer D
40s D answered
  call.answered D
  treatment.started D music calm
  treatment.ended D music calm interrupted
  voicemail.started D ana
  treatment.started D play mailbox/ana
  > music D 1 calm
  > play D 3 mailbox/ana
42s D played 3
  treatment.ended D play mailbox/ana done
  > takeMessage D 2 ana 20000 from +34600000001
43s D gone
  voicemail.ended D ana empty
  call.ended D caller abandoned
  > abandonDeposit D 2
  > hangup D
50s E calls 5004
  call.arrived E 5004 s
  voicemail.started E ana
  > answer E
51s E answered
  call.answered E
  treatment.started E play mailbox/ana
  > play E 2 mailbox/ana
52s E played 2
  treatment.ended E play mailbox/ana done
  > takeMessage E 1 ana 20000 from +34600000001
53s E deposited 1 failed
  voicemail.ended E ana failed
  call.noted E no mailbox
  call.ended E strategy hung_up
  > hangup E
