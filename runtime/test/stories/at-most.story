strategy "s" {
  entry "5000", "5100".."5199" at most 2 calls else reject 480
  entry "5200" at most 1 calls else reject 486
  default route to group Reception
  answer
  wait 10s
  hangup
  after call { note "after" }
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s B calls 5150
  call.arrived B 5150 s
  > answer B
1s C calls 5000
  call.arrived C 5000 s
  limit.reached C entry
  call.ended C system rejected 480
  > reject C 480
  > hangup C
1s D calls 5200
  call.arrived D 5200 s
  > answer D
1s E calls 5200
  call.arrived E 5200 s
  limit.reached E entry
  call.ended E system rejected 486
  > reject E 486
  > hangup E
2s A gone
  call.ended A caller abandoned
  call.noted A after
  > hangup A
3s F calls 5199
  call.arrived F 5199 s
  > answer F
4s G calls 5000
  call.arrived G 5000 s
  limit.reached G entry
  call.ended G system rejected 480
  > reject G 480
  > hangup G
