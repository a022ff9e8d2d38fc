import type { Page } from "./page.ts";

/** S3xx: values and their kinds. */
export const valuePages: Page[] = [
  {
    code: "S301",
    severity: "error",
    title: "another kind of value is needed",
    what: "A statement, option, operator or function takes values of certain kinds, and nothing is turned into another kind by itself.",
    why: "At a wrong value the call stops being routed and goes to its default route.",
    wrong: `answer
wait 30
hangup`,
    right: `answer
wait 30s
hangup`,
    mend: "Write a value of the kind that the message names; a duration has a unit, a text has quotes.",
  },
  {
    code: "S302",
    severity: "error",
    title: "these can never be equal",
    what: "The two sides are of kinds that have no value in common, such as a phone and a number.",
    why: "The condition would be false for every caller, and one way through the strategy would never be taken.",
    wrong: `if call.to == 5000 { note "the desk" }
hangup`,
    right: `if call.to == "5000" { note "the desk" }
hangup`,
    mend: "Write both sides in one kind: phones and languages in quotes, durations with a unit.",
  },
  {
    code: "S303",
    severity: "error",
    title: "no such operation between these",
    what: 'Numbers, durations, times, dates, moments and percents have an order; numbers and durations can be added. Texts are joined in a text: `"{a} {b}"`.',
    why: "At a wrong operation the call stops being routed and goes to its default route.",
    wrong: `let limit = 20s + 5
wait limit
hangup`,
    right: `let limit = 20s + 5s
wait limit
hangup`,
    mend: "Give both sides the same kind.",
  },
  {
    code: "S304",
    severity: "warning",
    title: "this may be missing",
    what: "The value is not there for every call: nobody has the extension, or no way to this statement has set it.",
    why: "For those calls the statement fails, and they go to the default route.",
    wrong: `let owner = agent_at(call.to)
ring owner for 20s
voicemail to mailbox sales`,
    right: `let owner = agent_at(call.to)
if owner is found {
  ring owner for 20s
}
voicemail to mailbox sales`,
    mend: "Ask `is found` first, or say what counts instead: `owner ?? agent ana`.",
  },
  {
    code: "S305",
    severity: "error",
    title: "this must be written out",
    what: "Times of a timeline, default routes and the like are read before any call comes, so they cannot be computed.",
    why: "A timeline whose times move could not be shown, checked or announced, and a default route must hold when all else fails.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to call.from
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: "Write the time, the group or the number itself; let a condition decide with `when`.",
  },
  {
    code: "S306",
    severity: "error",
    title: "out of range",
    what: "The value cannot be: a level off the scale, a code that no call is rejected with, a number that nobody can dial, a language that the site does not have.",
    why: "The call could not be handled so, and would go to its default route.",
    wrong: `reject 200`,
    right: `reject 486`,
    mend: "Write a value within the range that the message names.",
  },
  {
    code: "S307",
    severity: "error",
    title: "an expression nested too deeply",
    what: "So many operators stand within one another that the expression is not looked at any further.",
    why: "What is not checked can send callers to the default route.",
    wrong: `let a = (((((1${" + 1".repeat(90)})${" + 1".repeat(90)})${" + 1".repeat(90)})${" + 1".repeat(90)})${" + 1".repeat(90)})
note "{a}"
hangup`,
    right: `let a = 1 + 1
note "{a}"
hangup`,
    mend: "Give parts of it names with `let`.",
  },
  {
    code: "S308",
    severity: "error",
    title: "a secret that leaves the house",
    what: "What `secret call.data.NAME` declares, and whatever is made of it, may not be written down, shown, or sent to a host or trunk that the directory does not mark `trusted`.",
    why: "A caller's card number would stand in a log, on a screen, or with somebody who has no business with it.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to group Sales
  secret call.data.card

  answer
  set call.data.card = collect 16 digits prompt "menu" within 10s else ""
  note "paid with {call.data.card}"
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  secret call.data.card

  answer
  set call.data.card = collect 16 digits prompt "menu" within 10s else ""
  note if call.data.card == "" then "not paid" else "paid"
  hangup
}`,
    mend: "Leave it out, copy it only to what is `secret` too, or mark the host or trunk `trusted: yes` in the directory.",
  },
  {
    code: "S309",
    severity: "error",
    title: "more sent along than a trunk carries",
    what: "A trunk carries so many bytes of User-to-User data as the directory says with `at_most`. What is sent along has more, or, as a warning, probably has.",
    why: "The other side would get half of it or nothing, and the agent would ask the caller again.",
    directory: `site: { country: ES }
groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
trunks: { isdn: { to: "sip:gw.example", uui: { encoding: hex, at_most: 32 } } }
`,
    wrong: `dial call.to via trunk isdn {
  uui "00" json { reason: "the caller was waiting for a long time" }
}
hangup`,
    right: `dial call.to via trunk isdn {
  uui "00" json { reason: "long wait" }
}
hangup`,
    mend: "Send less of it, or keep it at your own host and send its key.",
  },
];
