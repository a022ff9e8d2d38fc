strategy "s" {
  entry "5000".."5009"
  default route to group Reception
  match call.to {
    "5000" -> { reject 486 }
    "5001", "5002" -> { hangup }
    else -> { answer }
  }
  if call.to == "5003" { hangup } else if call.from is withheld { note "withheld" } else { note "shown" }
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  call.ended A strategy rejected 486
  > reject A 486
  > hangup A
2s B calls 5001
  call.arrived B 5001 s
  call.ended B strategy hung_up 480
  > reject B 480
  > hangup B
3s C calls 5003
  call.arrived C 5003 s
  > answer C
3s C answered
  call.answered C
  call.ended C strategy hung_up
  > hangup C
4s D calls 5004
  call.arrived D 5004 s
  > answer D
4s D answered
  call.answered D
  call.noted D shown
  call.ended D strategy hung_up
  > hangup D
