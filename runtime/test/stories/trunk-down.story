strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    at 0s group Sales
    give up after 1m
  }
  hangup
}
---
0s ana ready
  agent.state ana ready
1s trunk pbx down
  trunk.state pbx false
  agent.state rita offline (trunk down)
  agent.state ana offline (trunk down)
  agent.state ben offline (trunk down)
  agent.state cleo offline (trunk down)
2s ana claims desk not_ready
3s trunk pbx up
  trunk.state pbx true
  agent.state rita offline
  agent.state ana not_ready
  agent.state ben offline
  agent.state cleo offline
4s ana unclaims desk
  agent.state ana ready
5s trunk nowhere down
