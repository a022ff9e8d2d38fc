strategy "s" {
  entry "5000", "5001"
  default route to group Reception
  answer
  if call.to == "5001" { ring agent ben for 20s  hangup }
  queue Sales {
    at 0s agents with sales >= 9
    at 1s add group Reception when call.data.vip == "yes" and busy(group Sales) > 0
    give up after 10m
  }
}
---
0s rita ready
  agent.state rita ready
0s ben ready
  agent.state ben ready
0s ana ready
  agent.state ana ready
0s ana claims desk not_ready
  agent.state ana not_ready
1s A calls 5000 vip=no
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  call.queued A Sales 1
2s -
  call.step A Sales 2
2s B calls 5000 vip=yes
  call.arrived B 5000 s
  > answer B
2s B answered
  call.answered B
  call.queued B Sales 2
3s -
  call.step B Sales 2
3s cleo ready
  agent.state cleo ready
4s C calls 5001
  call.arrived C 5001 s
  > answer C
4s C answered
  call.answered C
  treatment.started C ringback
  offer.made C/1 ben for 20s
  agent.state ben ringing
  offer.made B/1 rita Sales for 20s
  agent.state rita ringing
  > ringback C 1
  > offer C/1 ben@ben
  > offer B/1 rita@rita Sales
5s B gone
  offer.ended B/1 rita caller_gone
  agent.state rita ready
  call.dequeued B Sales abandoned
  call.ended B caller abandoned
  > withdraw B/1 caller_gone
  > hangup B
