strategy "s" {
  entry "5000", "5001"
  default route to group Reception
  answer
  if call.to == "5001" { ring agent ana for 20s  hangup }
  queue Others {
    at 0s agent ben
    at 1s add group Reception when (agent_named("ana").state ?? offline) == talking
    at 2s only agent cleo when (agent_named("ana").state ?? offline) == ringing
    give up after 10m
  }
}
---
0s rita ready
  agent.state rita ready
0s ana ready
  agent.state ana ready
0s cleo ready
  agent.state cleo ready
0s ben claims desk not_ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Others 1
2s -
  call.step A Others 2
3s -
  call.step A Others 3
5s B calls 5001
  call.arrived B 5001 s
  > answer B
5s B answered
  call.answered B
  treatment.started B ringback
  offer.made B/1 ana for 20s
  agent.state ana ringing
  offer.made A/1 cleo Others for 20s
  agent.state cleo ringing
  > ringback B 1
  > offer B/1 ana@ana
  > offer A/1 cleo@cleo Others
6s A/1 fails busy
  offer.ended A/1 cleo busy
  agent.state cleo not_ready (busy)
7s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  treatment.ended B ringback interrupted
  offer.made A/2 rita Others for 20s
  agent.state rita ringing
  > connect B/1
  > offer A/2 rita@rita Others
8s A/2 answers
  offer.ended A/2 rita answered
  agent.state rita talking
  call.dequeued A Others answered
  > connect A/2
