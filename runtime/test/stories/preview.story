strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  music "calm"
  preview to top 3 of group Sales for 20s {
    all at once
    choose by best_skill(sales)
    showing { topic: "x" }
    on accepted(worker) {
      ring worker for 10s {
        at worker.redirect ?? worker.device
        on no_answer, busy { note "not reached: {worker.id}" }
      }
    }
    on timeout, declined_by_all { note "{outcome}" }
    on nobody { note "nobody" }
  }
  hangup
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
  treatment.started A music calm
  agent.state ana ringing
  preview.offered A A/1 ana all at once for 20s {"topic":"x"}
  agent.state ben ringing
  preview.offered A A/2 ben all at once for 20s {"topic":"x"}
  agent.state cleo ringing
  preview.offered A A/3 cleo all at once for 20s {"topic":"x"}
  > music A 1 calm
3s A/2 accepts ben
  preview.ended A A/2 ben accepted after 2s
  preview.ended A A/1 ana answered_elsewhere after 2s
  agent.state ana ready
  preview.ended A A/3 cleo answered_elsewhere after 2s
  agent.state cleo ready
  offer.made A/4 ben for 10s
  > offer A/4 ben@ben
4s A/1 accepts ana
  preview.late A A/1 ana
4s A/3 declines cleo
5s A/4 fails busy
  offer.ended A/4 ben busy
  agent.state ben not_ready (busy)
  call.noted A not reached: ben
  agent.state ana ringing
  preview.offered A A/5 ana all at once for 18s {"topic":"x"}
  agent.state cleo ringing
  preview.offered A A/6 cleo all at once for 18s {"topic":"x"}
6s A/5 declines ana
  preview.ended A A/5 ana declined after 1s
  agent.state ana ready
7s A/6 accepts cleo
  preview.ended A A/6 cleo accepted after 2s
  offer.made A/7 cleo for 10s
  > offer A/7 cleo@cleo
8s A/7 answers
  offer.ended A/7 cleo answered
  agent.state cleo talking
  treatment.ended A music calm interrupted
  > connect A/7
9s A/7 connected
  call.connected A cleo
20s A/7 gone
  agent.state cleo ready
  call.ended A party answered
  > hangup A
1m5s -
  agent.state ben ready
1m30s ana ready
1m30s ben ready
1m31s B calls 5000
  call.arrived B 5000 s
  > answer B
1m31s B answered
  call.answered B
  treatment.started B music calm
  agent.state ana ringing
  preview.offered B B/1 ana all at once for 20s {"topic":"x"}
  agent.state ben ringing
  preview.offered B B/2 ben all at once for 20s {"topic":"x"}
  agent.state cleo ringing
  preview.offered B B/3 cleo all at once for 20s {"topic":"x"}
  > music B 1 calm
1m35s B/1 declines ana
  preview.ended B B/1 ana declined after 4s
  agent.state ana ready
1m51s -
  preview.ended B B/2 ben timeout after 20s
  agent.state ben ready
  preview.ended B B/3 cleo timeout after 20s
  agent.state cleo ready
  call.noted B timeout
  treatment.ended B music calm interrupted
  call.ended B strategy hung_up
  > hangup B
1m51s B gone
3m20s ben ready
3m21s C calls 5000
  call.arrived C 5000 s
  > answer C
3m21s C answered
  call.answered C
  treatment.started C music calm
  agent.state ana ringing
  preview.offered C C/1 ana all at once for 20s {"topic":"x"}
  agent.state ben ringing
  preview.offered C C/2 ben all at once for 20s {"topic":"x"}
  agent.state cleo ringing
  preview.offered C C/3 cleo all at once for 20s {"topic":"x"}
  > music C 1 calm
3m22s C gone
  treatment.ended C music calm interrupted
  preview.ended C C/1 ana caller_gone after 1s
  agent.state ana ready
  preview.ended C C/2 ben caller_gone after 1s
  agent.state ben ready
  preview.ended C C/3 cleo caller_gone after 1s
  agent.state cleo ready
  call.ended C caller abandoned
  > hangup C
3m23s C/1 accepts ana
  preview.late C C/1 ana
5m ana claims desk not_ready
  agent.state ana not_ready
5m ben claims desk not_ready
  agent.state ben not_ready
5m cleo claims desk not_ready
  agent.state cleo not_ready
5m1s D calls 5000
  call.arrived D 5000 s
  > answer D
5m1s D answered
  call.answered D
  treatment.started D music calm
  call.noted D nobody
  treatment.ended D music calm interrupted
  call.ended D strategy hung_up
  > music D 1 calm
  > hangup D
