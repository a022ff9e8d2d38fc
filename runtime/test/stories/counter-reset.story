strategy "s" {
  entry "5000"
  default route to group Reception
  count today
  count week
  count reports
  note "{counter today} {counter week} {counter reports}"
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  counter.counted today A 1
  counter.counted week A 1
  counter.counted reports A 3
  call.noted A 1 1 3
  call.ended A strategy hung_up 480
  > reject A 480
  > hangup A
2s B calls 5000
  call.arrived B 5000 s
  counter.counted today B 2
  counter.counted week B 2
  counter.counted reports B 4
  call.noted B 2 2 4
  call.ended B strategy hung_up 480
  > reject B 480
  > hangup B
22h59m C calls 5000
  call.arrived C 5000 s
  counter.counted today C 3
  counter.counted week C 3
  counter.counted reports C 5
  call.noted C 3 3 5
  call.ended C strategy hung_up 480
  > reject C 480
  > hangup C
23h D calls 5000
  call.arrived D 5000 s
  counter.counted today D 1
  counter.counted week D 4
  counter.counted reports D 6
  call.noted D 1 4 6
  call.ended D strategy hung_up 480
  > reject D 480
  > hangup D
23h E calls 5000
  call.arrived E 5000 s
  counter.counted today E 2
  counter.counted week E 5
  counter.counted reports E 7
  call.noted E 2 5 7
  call.ended E strategy hung_up 480
  > reject E 480
  > hangup E
