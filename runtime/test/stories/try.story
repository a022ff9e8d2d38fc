sub broken(x) { note "{x}"  note "not here" }
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  try {
    note "{call.data.nothing}"
    note "not here"
    on bad_value, limit { note "caught {outcome}" }
  }
  try {
    try { run broken(missing)  on limit { note "not this" } }
    on bad_value { note "caught outside" }
  }
  try { ring agent "{call.data.none ?? "nowhere"}" for 5s  on no_such_target { note "caught {outcome}" } }
  try { play "gone"  note "not here"  on media_not_found { note "caught {outcome}" } }
  play "gone"
  try {
    queue Sales {
      at 0s group Sales
      give up after 1m
      while waiting {
        try { note "{missing}"  on bad_value { note "inside" } }
        play "busy"
        note "{missing}"
      }
    }
    on bad_value { note "left the queue" }
  }
  note "{missing}"
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.noted A caught bad_value
  call.noted A caught outside
  call.noted A caught no_such_target
  treatment.started A play gone
  > play A 1 gone
2s A played 1 missing
  treatment.ended A play gone missing
  call.noted A caught media_not_found
  treatment.started A play gone
  > play A 2 gone
3s A played 2 missing
  treatment.ended A play gone missing
  call.queued A Sales 1
  call.noted A inside
  treatment.started A play busy
  > play A 3 busy
5s A played 3
  treatment.ended A play busy done
  call.dequeued A Sales failed
  call.noted A left the queue
  call.default_routed A strategy bad_value: missing inside a text (test.strategy:30)
  treatment.started A ringback
  call.queued A Reception 1
  > ringback A 4
6s A gone
  treatment.ended A ringback interrupted
  call.dequeued A Reception abandoned
  call.ended A caller abandoned
  > hangup A
