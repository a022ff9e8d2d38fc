strategy "s" {
  entry "5000"
  default route to group Reception
  ring agent ana for 5s { at number duty }
  ring agent ana for 5s { at call.from }
  ring agent ana for 5s { at (agent ben).device }
  hangup
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  offer.made A/1 ana +34600000900 pstn for 5s
  agent.state ana ringing
  > offer A/1 +34600000900 via pstn
2s A/1 fails busy
  offer.ended A/1 ana +34600000900 busy
  agent.state ana not_ready (busy)
  offer.made A/2 ana +34600000001 pstn for 5s
  agent.state ana ringing
  > offer A/2 +34600000001 via pstn
3s A/2 fails busy
  offer.ended A/2 ana +34600000001 busy
  agent.state ana not_ready (busy)
  offer.made A/3 ana for 5s
  agent.state ana ringing
  > offer A/3 ana@ben
4s A gone
  offer.ended A/3 ana caller_gone
  agent.state ana not_ready (busy)
  call.ended A caller abandoned
  > withdraw A/3 caller_gone
  > hangup A
