import type { Page } from "./page.ts";

/** S44x: widening, subs, and how long things take; S45x: splits. */
export const timePages: Page[] = [
  {
    code: "S440",
    severity: "warning",
    title: "widening that adds nobody",
    what: "Everybody whom this step adds can be rung by an earlier step already: a higher level of the same skill, a part of the same group.",
    why: "Callers wait for a wider choice that never comes.",
    wrong: `answer
queue Billing {
  at 0s   agents with billing >= 4
  at 30s  add agents with billing >= 6
  give up after 8m
}
hangup`,
    right: `answer
queue Billing {
  at 0s   agents with billing >= 6
  at 30s  add agents with billing >= 4
  give up after 8m
}
hangup`,
    mend: "Put the narrow step first, or take this one out.",
  },
  {
    code: "S441",
    severity: "warning",
    title: "a loop that never waits",
    what: "A call may run 10,000 statements between two waits, and this loop can come to more: some way through it has no `wait`, `play`, `collect` or the like.",
    why: "The call reaches the limit and goes to its default route.",
    wrong: `loop 6000 times {
  note "still"
  note "here"
}
hangup`,
    right: `loop 60 times {
  note "still here"
  wait 1s
}
hangup`,
    mend: "Write a `wait` on every way through it, or fewer rounds.",
  },
  {
    code: "S442",
    severity: "error",
    title: "`uninterrupted` for too long",
    what: "The matcher passes over a call while `uninterrupted` runs, for 30 s at most. The times that are written here make more; prompts count where the directory knows their length.",
    why: "People are ready, and the caller listens on.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 5m
  while waiting {
    uninterrupted { music "moh/calm" for 40s }
    music "moh/calm" for 20s
  }
}`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 5m
  while waiting {
    uninterrupted { music "moh/calm" for 10s }
    music "moh/calm" for 20s
  }
}`,
    mend: "Keep only what must be heard to its end inside.",
  },
  {
    code: "S443",
    severity: "warning",
    title: "too much after the call",
    what: "`after call` and `after callback` are cut off after 5 s, and the times that are written here make more.",
    why: "What should have been kept or sent is lost now and then.",
    wrong: `strategy "s" {
  entry "5000"
  default route to group Sales
  ring agent ana for 20s
  after call {
    wait 4s
    wait 4s
  }
}
`,
    right: `strategy "s" {
  entry "5000"
  default route to group Sales
  ring agent ana for 20s
  after call {
    wait 2s
    wait 2s
  }
}
`,
    mend: "Let it wait less, or do less.",
  },
  {
    code: "S445",
    severity: "error",
    title: "a sub or a plan inside itself",
    what: "A sub cannot run itself, not by others either, and subs run one another at most 32 deep. Inside a `queue plan` no queue takes over a plan.",
    why: "A call would go round in it until a limit sends it to its default route.",
    wrong: `sub greet() {
  play "welcome"
  run menu()
}

sub menu() {
  run greet()
}
`,
    right: `sub greet() {
  play "welcome"
  run menu()
}

sub menu() {
  loop 3 times { play "menu" }
}
`,
    mend: "What is done again is a `loop`.",
  },
  {
    code: "S447",
    severity: "warning",
    title: "taken once, and set while waiting",
    what: "`priority`, `tier`, `exclude` and the people of the steps are taken when the call enters the queue. Here `while waiting` sets what one of them reads, and the call stays in the block.",
    why: "A caller who presses the key for urgent keeps the place he had.",
    wrong: `answer
queue Sales {
  tier vip when (call.data.urgent ?? "no") == "yes"
  at 0s group Sales
  give up after 5m
  while waiting {
    music "moh/calm" for 30s
    collect 1 digit prompt "menu" within 5s {
      on "1" { set call.data.urgent = "yes" }
    }
  }
}
voicemail to mailbox sales`,
    right: `queue plan urgent {
  tier vip when (call.data.urgent ?? "no") == "yes"
  keep place of call.arrived
  at 0s group Sales
  give up after 5m
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  queue Sales by urgent {
    while waiting {
      music "moh/calm" for 30s
      collect 1 digit prompt "menu" within 5s {
        on "1" { set call.data.urgent = "yes"  leave }
      }
    }
    on give_up, nobody { voicemail to mailbox sales }
  }
  queue Sales by urgent {
    while waiting { music "moh/calm" }
  }
  voicemail to mailbox sales
}`,
    mend: "Leave the block where it is set, and queue the call again; `keep place of call.arrived` keeps the time it has waited. What changes by itself, as time goes by, belongs to `rising` and to the `when` of a step, which are looked at again.",
  },
  {
    code: "S448",
    severity: "warning",
    title: "accepted, and not rung",
    what: "A preview shows a call; who accepts it gets the call only if `on accepted` rings him. Here nothing does.",
    why: "The expert who has said yes waits for a call that never comes, and the preview goes on to others.",
    wrong: `answer
preview to group Sales for 20s {
  on accepted(worker) { note "taken by {worker.name}" }
}
voicemail to mailbox sales`,
    right: `answer
preview to group Sales for 20s {
  on accepted(worker) { ring worker for 25s }
}
voicemail to mailbox sales`,
    mend: "Write `ring worker for 25s`, with the name that `accepted(…)` gives.",
  },
  {
    code: "S446",
    severity: "warning",
    title: "called back, and still in line",
    what: "When a callback is booked, the caller leaves the queue. Here `on accepted` does not end his call, and the queue does not say `on left`, so that he goes on below it like all whom nobody answered.",
    why: "Who was promised a call back is asked to leave a message, or waits again by the default route.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 5m
  while waiting {
    music "moh/calm" for 30s
    callback to call.from {
      on accepted { play "sorry" }
    }
  }
}
voicemail to mailbox sales`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 5m
  while waiting {
    music "moh/calm" for 30s
    callback to call.from {
      on accepted { play "sorry"  hangup }
    }
  }
}
voicemail to mailbox sales`,
    mend: "Write `hangup` at the end of `on accepted`, or `on left { … }` at the queue.",
  },
  {
    code: "S450",
    severity: "error",
    title: "shares that do not make 100%",
    what: "The branches of a `split` take all calls among them.",
    why: "Some calls would go nowhere.",
    wrong: `split {
  60% day { ring agent ana for 20s }
  30% night { ring agent luc for 20s }
}
voicemail to mailbox sales`,
    right: `split {
  70% day   { ring agent ana for 20s }
  30% night { ring agent luc for 20s }
}
voicemail to mailbox sales`,
    mend: "Give each branch its share.",
  },
  {
    code: "S451",
    severity: "error",
    title: "a branch twice",
    what: "The branches of a `split` have names of their own: tests and records tell them by these.",
    why: "A caller who should always come to the same branch may come to another.",
    wrong: `split {
  70% day { ring agent ana for 20s }
  30% day { ring agent luc for 20s }
}
voicemail to mailbox sales`,
    right: `split {
  70% day   { ring agent ana for 20s }
  30% night { ring agent luc for 20s }
}
voicemail to mailbox sales`,
    mend: "Give it another name.",
  },
];
