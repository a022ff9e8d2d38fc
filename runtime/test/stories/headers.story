strategy "s" {
  entry "5000"
  default route to group Reception
  let h = call.header
  wait 1s
  if h["X-Cell"] is found { note "cell {h["X-CELL"] ?? "none"}, {call.header["x-cell"] ?? "none"}" }
  set call.data.headers = h
  wait 1s
  note "{call.data.headers["X-Cell"] ?? "none"}"
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
2s -
  call.noted A cell 17, 17
3s -
  call.noted A 17
  call.ended A strategy hung_up 480
  > reject A 480
  > hangup A
4s A gone
