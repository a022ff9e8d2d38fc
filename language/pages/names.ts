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
    code: "S210",
    severity: "error",
    title: "a used file that is not there",
    what: "`use` names a strategy file by its path, which counts from the folder of the file that uses it. There is none.",
    why: "What the strategy runs from that file is not known, so that it can take no calls.",
    wrong: `use "lib/crm.strategy"

strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    mend: "Correct the path, or take the line out.",
  },
  {
    code: "S211",
    severity: "error",
    title: "a group without a mailbox",
    what: "`mailbox of group NAME` is the mailbox that the directory gives the group, and it gives none.",
    why: "There would be nowhere to leave a message.",
    wrong: `voicemail to mailbox of group Night`,
    right: `voicemail to mailbox of group Sales`,
    mend: "Write `mailbox: NAME` at the group in the directory, or name another mailbox.",
  },
  {
    code: "S212",
    severity: "warning",
    title: "a number that no trunk leads to",
    what: "A call leaves only by a trunk that the directory names in `outbound`, and there is none for this number; or the trunks by which it would leave may not call it (`outbound: { allowed: … }` of a trunk, read as in the trunk's own country); or it is an entry here, where a strategy answers and nobody can be rung, unless it leaves to an exchange (`roles: [pbx]`), which has a phone of its own there; or the host of a SIP URI stands in the `to` of no trunk.",
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
    mend: "Name the trunks that lead outside in the directory: `defaults: { outbound: [pstn] }`, and allow them the number. Write `transfer to` for a number that is an entry here: its strategy goes on with the call.",
  },
  {
    code: "S213",
    severity: "error",
    title: "no such sub or queue plan",
    what: "Neither this file nor a file that it uses declares a sub, or a queue plan, of this name.",
    why: "The call would stop there and go to its default route.",
    wrong: `sub greet() {
  play "welcome"
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  run greeting()
  run greet()
  hangup
}`,
    right: `sub greet() {
  play "welcome"
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  run greet()
  hangup
}`,
    mend: "Correct the name, declare it at the top of the file, or `use` the file that has it.",
  },
  {
    code: "S214",
    severity: "warning",
    title: "never used",
    what: "What is declared or used here is named nowhere. For a variable, a parameter or the name of what an outcome brings this is a hint only.",
    why: "Often a mistake: the value that was meant to decide something decides nothing.",
    wrong: `calendar office {
  open mon..fri 09:00..17:00
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  hangup
}`,
    right: `calendar office {
  open mon..fri 09:00..17:00
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  if office is open { ring group Sales for 20s }
  hangup
}`,
    mend: "Use it, or take it out.",
  },
  {
    code: "S216",
    severity: "error",
    title: "another number of arguments",
    what: "A sub takes one value for each of its parameters.",
    why: "A parameter without a value would be missing, and a surplus value would be lost.",
    wrong: `sub greet(name, times) {
  note "{name} {times}"
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  run greet("Ada")
  hangup
}`,
    right: `sub greet(name, times) {
  note "{name} {times}"
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  run greet("Ada", 2)
  hangup
}`,
    mend: "Give each parameter a value, in the order of the sub.",
  },
  {
    code: "S217",
    severity: "error",
    title: "a value of a sub that returns none",
    what: "`let x = run f()` takes what `f` returns, and no `return` in it has a value.",
    why: "The value would always be missing.",
    wrong: `sub greet() {
  play "welcome"
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  set call.data.greeted = run greet()
  hangup
}`,
    right: `sub greet() {
  play "welcome"
  return yes
}

strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  set call.data.greeted = run greet()
  hangup
}`,
    mend: "Write `return VALUE` at its end, or `run` it as a statement.",
  },
  {
    code: "S219",
    severity: "error",
    title: "a preview that nobody can accept",
    what: "A preview shows a call to people before it rings anybody. What happens when one of them accepts is said by `on accepted`.",
    why: "Whoever accepts would wait for a call that never comes.",
    wrong: `answer
preview to group Sales for 20s {
  on timeout { play "sorry" }
}
hangup`,
    right: `answer
preview to group Sales for 20s {
  on accepted(worker) { ring worker for 25s }
  on timeout { play "sorry" }
}
hangup`,
    mend: "Write `on accepted(worker) { ring worker for 25s }`.",
  },
  {
    code: "S220",
    severity: "warning",
    title: "data that nothing sets, with a name near another",
    what: "No strategy sets this part of `call.data`, and no test gives it, but one with a very similar name is set. Parts that come with the call from elsewhere are not told. The same holds for what a host sends, where the record behind `else` names its fields.",
    why: "The value would be missing for every call.",
    wrong: `set call.data.topic = "loans"
note call.data.topc ?? "none"
hangup`,
    right: `set call.data.topic = "loans"
note call.data.topic
hangup`,
    mend: "Correct the name.",
  },
];
