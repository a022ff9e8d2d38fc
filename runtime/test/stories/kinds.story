strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  let worker = "agent"
  note worker
  queue Anybody {
    at 0s agents with kind == agent and kind != worker
    give up after 1m
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
  call.noted A agent
  call.queued A Anybody 1
  offer.made A/1 ana Anybody for 20s
  agent.state ana ringing
  > offer A/1 ana@ana Anybody
