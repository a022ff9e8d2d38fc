strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  ringback
  ask bot helper {
    uui "00" json { from: call.from }
    header "X-inin-cnv" = call.conversation
    give up after 15m
    on transfer(t) { note "to {t.target ?? "nobody"}: {t.uui.json.topic}, {t.headers["x-why"]}, {t.reason ?? "?"}" }
    on done { note "done"  hangup }
    on silent, failed, give_up { note "{outcome}" }
  }
  ask bot helper over trunk backup { on failed { note "second {outcome}" } }
  music "calm"
  wait 1s
  hangup
}
---
1s A calls 5000
  call.arrived A 5000 s
  > answer A
1s A answered
  call.answered A
  treatment.started A ringback
  treatment.ended A ringback interrupted
  bot.started A helper
  > ringback A 1
  > ask A 2 helper ["pstn","backup"] {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{"X-inin-cnv":"A"}}
20s A bot 2 transfer {"target":"+34911","uui":"007b22746f706963223a226c6f616e73227d;encoding=hex","headers":{"X-Why":"long"},"reason":"asked","transcript":"hello 4111"}
  bot.ended A helper transfer +34911 asked hello 4111
  call.noted A to +34911: loans, long, asked
  bot.started A helper
  > ask A 3 helper ["backup"]
21s A bot 3 failed
  bot.ended A helper failed
  call.noted A second failed
  treatment.started A music calm
  > music A 4 calm
22s -
  treatment.ended A music calm interrupted
  call.ended A strategy hung_up
  > hangup A
30s B calls 5000
  call.arrived B 5000 s
  > answer B
30s B answered
  call.answered B
  treatment.started B ringback
  treatment.ended B ringback interrupted
  bot.started B helper
  > ringback B 1
  > ask B 2 helper ["backup","pstn"] {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{"X-inin-cnv":"B"}}
31s B bot 2 done
  bot.ended B helper done
  call.noted B done
  call.ended B strategy hung_up
  > hangup B
32s B bot 2 done
40s C calls 5000
  call.arrived C 5000 s
  > answer C
40s C answered
  call.answered C
  treatment.started C ringback
  treatment.ended C ringback interrupted
  bot.started C helper
  > ringback C 1
  > ask C 2 helper ["pstn","backup"] {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{"X-inin-cnv":"C"}}
15m40s -
  bot.ended C helper give_up
  call.noted C give_up
  bot.started C helper
  > dismiss C 2
  > ask C 3 helper ["backup"]
15m40s trunk backup down
  trunk.state backup false
15m41s D calls 5000
  call.arrived D 5000 s
  > answer D
15m41s D answered
  call.answered D
  treatment.started D ringback
  treatment.ended D ringback interrupted
  bot.started D helper
  > ringback D 1
  > ask D 2 helper ["pstn"] {"uui":{"discriminator":"00","hex":"7b2266726f6d223a222b3334363030303030303031227d"},"headers":{"X-inin-cnv":"D"}}
15m42s D gone
  bot.ended D helper abandoned
  call.ended D caller abandoned
  > dismiss D 2
  > hangup D
15m43s D bot 2 done
