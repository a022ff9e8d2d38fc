strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  loop 2 times {
    split { 50% a { note "a" }  30% b { note "b" }  20% c { note "c" } }
    split by call.from { 50% left { note "left" }  50% right { note "right" } }
  }
  let n = 0
  loop 5 times {
    loop 2 times { stop loop }
    count reports
    if call.data.n == 3 { stop loop }
    set call.data.n = (call.data.n ?? 0) + 1
  }
  note "{call.data.n}"
  queue Sales {
    at 0s group Sales
    give up after 1m
    while waiting {
      once { play "hello" }
      play "busy"
      every 10s { say "after", position(this) }
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
  call.split A a
  call.noted A a
  call.split A left
  call.noted A left
  call.split A b
  call.noted A b
  call.split A left
  call.noted A left
  counter.counted reports A 3
  counter.counted reports A 4
  counter.counted reports A 5
  counter.counted reports A 6
  call.noted A 3
  call.queued A Sales 1
  treatment.started A play hello
  > play A 1 hello
3s A played 1
  treatment.ended A play hello done
  treatment.started A play busy
  > play A 2 busy
7s A played 2
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 3 busy
11s A played 3
  treatment.ended A play busy done
  treatment.started A say after, 1
  > say A 4 ["after",1]
13s A played 4
  treatment.ended A say after, 1 done
  treatment.started A play busy
  > play A 5 busy
17s A played 5
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 6 busy
21s A played 6
  treatment.ended A play busy done
  treatment.started A say after, 1
  > say A 7 ["after",1]
25s A played 7
  treatment.ended A say after, 1 done
  treatment.started A play busy
  > play A 8 busy
27s B calls 5000
  call.arrived B 5000 s
  > answer B
27s B answered
  call.answered B
  call.split B c
  call.noted B c
  call.split B left
  call.noted B left
  call.split B a
  call.noted B a
  call.split B left
  call.noted B left
  counter.counted reports B 7
  counter.counted reports B 8
  counter.counted reports B 9
  counter.counted reports B 10
  call.noted B 3
  call.queued B Sales 2
  treatment.started B play hello
  > play B 1 hello
28s A played 8
  treatment.ended A play busy done
  treatment.started A play busy
  > play A 9 busy
