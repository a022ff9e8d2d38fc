strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  music "calm"
  fetch GET crm "/customers/{call.to}?x=1" with { phone: call.from, tags: ["a b", "c"], none: missing } within 1s {
    on ok(c) { note "tier {c.tier}"  set call.data.c = c }
    on timeout { note "too late" }
    on failed(code) { note "failed {code}" }
  }
  let who = fetch GET crm "/who/{"a/b c"}" within 2s else { name: "nobody" }
  note "{who.name}"
  send POST crm "/notes" with { wait: 90s, who, at: call.to } within 1s {
    on ok { note "sent" }
    on timeout { note "not sent in time" }
    on failed(code) { note "not sent: {code}" }
  }
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A music calm
  > music A 1 calm
  > request A 2 GET crm /customers/5000?x=1&phone=%2B34600000001&tags=a%20b&tags=c
1s500ms A replied 2 200 { "tier": "gold", "n": [1, null, true] }
  request.ended A ok 200
  call.noted A tier gold
  > request A 3 GET crm /who/a%2Fb%20c
2s A replied 3 200 { "name": "Ada" }
  request.ended A ok 200
  call.noted A Ada
  > request A 4 POST crm /notes {"wait":90,"who":{"name":"Ada"},"at":"5000"}
2s500ms A replied 4 503
  request.ended A failed 503
  call.noted A not sent: 503
  treatment.ended A music calm interrupted
  call.ended A strategy hung_up
  > hangup A
10s B calls 5000
  call.arrived B 5000 s
  > answer B
10s B answered
  call.answered B
  treatment.started B music calm
  > music B 1 calm
  > request B 2 GET crm /customers/5000?x=1&phone=%2B34600000001&tags=a%20b&tags=c
11s -
  request.ended B timeout
  call.noted B too late
  > abandonRequest B 2
  > request B 3 GET crm /who/a%2Fb%20c
12s B replied 2 200 { "tier": "late" }
12s B replied 3 0
  request.ended B failed 0
  call.noted B nobody
  > request B 4 POST crm /notes {"wait":90,"who":{"name":"nobody"},"at":"5000"}
12s B replied 4 204
  request.ended B ok 204
  call.noted B sent
  treatment.ended B music calm interrupted
  call.ended B strategy hung_up
  > hangup B
20s C calls 5000
  call.arrived C 5000 s
  > answer C
20s C answered
  call.answered C
  treatment.started C music calm
  > music C 1 calm
  > request C 2 GET crm /customers/5000?x=1&phone=%2B34600000001&tags=a%20b&tags=c
20s C gone
  treatment.ended C music calm interrupted
  request.ended C abandoned
  call.ended C caller abandoned
  > abandonRequest C 2
  > hangup C
20s C replied 2 200
