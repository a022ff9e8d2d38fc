strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  preview to group Sales for 20s {
    on accepted(worker) { ring worker for 10s { at worker.redirect ?? worker.device  confirmed by "1" prompt "take-call" } }
  }
}
---
0s ben ready
  agent.state ben ready
0s ben redirects +34600000009
  agent.redirected ben +34600000009
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  agent.state ben ringing
  preview.offered A A/1 ben all at once for 20s
2s A/1 accepts ben
  preview.ended A A/1 ben accepted after 1s
  treatment.started A ringback
  offer.made A/2 ben +34600000009 pstn for 10s
  > ringback A 1
  > offer A/2 +34600000009 via pstn
3s A/2 answers
  > confirm A/2 1 take-call
3s A/2 confirms
  offer.ended A/2 ben +34600000009 answered
  agent.state ben talking
  treatment.ended A ringback interrupted
  > connect A/2
3s A/2 connected
  call.connected A ben +34600000009
9s A gone
  agent.state ben ready
  call.ended A caller answered
  > hangup A
10s ben redirects nowhere
  agent.redirected ben
11s B calls 5000
  call.arrived B 5000 s
  > answer B
11s B answered
  call.answered B
  agent.state ben ringing
  preview.offered B B/1 ben all at once for 20s
12s B/1 accepts ben
  preview.ended B B/1 ben accepted after 1s
  treatment.started B ringback
  offer.made B/2 ben for 10s
  > ringback B 1
  > offer B/2 ben@ben
13s B gone
  treatment.ended B ringback interrupted
  offer.ended B/2 ben caller_gone
  agent.state ben ready
  call.ended B caller abandoned
  > withdraw B/2 caller_gone
  > hangup B
14s ben redirects
  agent.redirected ben
15s nobody redirects +34600000009
