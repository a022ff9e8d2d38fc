/*
 * Scenes that the fault tests play again and again with something going wrong in each: one strategy, one caller, and the
 * way it goes when nothing goes wrong.
 */
export const scenes: { name: string; text: string }[] = [
  {
    name: "a prompt, then the end",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome"
  wait 3s
  play "bye"
  hangup
}
test "t" for "s" {
  call A from "+34600000001" to "5000" at 0s
  expect A hears "welcome" at 0s
  expect A hears "bye" at 5s
  expect A ends hung_up at 9s
}`,
  },
  {
    name: "a queue with two agents",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome"
  queue Sales {
    ring for 15s
    at 0s agents with sales >= 7
    give up after 2m
    while waiting { music "calm" }
  }
}
test "t" for "s" {
  agent ana with sales 9, ready
  agent ben with sales 8, ready
  agent ana accepts after 3s, talks 20s
  agent ben accepts after 3s, talks 20s
  call A from "+34600000001" to "5000" at 0s
  expect A offered to ana at 2s
  expect A answered by ana at 5s
  expect A ends answered at 25s
}`,
  },
  {
    name: "no answer, then the next",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    choose by best_skill(sales) then longest_idle
    ring for 10s
    at 0s agents with sales >= 7
    at 30s add agents with sales >= 4
    give up after 2m
    while waiting { once { play "welcome" }  music "calm" for 7s  play "busy" }
  }
}
test "t" for "s" {
  agent ana with sales 9, ready
  agent ben with sales 8, ready
  agent cleo with sales 4, ready
  agent ana ignores
  agent ben declines
  agent cleo accepts after 4s, talks 10s
  call A from "+34600000001" to "5000" at 0s
  expect A offered to ana at 0s
  expect A offered to ben at 10s
  expect A never offered to cleo before 30s
  expect A answered by cleo
  expect A ends answered
}`,
  },
  {
    name: "giving up, then the mailbox",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 10s
    at 0s group Sales
    give up after 30s
    while waiting { music "calm" for 12s  play "busy" }
    on give_up { play "sorry" }
  }
  voicemail to mailbox of group Sales { on failed, empty { play "sorry" } }
}
test "t" for "s" {
  agent ana with group Sales, not_ready("lunch")
  agent ben with group Sales, ready
  agent ben ignores
  call A from "+34600000001" to "5000" at 0s
  expect A offered to ben at 0s
  expect A hears "sorry" at 30s
  expect A ends left_message mailbox of group Sales
}`,
  },
  {
    name: "a mailbox of our own, unanswered until then",
    text: `
strategy "s" {
  entry "5000"
  default route to mailbox ana
  ring agent ana for 5s
  voicemail to mailbox ana { subject "from {call.from}"  on empty { note "nothing" } }
}
test "t" for "s" {
  agent ana with sales 9, ready
  agent ana ignores
  call A from "+34600000001" to "5000" at 0s speaks 1m
  expect A hears "mailbox/ana" at 5s
  expect A ends left_message mailbox ana at 29s
}`,
  },
  {
    name: "ringing before the answer",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  ring agent ana for 12s {
    no_answer makes not_ready("no answer")
    on no_answer, busy, rejected, unreachable { note "missed: {outcome}" }
  }
  answer
  queue Sales {
    keep place of call.arrived
    exclude agent ana
    ring for 10s
    at 0s group Sales
    give up after 40s
    while waiting { music "calm" }
  }
}
test "t" for "s" {
  agent ana with group Sales, ready
  agent ben with group Sales, ready
  agent ana ignores
  agent ben accepts after 5s, talks 10s
  call A from "+34600000001" to "5000" at 0s
  expect A offered to ana at 0s
  expect A offered to ben at 12s
  expect A answered by ben at 17s
  expect A ends answered at 27s
}`,
  },
  {
    name: "off the end, the default route",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome"
}
test "t" for "s" {
  agent rita with group Reception, ready
  agent rita accepts after 4s, talks 6s
  call A from "+34600000001" to "5000" at 0s
  expect A offered to rita at 2s
  expect A answered by rita at 6s
  expect A ends default_routed at 12s
}`,
  },
  {
    name: "an outside number beside the agents",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 10s
    at 0s group Sales
    at 5s add number duty for 8s again every 20s
    give up after 1m
    while waiting { music "calm" }
  }
}
test "t" for "s" {
  agent ana with group Sales, not_ready("lunch")
  agent ana accepts after 2s, talks 10s
  agent ana goes ready at 20s
  call A from "+34600000001" to "5000" at 0s
  expect A waits in queue Sales at 0s
  expect A never offered to ana before 20s
  expect A answered by ana at 22s
  expect A ends answered at 32s
}`,
  },
  {
    name: "leaving the queue of one's own accord",
    text: `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    ring for 4s
    at 0s group Sales
    give up after 1m
    while waiting { play "welcome"  music "calm" for 11s  play "busy"  leave }
    on left { note "left" }
  }
  queue Others {
    priority 5
    keep place of call.arrived
    at 0s group Reception
    give up after 20s
    while waiting { ringback  wait 2s }
  }
  hangup
}
test "t" for "s" {
  agent ana with group Sales, ready
  agent ana ignores
  agent rita ready
  agent rita accepts after 3s, talks 5s
  call A from "+34600000001" to "5000" at 0s
  expect A waits in queue Others at 17s
  expect A answered by rita at 20s
  expect A ends answered at 25s
}`,
  },
];
