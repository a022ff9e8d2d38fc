strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 10s
    at 0s group Sales
    give up after 1m
    while waiting {
      music "calm" for 5s
      callback to call.from { expires after 10m  attempts 2 every 30s }
    }
    on left { note "left" }
  }
  hangup
}
---
0s ana claims login not_ready
  agent.state ana not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  treatment.started A music calm
  > music A 1 calm 5s
6s A played 1
  treatment.ended A music calm done
  call.dequeued A Sales callback
  callback.booked A~callback A +34600000001
  call.queued A~callback Sales 1
  call.noted A left
  call.ended A strategy callback
  > open A~callback
  > hangup A
10s ana ready
  agent.state ana ready
  agent.state ana ringing
  > place A~callback +34600000001 via pstn from 5000
14s A~callback answered
  call.answered A~callback
  treatment.started A~callback ringback
  offer.made A~callback/2 ana Sales for 10s
  > ringback A~callback 1
  > offer A~callback/2 ana@ana Sales
16s A~callback/2 fails busy
  offer.ended A~callback/2 ana busy
  agent.state ana not_ready (busy)
18s ben ready
  agent.state ben ready
  offer.made A~callback/3 ben Sales for 10s
  agent.state ben ringing
  > offer A~callback/3 ben@ben Sales
20s A~callback/3 answers
  offer.ended A~callback/3 ben answered
  agent.state ben talking
  call.dequeued A~callback Sales answered
  treatment.ended A~callback ringback interrupted
  > connect A~callback/3
21s A~callback/3 unconnected
  agent.state ben ready
  call.queued A~callback Sales 1
  > withdraw A~callback/3 strategy
22s cleo ready
  agent.state cleo ready
  offer.made A~callback/4 cleo Sales for 10s
  agent.state cleo ringing
  > offer A~callback/4 cleo@cleo Sales
23s A~callback/4 answers
  offer.ended A~callback/4 cleo answered
  agent.state cleo talking
  call.dequeued A~callback Sales answered
  > connect A~callback/4
24s A~callback/4 connected
  call.connected A~callback cleo
30s A~callback gone
  agent.state cleo ready
  callback.ended A~callback A answered
  call.ended A~callback caller answered
  > hangup A~callback
39s ana claims desk not_ready
39s ben claims desk not_ready
  agent.state ben not_ready
39s cleo claims desk not_ready
  agent.state cleo not_ready
40s B calls 5000
  call.arrived B 5000 s
  > answer B
40s B answered
  call.answered B
  call.queued B Sales 1
  treatment.started B music calm
  > music B 1 calm 5s
45s B played 1
  treatment.ended B music calm done
  call.dequeued B Sales callback
  callback.booked B~callback B +34600000001
  call.queued B~callback Sales 1
  call.noted B left
  call.ended B strategy callback
  > open B~callback
  > hangup B
50s ana ready
1m16s -
  agent.state ana ready
  agent.state ana ringing
  > place B~callback +34600000001 via pstn from 5000
1m36s ana claims desk not_ready
2m1s -
  agent.state ana not_ready
  callback.tried B~callback no_answer
  > unplace B~callback
2m5s ana ready
  agent.state ana ready
2m10s B~callback unreached unreachable
2m20s ana claims desk not_ready
  agent.state ana not_ready
