strategy "s" {
  entry "5000"
  default route to mailbox sales
  answer with ringback
  music "calm"
  silence
  play "a" else "b"
  play call.data.nothing
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A ringback
2s A answered
  call.answered A
  treatment.started A ringback
  treatment.ended A ringback interrupted
  treatment.started A music calm
  treatment.ended A music calm interrupted
  treatment.started A silence
  treatment.ended A silence interrupted
  treatment.started A play a
  > music A 2 calm
  > silence A 3
  > play A 4 a b
3s A played 4 missing
  treatment.ended A play a missing
  call.default_routed A strategy bad_value: missing as a prompt (test.strategy:8)
  voicemail.started A sales
  > deposit A 5 sales pbx 2002
4s A gone
  voicemail.ended A sales empty
  call.ended A caller abandoned
  > abandonDeposit A 5
  > hangup A
