import type { Page } from "./page.ts";

/** S2xx: names that lead nowhere. */
export const namePages: Page[] = [
  {
    code: "S201",
    severity: "error",
    title: "no such thing in the directory",
    what: "People, groups, trunks, mailboxes, numbers and queues are named by their noun and their name, and nothing has this name.",
    why: "The call would find nobody there and go on to its handlers or to the default route.",
    wrong: `queue Sales {
  at 0s group Saless
  give up after 2m
}`,
    right: `queue Sales {
  at 0s group Sales
  give up after 2m
}`,
    mend: "Take the nearest name that the hint offers, or add the thing to the directory.",
  },
  {
    code: "S202",
    severity: "error",
    title: "a word that nothing here is called",
    what: "No variable of this name is known at this place, and it is no constant of the language that could stand here. A variable ends with its block.",
    why: "The call would go to its default route at this statement.",
    wrong: `let owner = agent_at(call.to)
note "for {ownr.id ?? call.to}"
hangup`,
    right: `let owner = agent_at(call.to)
note "for {owner.id ?? call.to}"
hangup`,
    mend: "Correct the name, write `let` further out, or name the kind of the thing: `agent ana`.",
  },
  {
    code: "S203",
    severity: "error",
    title: "no such field or function",
    what: "The call, agents and records have certain parts, and functions certain names and numbers of arguments. What strategies write themselves is in `call.data`.",
    why: "The call would go to its default route at this statement.",
    wrong: `note "from {call.form}"
hangup`,
    right: `note "from {call.from}"
hangup`,
    mend: "Take the name that the hint offers; write `call.data.topic` for what `set` wrote.",
  },
  {
    code: "S204",
    severity: "error",
    title: "no outcome of this statement",
    what: "Each attempt ends with one of a few named outcomes, and this is none of them, or it carries no value that could be named.",
    why: "The handler would never run: the caller would get what comes below the block instead.",
    wrong: `ring agent ana for 20s {
  on no_anser { note "missed" }
}
voicemail to mailbox sales`,
    right: `ring agent ana for 20s {
  on no_answer { note "missed" }
}
voicemail to mailbox sales`,
    mend: "Take one of the outcomes that the hint lists.",
  },
  {
    code: "S205",
    severity: "error",
    title: "declared already, or a word of the language",
    what: "A name is bound once in its block and in the blocks around it, and some words cannot be names at all.",
    why: "Two meanings of one name on one page are read wrongly sooner or later.",
    wrong: `let topic = "sales"
let topic = "service"
note topic
hangup`,
    right: `let topic = "service"
note topic
hangup`,
    mend: "Choose another name; keep what changes in the call's own data: `set call.data.topic = …`.",
  },
  {
    code: "S206",
    severity: "error",
    title: "two strategies or tests of one name",
    what: "A strategy's name is how tests, records and people refer to it; a test's name is unique for its strategy.",
    why: "A record that names the strategy would not tell which one the caller met.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}

strategy "sales" {
  entry "5001"
  default route to group Sales
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}

strategy "sales abroad" {
  entry "5001"
  default route to group Sales
  hangup
}`,
    mend: "Rename one of them.",
  },
  {
    code: "S207",
    severity: "error",
    title: "a skill that is none",
    what: "A skill expression compares skills of the directory with levels: `billing >= 7 and language(en) >= 4`, where `language(en)` is the skill `language_en`.",
    why: "Nobody could be chosen by it, and the call would wait for nobody.",
    wrong: `queue Sales {
  at 0s agents with biling >= 3
  give up after 2m
}`,
    right: `queue Sales {
  at 0s agents with billing >= 3
  give up after 2m
}`,
    mend: "Take a skill of the directory and write its level to the right of it.",
  },
  {
    code: "S208",
    severity: "error",
    title: "no such tier or chooser",
    what: "Tiers are listed in the directory; `choose by` takes `longest_idle`, `best_skill(SKILL)`, `least_occupied`, `fewest_calls`, `round_robin` or `random`.",
    why: "Calls would be served in another order than was promised.",
    wrong: `queue Sales {
  choose by longest_idel
  at 0s group Sales
  give up after 2m
}`,
    right: `queue Sales {
  choose by longest_idle
  at 0s group Sales
  give up after 2m
}`,
    mend: "Take one of the names that the hint lists, or add the tier to the directory.",
  },
  {
    code: "S209",
    severity: "warning",
    title: "no such prompt",
    what: "The folder of prompts has no file of this name, in no language of the site.",
    why: "The caller hears nothing where he should hear something: the prompt is passed over and counted.",
    wrong: `answer
play "welcom"
hangup`,
    right: `answer
play "welcome"
hangup`,
    mend: 'Correct the name, record the prompt, or name another one for the meantime: `play "a" else "b"`.',
  },
  {
    code: "S211",
    severity: "error",
    title: "a mailbox in which no message can be left",
    what: "The directory does not say on which system the mailbox is and which number takes messages for it.",
    why: "The caller would be asked to leave a message that nobody can hear.",
    directory: `site: { country: ES }
groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
mailboxes: { own: { owner: group Sales }, sales: { owner: group Sales, on: pbx, deposit: "2000" } }
`,
    wrong: `voicemail to mailbox own`,
    right: `voicemail to mailbox sales`,
    mend: "Write `on: TRUNK` and `deposit: NUMBER` for the mailbox in the directory.",
  },
  {
    code: "S212",
    severity: "warning",
    title: "a number that no trunk leads to",
    what: "A call leaves only by a trunk that the directory names in `outbound`, and there is none.",
    why: "The number can never be reached, whoever calls.",
    directory: `groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
`,
    wrong: `strategy "s" {
  entry "5000"
  default route to "+34910603165"
  hangup
}`,
    right: `strategy "s" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: "Name the trunks that lead outside in the directory: `defaults: { outbound: [pstn] }`.",
  },
];
