strategy "s" {
  entry "5000"
  default route to group Reception
  ring all of group Sales for 10s { on no_answer, rejected, busy, unreachable { note "sales: {outcome}" } }
  ring all of [agent ana, group Sales, agent ana, number duty] for 20s
  ring [agent ana, agent ben] for 5s
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
  offer.made A/1 ana for 10s
  agent.state ana ringing
  offer.made A/2 ben for 10s
  agent.state ben ringing
  offer.made A/3 cleo for 10s
  agent.state cleo ringing
  > offer A/1 ana@ana
  > offer A/2 ben@ben
  > offer A/3 cleo@cleo
3s A/1 fails rejected
  offer.ended A/1 ana rejected
  agent.state ana not_ready (rejected)
11s -
  offer.ended A/2 ben no_answer
  agent.state ben not_ready (no_answer)
  offer.ended A/3 cleo no_answer
  agent.state cleo not_ready (no_answer)
  call.noted A sales: no_answer
  offer.made A/4 ana for 20s
  agent.state ana ringing
  offer.made A/5 +34600000900 pstn for 20s
  > withdraw A/2 no_answer
  > withdraw A/3 no_answer
  > offer A/4 ana@ana
  > offer A/5 +34600000900 via pstn
12s ana ready
12s ben ready
  agent.state ben ready
13s -
14s A/5 answers
  offer.ended A/5 +34600000900 answered
  offer.ended A/4 ana lost_race
  agent.state ana ready
  > withdraw A/4 lost_race
  > connect A/5
