strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  ring agent ana for 20s { }
  hangup
}
---
0s ana ready
  agent.state ana ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A ringback
  offer.made A/1 ana for 20s
  agent.state ana ringing
  > ringback A 1
  > offer A/1 ana@ana
3s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  treatment.ended A ringback interrupted
  > connect A/1
3s A/1 connected
  call.connected A ana
9s A guest sue talks
  guest.changed A sue talks
10s A guest tom listens
  guest.changed A tom listens
11s A guest ben talks
  guest.changed A ben talks
12s A/1 gone
  agent.state ana ready
  party.left A ana
13s A guest sue left
  guest.changed A sue left
14s A guest tom left
  guest.changed A tom left
15s A guest ben left
  guest.changed A ben left
  call.ended A party answered
  > hangup A
20s B calls 5000
  call.arrived B 5000 s
  > answer B
20s B answered
  call.answered B
  treatment.started B ringback
  offer.made B/1 ana for 20s
  agent.state ana ringing
  > ringback B 1
  > offer B/1 ana@ana
30s ana ready
