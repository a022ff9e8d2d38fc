sub offer_callback(phone) {
  callback to phone {
    expires after 4m
    attempts 2 every 30s
    agent first
    announce "callback for {call.data.name ?? "somebody"}"
    on accepted { play "we-will-call" }
    on refused { note "refused" }
    after callback { note "callback of {phone}: {call.outcome}" }
  }
  note "goes on only where it was refused"
}
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
      once { run offer_callback(call.data.to ?? call.from) }
    }
    on left { note "left" }
  }
  hangup
  after call { note "after {call.outcome}" }
}
---
0s ana claims login not_ready
  agent.state ana not_ready
1s A calls 5000 name=Ada
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
  treatment.started A play we-will-call
  > open A~callback
  > play A 2 we-will-call
8s C calls 5000 to=none
  call.arrived C 5000 s
  > answer C
8s C answered
  call.answered C
  call.queued C Sales 2
  treatment.started C music calm
  > music C 1 calm 5s
10s A played 2
  treatment.ended A play we-will-call done
  call.noted A left
  call.ended A strategy callback
  call.noted A after callback
  > hangup A
13s C played 1
  treatment.ended C music calm done
  call.noted C refused
  call.noted C goes on only where it was refused
  treatment.started C music calm
  > music C 2 calm 5s
14s C gone
  treatment.ended C music calm interrupted
  call.dequeued C Sales abandoned
  call.ended C caller abandoned
  call.noted C after abandoned
  > hangup C
20s ana ready
  agent.state ana ready
  offer.made A~callback/1 ana Sales for 10s
  agent.state ana ringing
  > offer A~callback/1 ana@ana Sales
22s A~callback/1 answers
  > announce A~callback/1 callback for Ada
  > place A~callback +34600000001 via pstn from 5000
25s A~callback unreached busy 486
  offer.ended A~callback/1 ana not_reached busy 486
  agent.state ana ready
  callback.tried A~callback busy 486
  > withdraw A~callback/1 strategy
55s -
  offer.made A~callback/2 ana Sales for 10s
  agent.state ana ringing
  > offer A~callback/2 ana@ana Sales
56s A~callback/2 answers
  > announce A~callback/2 callback for Ada
  > place A~callback +34600000001 via pstn from 5000
1m A~callback answered
  call.answered A~callback
  offer.ended A~callback/2 ana answered
  agent.state ana talking
  call.dequeued A~callback Sales answered
  > connect A~callback/2
1m1s A~callback/2 connected
  call.connected A~callback ana
1m10s A~callback/2 gone
  agent.state ana ready
  callback.ended A~callback A answered
  call.ended A~callback party answered
  call.noted A~callback callback of +34600000001: answered
  > hangup A~callback
1m11s ana claims desk not_ready
  agent.state ana not_ready
1m20s D calls 5000
  call.arrived D 5000 s
  > answer D
1m20s D answered
  call.answered D
  call.queued D Sales 1
  treatment.started D music calm
  > music D 1 calm 5s
1m25s D played 1
  treatment.ended D music calm done
  call.dequeued D Sales callback
  callback.booked D~callback D +34600000001
  call.queued D~callback Sales 1
  treatment.started D play we-will-call
  > open D~callback
  > play D 2 we-will-call
1m26s D gone
  treatment.ended D play we-will-call interrupted
  call.ended D caller callback
  call.noted D after callback
  > hangup D
1m30s E calls 5000
  call.arrived E 5000 s
  > answer E
1m30s E answered
  call.answered E
  call.queued E Sales 2
  treatment.started E music calm
  > music E 1 calm 5s
1m35s E played 1
  treatment.ended E music calm done
  call.dequeued E Sales callback
  callback.booked E~callback E +34600000001
  call.queued E~callback Sales 2
  treatment.started E play we-will-call
  > open E~callback
  > play E 2 we-will-call
1m40s E gone
  treatment.ended E play we-will-call interrupted
  call.ended E caller callback
  call.noted E after callback
  > hangup E
1m41s ana ready
  agent.state ana ready
  offer.made D~callback/1 ana Sales for 10s
  agent.state ana ringing
  > offer D~callback/1 ana@ana Sales
1m42s D~callback/1 answers
  > announce D~callback/1 callback for somebody
  > place D~callback +34600000001 via pstn from 5000
1m43s D~callback/1 gone
  offer.ended D~callback/1 ana not_confirmed
  agent.state ana ready
  offer.made E~callback/1 ana Sales for 10s
  agent.state ana ringing
  > withdraw D~callback/1 strategy
  > unplace D~callback
  > offer E~callback/1 ana@ana Sales
1m53s -
  offer.ended E~callback/1 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw E~callback/1 no_answer
2m ana ready
  agent.state ana ready
  offer.made D~callback/2 ana Sales for 10s
  agent.state ana ringing
  > offer D~callback/2 ana@ana Sales
2m3s -
2m10s -
  offer.ended D~callback/2 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw D~callback/2 no_answer
2m20s -
2m53s -
3m10s -
5m25s -
  call.dequeued D~callback Sales expired
  callback.ended D~callback D expired
  call.ended D~callback system failed
  call.noted D~callback callback of +34600000001: expired
  > hangup D~callback
5m35s -
  call.dequeued E~callback Sales expired
  callback.ended E~callback E expired
  call.ended E~callback system failed
  call.noted E~callback callback of +34600000001: expired
  > hangup E~callback
6m40s F calls 5000
  call.arrived F 5000 s
  > answer F
