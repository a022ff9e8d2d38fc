strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 5s
    at 0s group Sales
    give up after 10m
  }
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 5s
  agent.state ana ringing
  > offer A/1 ana@ana Sales
2s A/1 fails rejected
  offer.ended A/1 ana rejected
  agent.state ana not_ready (rejected)
12s -
  agent.state ana ready
  offer.made A/2 ana Sales for 5s
  agent.state ana ringing
  > offer A/2 ana@ana Sales
13s A/2 fails unreachable
  offer.ended A/2 ana unreachable
  agent.state ana not_ready (unreachable)
18s -
  agent.state ana ready
20s ben claims login not_ready
  agent.state ben not_ready
23s -
1m13s -
  offer.made A/3 ana Sales for 5s
  agent.state ana ringing
  > offer A/3 ana@ana Sales
1m18s -
  offer.ended A/3 ana no_answer
  agent.state ana not_ready (no_answer)
  > withdraw A/3 no_answer
1m28s -
1m30s A/3 fails rejected
1m31s ben claims desk offline
  agent.state ben offline
1m32s ben unclaims login
1m50s A/4 answers
  > withdraw A/4 lost_race
1m50s A gone
  call.dequeued A Sales abandoned
  call.ended A caller abandoned
  > hangup A
