strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  preview to group Sales for 10s {
    one by one, at most 2 people
    choose by best_skill(sales)
    on accepted(worker) { try { note "{missing}"  on bad_value { note "went wrong with {worker.id}" } } }
    on timeout, declined_by_all { note "{outcome}" }
  }
  preview to agents with sales >= 1 for 5s {
    on accepted(worker) { note "{missing}" }
  }
}
---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s cleo ready
  agent.state cleo ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  agent.state ana ringing
  preview.offered A A/1 ana one by one for 10s
4s A/1 accepts ana
  preview.ended A A/1 ana accepted after 3s
  call.noted A went wrong with ana
  agent.state ana ready
  agent.state ben ringing
  preview.offered A A/2 ben one by one for 10s
8s A/2 declines ben
  preview.ended A A/2 ben declined after 4s
  agent.state ben ready
  call.noted A timeout
  agent.state cleo ringing
  preview.offered A A/3 cleo all at once for 5s
  agent.state ana ringing
  preview.offered A A/4 ana all at once for 5s
9s A/3 accepts cleo
  preview.ended A A/3 cleo accepted after 1s
  preview.ended A A/4 ana answered_elsewhere after 1s
  agent.state ana ready
  call.default_routed A strategy bad_value: missing inside a text (test.strategy:12)
  agent.state cleo ready
  treatment.started A ringback
  call.queued A Reception 1
  > ringback A 1
14s -
  call.dequeued A Reception nobody
  call.default_routed A entry the default route failed
  treatment.ended A ringback interrupted
  treatment.started A ringback
  call.queued A Reception 1
  > ringback A 2
18s -
19s -
  call.dequeued A Reception nobody
  treatment.ended A ringback interrupted
  call.ended A system failed
  > hangup A
1m B calls 5000
  call.arrived B 5000 s
  > answer B
1m B answered
  call.answered B
  agent.state ana ringing
  preview.offered B B/1 ana one by one for 10s
1m10s -
  preview.ended B B/1 ana timeout after 10s
  agent.state ana ready
  agent.state ben ringing
  preview.offered B B/2 ben one by one for 10s
1m20s -
  preview.ended B B/2 ben timeout after 10s
  agent.state ben ready
  call.noted B timeout
  agent.state cleo ringing
  preview.offered B B/3 cleo all at once for 5s
  agent.state ana ringing
  preview.offered B B/4 ana all at once for 5s
  agent.state ben ringing
  preview.offered B B/5 ben all at once for 5s
1m25s -
  preview.ended B B/3 cleo timeout after 5s
  agent.state cleo ready
  preview.ended B B/4 ana timeout after 5s
  agent.state ana ready
  preview.ended B B/5 ben timeout after 5s
  agent.state ben ready
  call.default_routed B strategy the strategy ended without a route
  treatment.started B ringback
  call.queued B Reception 1
  > ringback B 1
1m30s -
  call.dequeued B Reception nobody
  call.default_routed B entry the default route failed
  treatment.ended B ringback interrupted
  treatment.started B ringback
  call.queued B Reception 1
  > ringback B 2
1m30s B gone
  treatment.ended B ringback interrupted
  call.dequeued B Reception abandoned
  call.ended B caller abandoned
  > hangup B
