import type { Page } from "./page.ts";

/** S40x to S42x: the way of a call. */
export const flowPages: Page[] = [
  {
    code: "S401",
    severity: "error",
    title: "media before the answer",
    what: "On some way to this statement the call has not been answered, and an unanswered caller hears nothing but ringing.",
    why: "The announcement would be played to nobody.",
    wrong: `play "welcome"
hangup`,
    right: `answer
play "welcome"
hangup`,
    mend: "Write `answer` above it, on every way that leads there.",
  },
  {
    code: "S402",
    severity: "warning",
    title: "never reached",
    what: "No call ever comes to this: everything above it ends the call, its condition is the same for every call or was answered with no above, no `entry` takes the number it asks for, a `match` has an arm for whatever comes, or the queue has given up before the step.",
    why: "What was meant for callers here never happens to any of them.",
    wrong: `hangup
note "done"`,
    right: `note "done"
hangup`,
    mend: "Move it up, or take it out.",
  },
  {
    code: "S403",
    severity: "error",
    title: "a handler for what ends routing",
    what: "With this outcome the call is in good hands and routing ends, so there is no handler for it.",
    why: "The handler would never run.",
    wrong: `ring agent ana for 20s {
  on answered { note "taken" }
}
voicemail to mailbox sales`,
    right: `ring agent ana for 20s
voicemail to mailbox sales`,
    mend: "Take the handler out.",
  },
  {
    code: "S404",
    severity: "error",
    title: "an outcome handled twice",
    what: "Exactly one handler runs for an outcome, and one above has it already.",
    why: "The second handler would never run.",
    wrong: `ring agent ana for 20s {
  on busy, no_answer { note "missed" }
  on busy { note "busy" }
}
voicemail to mailbox sales`,
    right: `ring agent ana for 20s {
  on no_answer { note "missed" }
  on busy { note "busy" }
}
voicemail to mailbox sales`,
    mend: "Name the outcome in one of the two.",
  },
  {
    code: "S405",
    severity: "warning",
    title: "a handler or arm that never runs",
    what: "This outcome cannot come here, or an arm above takes the value first.",
    why: "What was meant for some callers happens to none.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting { music "moh/calm" }
  on left { play "sorry" }
}
voicemail to mailbox sales`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting { music "moh/calm" }
  on give_up { play "sorry" }
}
voicemail to mailbox sales`,
    mend: "Take it out, or write what would bring it about: `leave` for `on left`.",
  },
  {
    code: "S406",
    severity: "error",
    title: "a queue that does not say when it gives up",
    what: "Every queue says how long a call waits in it.",
    why: "A caller whom nobody can take would wait until he hangs up.",
    wrong: `queue Sales {
  at 0s group Sales
}
voicemail to mailbox sales`,
    right: `queue Sales {
  at 0s group Sales
  give up after 8m
}
voicemail to mailbox sales`,
    mend: "Write `give up after 8m`, and below the queue what comes then.",
  },
  {
    code: "S407",
    severity: "warning",
    title: "a wait that can last for ever",
    what: "The queue never gives up, so only an answer or the caller ends the wait.",
    why: "When everybody has gone home the caller listens to music until he hangs up.",
    wrong: `queue Sales {
  at 0s group Sales
  give up never
}`,
    right: `queue Sales {
  at 0s group Sales
  give up after 8m
}
voicemail to mailbox sales`,
    mend: "Write `give up after …`, or silence it where a person watches the queue.",
  },
  {
    code: "S408",
    severity: "error",
    title: "times of steps",
    what: "The times of a timeline rise from line to line, and only outside parties ring for a time of their own.",
    why: "A step out of order would be missed or come at another time than it says.",
    wrong: `queue Sales {
  at 0s group Sales
  at 1m add group Night
  at 30s add agents with cards >= 5
  give up after 8m
}`,
    right: `queue Sales {
  at 0s   group Sales
  at 30s  add agents with cards >= 5
  at 1m   add group Night
  give up after 8m
}`,
    mend: "Put the steps in the order of their times.",
  },
  {
    code: "S409",
    severity: "error",
    title: "a queue without steps",
    what: "No step says who may take the calls.",
    why: "Nobody is ever rung, and every caller waits in vain.",
    wrong: `queue Sales {
  give up after 2m
}
voicemail to mailbox sales`,
    right: `queue Sales {
  at 0s group Sales
  give up after 2m
}
voicemail to mailbox sales`,
    mend: "Write at least `at 0s group NAME`.",
  },
  {
    code: "S410",
    severity: "warning",
    title: "a step shorter than the ring time",
    what: "The next step, or the end of the wait, comes before a phone that begins to ring has rung out.",
    why: "The last person to be rung has less time to pick up than the others.",
    wrong: `queue Sales {
  ring for 30s
  at 0s group Sales
  at 20s add group Night
  give up after 2m
}
voicemail to mailbox sales`,
    right: `queue Sales {
  ring for 15s
  at 0s   group Sales
  at 20s  add group Night
  give up after 2m
}
voicemail to mailbox sales`,
    mend: "Make the step longer or the ring time shorter.",
  },
  {
    code: "S411",
    severity: "warning",
    title: "nobody matches",
    what: "No agent of the directory has these skills, groups or this kind, in any state; or nobody is in the group, `exclude` leaves nobody of it, or a `when` asks for more people than it has; or no agent's phone is on a trunk of this site.",
    why: "The step adds nobody, and callers wait for the next one.",
    wrong: `queue Sales {
  at 0s agents with billing >= 9
  give up after 2m
}
voicemail to mailbox sales`,
    right: `queue Sales {
  at 0s agents with billing >= 6
  give up after 2m
}
voicemail to mailbox sales`,
    mend: "Ask for less or for others, or give somebody the level in the directory. To ring the switch of a site whose people are not in the directory, write `trunk NAME`.",
  },
  {
    code: "S412",
    severity: "error",
    title: "cannot stand in `while waiting` or after the call",
    what: "`while waiting` runs beside the match, and what would take the call elsewhere cannot stand in it; in `after call` and `after callback` there is no caller. The same holds for what a sub does that is run there.",
    why: "Two things would have the caller at once, or one that is gone.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting {
    play "sorry"
    voicemail to mailbox sales
  }
}`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting {
    play "sorry"
    leave
  }
}
voicemail to mailbox sales`,
    mend: "Write `leave`, and below the queue what comes then.",
  },
  {
    code: "S413",
    severity: "error",
    title: "stands only in `while waiting`, a loop or a sub",
    what: "`leave`, `once`, `every`, `uninterrupted` and `callback` belong to a wait, `stop loop` to a loop, `return` to a sub; they mean nothing elsewhere. The same holds for what a sub does that is run elsewhere.",
    why: "The call would go to its default route at this statement.",
    wrong: `leave
hangup`,
    right: `hangup`,
    mend: "Take it out, or move it into the `while waiting` of a queue.",
  },
  {
    code: "S414",
    severity: "warning",
    title: "a round that takes no time",
    what: "`while waiting` is repeated as long as the call waits, and one way through it takes no time; or it leaves the queue before anything is heard.",
    why: "The caller hears silence; ten such rounds end the wait with `treatment_broken`.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting {
    if call.waited > 1m { play "sorry" }
  }
}
voicemail to mailbox sales`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  while waiting {
    if call.waited > 1m { play "sorry" }
    music "moh/calm" for 20s
  }
}
voicemail to mailbox sales`,
    mend: 'Let each way play something that takes time, or end on `music "…"`, which plays on.',
  },
  {
    code: "S415",
    severity: "error",
    title: "no entry",
    what: "Nothing says which numbers lead to the strategy.",
    why: "No call ever meets it.",
    wrong: `strategy "sales" {
  default route to group Sales
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: 'Write `entry "5000"` as the first line of the strategy.',
  },
  {
    code: "S416",
    severity: "error",
    title: "no default route",
    what: "Every strategy says where its calls go when something goes wrong, and when its statements end.",
    why: "A call that something went wrong with would be lost.",
    wrong: `strategy "sales" {
  entry "5000"
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: "Write `default route to group NAME` below the entries: a group, mailbox, agent or number that is always there.",
  },
  {
    code: "S417",
    severity: "error",
    title: "entries that overlap",
    what: "Two entries of the same rank take the same number. A single number beats a range, a narrower range a wider one, any of them a prefix, a longer prefix a shorter one.",
    why: "Which strategy a caller meets would be a matter of chance.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}

strategy "service" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}

strategy "service" {
  entry "5001"
  default route to group Sales
  hangup
}`,
    mend: "Give the number to one of them.",
  },
  {
    code: "S425",
    severity: "error",
    title: "an entry whose number does something else",
    what: "The number of an entry is the `dial` of a flag, or the `access` of a mailbox that is kept here. Those come before all entries.",
    why: "No call to the number ever comes to the strategy: whoever dials it turns the flag, hears the mailbox, or is refused.",
    directory: `groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
flags: { storm: { dial: "*28" } }
`,
    wrong: `strategy "sales" {
  entry "*28"
  default route to group Sales
  hangup
}`,
    right: `strategy "sales" {
  entry "*29"
  default route to group Sales
  hangup
}`,
    mend: "Give one of the two another number.",
  },
  {
    code: "S418",
    severity: "warning",
    title: "nothing is tried",
    what: "The strategy neither connects the caller, nor records a message, nor ends the call.",
    why: "Every call falls through to the default route, which is meant for emergencies.",
    wrong: `note "called"`,
    right: `note "called"
queue Sales {
  at 0s group Sales
  give up after 2m
}
voicemail to mailbox sales`,
    mend: "Write a `queue`, `ring` or `voicemail`.",
  },
  {
    code: "S419",
    severity: "error",
    title: "fallbacks in a circle",
    what: "The default route leads to a strategy or a phone from which calls come back: by another default route, or by what the directory says of unanswered calls. Transfers and redirections to own numbers count too, but for those that the caller chose by a key; then it is a warning, as a call need not take them.",
    why: "A call that fails everywhere would go round for ever.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to "5000"
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: "Let one of the routes end at people or at a mailbox.",
  },
  {
    code: "S420",
    severity: "warning",
    title: "an outside number rung without confirmation",
    what: "Whatever picks up at an outside number counts as the answer, also an answering machine or a child.",
    why: "The caller talks to a machine, and no colleague is tried.",
    wrong: `ring number duty_engineer for 20s
voicemail to mailbox sales`,
    right: `ring agent ana for 20s
voicemail to mailbox sales`,
    mend: 'Ring a phone of the house, or ask for a key: `confirmed by "1" prompt "take-call"`.',
  },
  {
    code: "S421",
    severity: "error",
    title: "rejected after the answer",
    what: "A call that was answered can no longer be rejected with a code; on some ways here it was answered.",
    why: "The caller would hear the call end without the reason.",
    wrong: `answer
reject 486`,
    right: `reject 486`,
    mend: "Write `hangup`, or reject before `answer`.",
  },
  {
    code: "S422",
    severity: "error",
    title: "`this` outside a queue",
    what: "`position(this)` and `ewt(this)` speak of the queue in which this call waits, and here it waits in none.",
    why: "There is no number to tell the caller.",
    wrong: `if ewt(this) > 5m { hangup }
hangup`,
    right: `if longest_wait(queue Sales) > 5m { hangup }
queue Sales {
  at 0s group Sales
  give up after 2m
}`,
    mend: "Ask inside `while waiting`, or ask about the queue: `ewt(queue NAME)`.",
  },
  {
    code: "S423",
    severity: "error",
    title: "one queue, two orders",
    what: "Blocks of one queue name serve one line of callers, so `priority`, `tier` and `choose by` are the same in all of them.",
    why: "Of two callers in one line both would come first by their own block's rule.",
    wrong: `if call.from is withheld {
  queue Sales {
    priority 40
    at 0s group Sales
    give up after 2m
  }
}
queue Sales {
  priority 60
  at 0s group Sales
  give up after 2m
}`,
    right: `queue Sales {
  priority if call.from is withheld then 40 else 60
  at 0s group Sales
  give up after 2m
}`,
    mend: "Write the rule once and let a condition decide in it, or take a queue of another name.",
  },
  {
    code: "S424",
    severity: "warning",
    title: "the strategy ends by oversight",
    what: "On this way the strategy runs off its end, and nobody was asked to take the call, or the caller was spoken to last, as before a `hangup`. That nobody took a call is no oversight: that is what a default route is for.",
    why: "Callers who were told that the office is closed are sent to the default route, and phones ring there.",
    wrong: `answer
if call.from is withheld {
  play "sorry"
} else {
  queue Sales { at 0s group Sales  give up after 2m }
}`,
    right: `answer
if call.from is withheld {
  play "sorry"
  hangup
} else {
  queue Sales { at 0s group Sales  give up after 2m }
}`,
    mend: "End the way that the message names with `hangup`, `voicemail`, or what is tried next.",
  },
  {
    code: "S426",
    severity: "warning",
    title: "minutes where seconds are meant",
    what: "A phone that rings for more than five minutes, a key or a host that is waited for as long, a `wait` of more than an hour: surely another unit was meant. Or a loop that plays the same for longer than ten minutes, without a choice.",
    why: "The caller listens to ringing until he gives up himself.",
    wrong: `ring agent ana for 20m
voicemail to mailbox sales`,
    right: `ring agent ana for 20s
voicemail to mailbox sales`,
    mend: "Correct the unit.",
  },
  {
    code: "S427",
    severity: "warning",
    title: "a sound nobody hears",
    what: "`music` without `for`, `ringback` and `silence` take no time: they sound until something else does. Here something else follows at once.",
    why: "Callers never hear it.",
    wrong: `answer
music "moh/calm"
play "sorry"
hangup`,
    right: `answer
music "moh/calm" for 10s
play "sorry"
hangup`,
    mend: "Give it a time, or take it out.",
  },
  {
    code: "S428",
    severity: "warning",
    title: "an outcome was forgotten",
    what: "One outcome of an attempt is led on by its handler, and another one has no handler and runs off the end of the strategy.",
    why: "Some callers reach the mailbox, and those who came when nobody was there the default route.",
    wrong: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  on give_up { voicemail to mailbox sales }
}`,
    right: `answer
queue Sales {
  at 0s group Sales
  give up after 2m
  on give_up, nobody { voicemail to mailbox sales }
}`,
    mend: "Name the outcome in a handler, or write below the attempt what is the same for all.",
  },
  {
    code: "S429",
    severity: "warning",
    title: "`only` leaves nobody",
    what: "`only` drops everybody who could be rung before, and what it names is a party outside that is rung once. When it did not pick up, nobody is rung until the next step.",
    why: "The caller waits in vain, though people would be ready.",
    wrong: `answer
queue Sales {
  at 0s  group Sales
  at 2m  only number duty_engineer for 30s
  give up after 8m
}
hangup`,
    right: `answer
queue Sales {
  at 0s  group Sales
  at 2m  add number duty_engineer for 30s
  give up after 8m
}
hangup`,
    mend: "Write `add`, `again every 1m` behind its time, or a step that comes sooner.",
  },
];
