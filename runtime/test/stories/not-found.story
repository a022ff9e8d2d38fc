strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "gone"
  try { play "gone"  on media_not_found { note "caught {outcome}" } }
  play "gone"
  hangup
}
---
0s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A play gone
  > play A 1 gone
2s A played 1 missing
  treatment.ended A play gone missing
  treatment.started A play gone
  > play A 2 gone
3s A played 2 missing
  treatment.ended A play gone missing
  call.noted A caught media_not_found
  treatment.started A play gone
  > play A 3 gone
4s A played 3 missing
  treatment.ended A play gone missing
  call.ended A strategy hung_up
  > hangup A
