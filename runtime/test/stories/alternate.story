strategy "s" { entry "5000"  default route to group Reception
  answer
  queue Sales { at 0s  agent ana  give up after 5m  while waiting { music "calm" } }
}

---
0s ana ready
  agent.state ana ready
0s ben ready
  agent.state ben ready
0s rita ready
  agent.state rita ready
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
  offer.made A/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started A music calm
  > offer A/1 ana@ana Sales
  > music A 1 calm
2s A/1 answers
  offer.ended A/1 ana answered
  agent.state ana talking
  call.dequeued A Sales answered
  treatment.ended A music calm interrupted
  > connect A/1
2s A/1 connected
  call.connected A ana
5s A alternates
10s A consults 6102
  > part A/1
10s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  offer.made A/2 ben for 20s
  agent.state ben ringing
  > silence A 2
  > offer A/2 ben@ben from 6101 apart
11s A alternates
12s A/2 answers
  offer.ended A/2 ben answered
  agent.state ben talking
  > join A/2 A/1
12s A/2 paired
  call.consulted A ana ben
  agent.state ana talking
20s A alternates
  > part A/2
20s A/2 parted
  consult.held A ben
  treatment.ended A silence interrupted
  agent.state ana hold
  > connect A/1
20s A alternates
20s A/1 connected
  call.retrieved A ana
  agent.state ana talking
30s A alternates
  > part A/1
30s A/1 parted
  call.held A ana
  agent.state ana hold
  treatment.started A silence
  > silence A 3
  > join A/2 A/1
30s A/2 paired
  call.consulted A ana ben
  agent.state ana talking
40s A alternates
  > part A/2
40s A/2 parted no
  hold.failed A
41s A alternates
  > part A/2
41s A/2 parted
  consult.held A ben
  treatment.ended A silence interrupted
  agent.state ana hold
  > connect A/1
41s A/1 connected
  call.retrieved A ana
  agent.state ana talking
45s A alternates
  > part A/1
45s A/1 parted no
  hold.failed A
46s A completes
  agent.state ana ready
  > withdraw A/1 strategy
  > connect A/2
46s A/2 connected
  call.connected A ben
  call.transferred A ben
50s A gone
  agent.state ben ready
  call.ended A caller transferred
  > hangup A
1m B calls 5000
  call.arrived B 5000 s
  > answer B
1m B answered
  call.answered B
  call.queued B Sales 1
  offer.made B/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started B music calm
  > offer B/1 ana@ana Sales
  > music B 1 calm
1m2s B/1 answers
  offer.ended B/1 ana answered
  agent.state ana talking
  call.dequeued B Sales answered
  treatment.ended B music calm interrupted
  > connect B/1
1m2s B/1 connected
  call.connected B ana
1m3s B consults +34600000009
  > part B/1
1m3s B/1 parted
  call.held B ana
  agent.state ana hold
  treatment.started B silence
  offer.made B/2 +34600000009 pstn for 20s
  > silence B 2
  > offer B/2 +34600000009 via pstn from 6101 apart
1m4s B/2 answers
  offer.ended B/2 +34600000009 answered
  > join B/2 B/1
1m4s B/2 paired
  call.consulted B ana +34600000009
  agent.state ana talking
1m5s B alternates
  > part B/2
1m5s B/2 parted
  consult.held B +34600000009
  treatment.ended B silence interrupted
  agent.state ana hold
  > connect B/1
1m5s B/1 connected
  call.retrieved B ana
  agent.state ana talking
1m6s B holds
  > part B/1
1m6s B/1 parted
  call.held B ana
  agent.state ana hold
  treatment.started B silence
  > silence B 3
1m7s B alternates
  > join B/2 B/1
1m7s B/2 paired
  call.consulted B ana +34600000009
  agent.state ana talking
1m8s B alternates
  > part B/2
1m8s B/2 parted
  consult.held B +34600000009
  treatment.ended B silence interrupted
  agent.state ana hold
  > connect B/1
1m8s B/1 connected
  call.retrieved B ana
  agent.state ana talking
1m9s B/2 gone
  consult.ended B +34600000009 hung_up
1m10s B alternates
1m11s B consults 6102
  > part B/1
1m11s B/1 parted
  call.held B ana
  agent.state ana hold
  treatment.started B silence
  offer.made B/3 ben for 20s
  agent.state ben ringing
  > silence B 4
  > offer B/3 ben@ben from 6101 apart
1m12s B/3 answers
  offer.ended B/3 ben answered
  agent.state ben talking
  > join B/3 B/1
1m12s B/3 paired
  call.consulted B ana ben
  agent.state ana talking
1m13s B alternates
  > part B/3
1m13s B/3 parted
  consult.held B ben
  treatment.ended B silence interrupted
  agent.state ana hold
  > connect B/1
1m13s B/1 unconnected
  agent.state ana ready
  > withdraw B/1 strategy
  > connect B/3
1m13s B/3 connected
  call.connected B ben
  call.transferred B ben
1m20s B gone
  agent.state ben ready
  call.ended B caller transferred
  > hangup B
1m30s C calls 5000
  call.arrived C 5000 s
  > answer C
1m30s C answered
  call.answered C
  call.queued C Sales 1
  offer.made C/1 ana Sales for 20s
  agent.state ana ringing
  treatment.started C music calm
  > offer C/1 ana@ana Sales
  > music C 1 calm
1m32s C/1 answers
  offer.ended C/1 ana answered
  agent.state ana talking
  call.dequeued C Sales answered
  treatment.ended C music calm interrupted
  > connect C/1
1m32s C/1 connected
  call.connected C ana
1m33s C consults 6102
  > part C/1
1m33s C/1 parted
  call.held C ana
  agent.state ana hold
  treatment.started C silence
  offer.made C/2 ben for 20s
  agent.state ben ringing
  > silence C 2
  > offer C/2 ben@ben from 6101 apart
1m34s C/2 answers
  offer.ended C/2 ben answered
  agent.state ben talking
  > join C/2 C/1
1m34s C/2 paired
  call.consulted C ana ben
  agent.state ana talking
1m35s C alternates
  > part C/2
1m35s C/2 parted
  consult.held C ben
  treatment.ended C silence interrupted
  agent.state ana hold
  > connect C/1
1m35s C/1 connected
  call.retrieved C ana
  agent.state ana talking
1m36s C/1 gone
  agent.state ana ready
  > withdraw C/1 strategy
  > connect C/2
1m36s C/2 connected
  call.connected C ben
  call.transferred C ben
1m40s C gone
  agent.state ben ready
  call.ended C caller transferred
  > hangup C
