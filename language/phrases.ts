/*
 * What can be written, by the rule of the grammar that reads it: one line of explanation, and the form of it. In a form ‹…› is
 * what the author puts in, with an example. Completion and hover show them.
 */

export interface Phrase {
  about: string;
  form: string;
}

const items: Record<string, Phrase> = {
  use: {
    about: "names what another file declares: its subs, calendars and queue plans",
    form: 'use "‹lib/crm.strategy›"',
  },
  calendar: {
    about: "opening hours and holidays, asked as `office is open` and `match office.now`",
    form: 'calendar ‹office› {\n  open ‹mon..fri› ‹09:00..18:00›\n  holiday ‹2026-12-25› yearly "‹christmas›"\n}',
  },
  sub: {
    about: "statements under a name, for `run`; parameters by value",
    form: "sub ‹name›(‹phone›) {\n  ‹return phone›\n}",
  },
  queuePlan: {
    about: "lines that several queues share: `queue Name by plan`",
    form: "queue plan ‹name› {\n  at 0s ‹group Everyone›\n  give up after ‹5m›\n}",
  },
  strategy: {
    about: "what happens to the calls of its entries",
    form: 'strategy "‹name›" {\n  entry "‹5000›"\n  default route to ‹group Everyone›\n\n  answer\n  ‹hangup›\n}',
  },
  test: {
    about: "one story with calls and agents, run on a virtual clock",
    form: 'test "‹what is shown›" for "‹strategy›" {\n  call A from "‹+34600000001›" to "‹5000›" at 0s\n  expect A ‹ends answered›\n}',
  },
  traffic: {
    about: "a day of callers and agents, for `simulate`",
    form: 'traffic "‹weekday›" for "‹strategy›" {\n  during 08:00..20:00\n  calls ‹240› per hour to "‹5000›"\n  talk lognormal mean ‹190s› sd ‹220s›\n  agents ‹12› with ‹group Everyone›\n  target 80% within 20s\n}',
  },
};

const partsOfStrategy: Record<string, Phrase> = {
  entry: {
    about: "the numbers whose calls come here: single, from..to, or a prefix with a star",
    form: 'entry "‹5000›"',
  },
  earlyMedia: { about: "media may be heard before the answer", form: "with early media" },
  atMost: { about: "more calls than this at once are rejected", form: "at most ‹100› calls else reject ‹486›" },
  defaultRoute: {
    about: "where calls go on any unhandled error and when the strategy runs off its end",
    form: "default route to ‹group Everyone›",
  },
  secret: {
    about: "masked everywhere, never recorded, and sent to trusted places only",
    form: "secret call.data.‹card›",
  },
  afterCall: {
    about: "5 s without the caller, to keep and send data",
    form: 'after call {\n  ‹note "{call.outcome}"›\n}',
  },
};

const statements: Record<string, Phrase> = {
  let: { about: "gives a value a name, once", form: "let ‹name› = ‹value›" },
  set: {
    about: "writes the call's own data, which follows the call everywhere",
    form: 'set call.data.‹topic› = ‹"billing"›',
  },
  note: { about: "a line in the record of the call", form: 'note "‹text›"' },
  count: { about: "adds one to a counter of the directory", form: "count ‹reports›" },
  if: { about: "one of two ways", form: "if ‹condition› {\n  ‹›\n}" },
  match: {
    about: "one of several ways, by the value",
    form: 'match ‹value› {\n  ‹"5000"› -> { ‹› }\n  else -> { ‹› }\n}',
  },
  once: { about: "only in the first round of `while waiting`", form: 'once { ‹play "welcome"› }' },
  every: { about: "in `while waiting`, each time this long has passed", form: "every ‹2m› { ‹say ewt(this)› }" },
  uninterrupted: {
    about: "no agent is offered the call meanwhile; its place is kept; 30 s at most",
    form: 'uninterrupted { ‹play "terms"› }',
  },
  loop: { about: "the same again, so many times", form: "loop ‹3› times {\n  ‹›\n}" },
  stopLoop: { about: "goes on below the loop", form: "stop loop" },
  wait: { about: "time passes and nothing happens", form: "wait ‹2s›" },
  split: {
    about: "shares calls out by percentage, in turn or `by` a value",
    form: "split {\n  50% ‹a› { ‹› }\n  50% ‹b› { ‹› }\n}",
  },
  answer: { about: "answers the call; before it the caller hears what his own network plays", form: "answer" },
  play: { about: "plays a prompt to its end; `else` another where the first is missing", form: 'play "‹welcome›"' },
  say: { about: "speaks values: numbers, durations, times, digits", form: "say ‹position(this)›" },
  music: { about: "plays in a loop, `for` a time or until the next sound", form: 'music "‹moh/calm›"' },
  recordCall: { about: "records the conversation: `call`, `pause`, `resume`", form: "record ‹call›" },
  ringback: { about: "the caller hears it ringing, until the next sound", form: "ringback" },
  silence: { about: "the caller hears nothing, until the next sound", form: "silence" },
  hangup: { about: "ends the call", form: "hangup" },
  leave: { about: "leaves the queue and goes on below it", form: "leave" },
  reject: { about: "refuses the call before it is answered, with a SIP code", form: "reject ‹486›" },
  redirect: {
    about: "sends the call elsewhere before it is answered (302)",
    form: 'redirect to "‹sip:desk@example.net›"',
  },
  collect: {
    about: "waits for digits",
    form: 'collect ‹1› digit prompt "‹menu›" within ‹5s› {\n  on "1" { ‹› }\n  on nothing, invalid { ‹› }\n}',
  },
  fetch: {
    about: "asks a host of the directory for data",
    form: 'fetch GET ‹crm› "‹/customers›" with { ‹phone: call.from› } within ‹1s› {\n  on ok(‹reply›) { ‹› }\n}',
  },
  send: {
    about: "tells a host of the directory something",
    form: 'send POST ‹crm› "‹/calls›" with { ‹phone: call.from› } within ‹2s›',
  },
  run: { about: "runs a sub to its end", form: "run ‹sub›(‹call.from›)" },
  return: { about: "ends the sub, with a value where one is wanted", form: "return ‹value›" },
  try: {
    about: "errors inside come to its handlers instead of ending the strategy",
    form: "try {\n  ‹›\n  on bad_value, no_such_target { ‹› }\n}",
  },
};

const attempts: Record<string, Phrase> = {
  queue: {
    about: "the call waits here until an agent answers or it is given up",
    form: 'queue ‹Name› {\n  at 0s ‹group Everyone›\n  give up after ‹5m›\n\n  while waiting { music "‹moh/calm›" }\n  on give_up, nobody { ‹› }\n}',
  },
  ring: {
    about: "rings a person, a group or a number",
    form: "ring ‹agent name› for ‹20s› {\n  on no_answer, busy, rejected, unreachable { ‹› }\n}",
  },
  voicemail: { about: "records a message into a mailbox", form: "voicemail to ‹mailbox name›" },
  preview: {
    about: "shows the call to several people with a countdown, before it rings for the one who accepts",
    form: "preview to ‹top 8 of› agents with ‹skill >= 1› for ‹20s› {\n  all at once\n  on accepted(worker) { ring worker for 25s }\n}",
  },
  ask: {
    about: "a bot speaks with the caller",
    form: "ask bot ‹name› {\n  give up after ‹15m›\n  on transfer(t) { ‹› }\n  on done { hangup }\n}",
  },
  dial: {
    about: "calls a number over trunks, one after another",
    form: "dial ‹call.to› via trunk ‹name› {\n  answer within ‹40s›\n  on busy, no_answer { ‹› }\n  on failed(code) { ‹› }\n}",
  },
  transfer: { about: "hands the call over and is done with it", form: 'transfer to ‹"+34910603100"›' },
  refer: { about: "asks the caller's own network to call elsewhere", form: 'refer to "‹tel:+12225550000›"' },
  callback: {
    about: "the caller hangs up and keeps his place",
    form: 'callback to ‹call.from› {\n  expires after ‹4h›\n  on accepted { play "‹we-will-call›"  hangup }\n}',
  },
};

const linesOfQueue: Record<string, Phrase> = {
  priority: { about: "points of the call, larger first; they may rise while it waits", form: "priority ‹50›" },
  rising: { about: "points are added while the call waits", form: "rising ‹5› every ‹30s› up to ‹80›" },
  tier: { about: "a strict class of the directory, before all points", form: "tier ‹vip›" },
  keep: { about: "waiting counts from this moment and not from entering here", form: "keep place of ‹call.arrived›" },
  choose: { about: "who of several free people gets the call", form: "choose by ‹longest_idle›" },
  ringFor: { about: "how long each person's phone rings", form: "ring for ‹18s›" },
  offerTo: {
    about: "several phones ring at once, the first to answer has the call",
    form: "offer to at most ‹3› people",
  },
  exclude: { about: "never these people, one or a list", form: "exclude ‹owner›" },
  showing: { about: "what people see on their desk while it rings", form: "showing { ‹topic: call.data.topic› }" },
  step: { about: "who may take the call from this time on", form: "at ‹0s› ‹group Everyone›" },
  "step again": { about: "who may take the call besides, from this time on", form: "at ‹30s› add ‹group Everyone›" },
  "step add": { about: "joins these people to those before", form: "add " },
  "step only": { about: "these people and no others from now on", form: "only " },
  "step or": { about: "or earlier, when the condition holds", form: "or as soon as ‹reachable(group Everyone) == 0›" },
  "step when": { about: "counts only while the condition holds", form: "when ‹ready(group Everyone) > 2›" },
  skilled: { about: "everybody with these skills", form: "agents with ‹billing >= 5›" },
  again: { about: "outside parties are rung again", form: "again every ‹30s›" },
  giveUp: { about: "the longest wait; mandatory", form: "give up after ‹8m›" },
  whileWaiting: {
    about: "what the caller hears meanwhile, round and round",
    form: 'while waiting {\n  music "‹moh/calm›" for ‹25s›\n  say ‹position(this)›\n}',
  },
  handler: { about: "what happens after this outcome; then the call goes on below", form: "on ‹outcome› { ‹› }" },
};

const linesOfAttempts: Record<string, Phrase> = {
  ringAt: { about: "another phone than the person's own", form: "at ‹owner.redirect ?? owner.device›" },
  noAnswerMakes: { about: "the state of whoever lets it ring", form: 'no_answer makes not_ready("‹no answer›")' },
  confirmed: {
    about: "who picks up must press a key first, so that no machine takes the call",
    form: 'confirmed by "‹1›" prompt "‹take-call›"',
  },
  subject: { about: "the subject of the message", form: 'subject "‹for {call.to}, from {call.from}›"' },
  allAtOnce: { about: "everybody sees it at once", form: "all at once" },
  oneByOne: { about: "one person after another, each for the whole time", form: "one by one, at most ‹4› people" },
  sound: { about: "what people hear when the preview appears", form: 'sound "‹chime›"' },
  uui: { about: "data sent along as User-to-User", form: 'uui "00" json { ‹topic: call.data.topic› }' },
  header: { about: "a SIP header sent along", form: 'header "‹X-Conversation›" = ‹call.conversation›' },
  order: { about: "which trunk first: `priority` as written, `rotate`, `random`", form: "order ‹priority›" },
  ringbackWithin: { about: "a trunk on which it does not ring by then is given up", form: "ringback within ‹5s›" },
  answerWithin: { about: "a trunk on which nobody answers by then is given up", form: "answer within ‹40s›" },
  stopOn: { about: "codes after which no other trunk is tried", form: "stop on ‹404, 486, 603›" },
  dialFrom: { about: "the number that is shown", form: "from ‹e164›" },
  expires: { about: "how long the callback is tried", form: "expires after ‹4h›" },
  attempts: { about: "how often the caller is called back", form: "attempts ‹3› every ‹10m›" },
  agentFirst: { about: "an agent takes it before the caller is called", form: "agent first" },
  announce: { about: "what the agent is told", form: 'announce "‹callback for {call.data.name}›"' },
  afterCallback: {
    about: "when the callback has ended, however it ended",
    form: 'after callback {\n  ‹note "{call.outcome}"›\n}',
  },
  collectPrompt: { about: "heard first; a digit interrupts it", form: 'prompt "‹menu›"' },
  collectWithin: { about: "the wait for the first digit, and between two", form: "within ‹5s›" },
  endedBy: { about: "this key ends the number", form: 'ended by "‹#›"' },
  tries: { about: "how often it is asked", form: 'tries ‹3› then prompt "‹sorry›"' },
};

const valueForms: Record<string, Phrase> = {
  collectValue: {
    about: "digits as a value",
    form: 'collect ‹6› digits prompt "‹enter-id›" within ‹8s› else ‹missing›',
  },
  fetchValue: {
    about: "a reply as a value",
    form: 'fetch GET ‹crm› "‹/customers›" with { ‹phone: call.from› } within ‹1s› else ‹{ }›',
  },
  runValue: { about: "what a sub returns", form: "run ‹sub›(‹call.from›)" },
  choice: { about: "one of two values", form: "if ‹condition› then ‹a› else ‹b›" },
  matchValue: { about: "one of several values", form: 'match ‹value› { ‹"5000"› -> ‹a›  else -> ‹b› }' },
};

const tests: Record<string, Phrase> = {
  is: { about: "`found`, `withheld`, `open`, each also with `not`", form: "is ‹found›" },
  "operator starts": { about: "a text or phone begins so", form: 'starts with "‹+34›"' },
};

const linesOfCalendars: Record<string, Phrase> = {
  open: {
    about: "the hours of these days; a range that ends before it begins passes midnight",
    form: "open ‹mon..fri› ‹09:00..18:00›",
  },
  holiday: {
    about: "closed on this day, or open for these hours only",
    form: 'holiday ‹2026-12-25› yearly "‹christmas›"',
  },
  holidays: { about: "a list of holidays in the directory", form: "holidays ‹spain›" },
};

const linesOfTests: Record<string, Phrase> = {
  clock: { about: "when the test begins, in the site's zone", form: "clock ‹2026-12-24› ‹17:59›" },
  promptMissing: { about: "the prompt is not there", form: 'prompt "‹name›" is missing' },
  stated: { about: "a flag, a counter or a figure is given", form: "‹flag storm› is ‹yes›" },
  "stated flag": { about: "the flag is given", form: "flag ‹storm› is ‹yes›" },
  "stated counter": { about: "the counter is given", form: "counter ‹reports› is ‹3›" },
  splitTakes: { about: "the split takes this branch", form: "split takes ‹label›" },
  siteWaits: { about: "what the site says of its wait", form: "site ‹lyon› waits ‹40s›" },
  agentLine: { about: "what an agent has, or what he does when he is offered a call", form: "agent ‹ana› ‹ready›" },
  agentWith: { about: "these skills and groups instead of the directory's", form: "with ‹billing 7, ready›" },
  accepts: { about: "takes the calls he is offered", form: "accepts after ‹4s›" },
  releases: { about: "hangs up first", form: "releases at ‹6m›" },
  goes: { about: "changes his state", form: "goes ‹not_ready› at ‹5s›" },
  "refuses declines": { about: "declines the calls he is offered", form: "declines" },
  "refuses ignores": { about: "lets it ring", form: "ignores" },
  httpAct: { about: "what a host replies", form: 'http ‹crm› "‹/customers*›" replies { ‹name: "Ada"› }' },
  numberAct: { about: "what an outside number does", form: 'number "‹+34600000061›" answers after ‹3s›' },
  trunkAct: { about: "what a trunk does", form: "trunk ‹name› ‹replies 503›" },
  botAct: { about: "what a bot does", form: 'bot ‹name› transfers after ‹20s› with { ‹reason: "asked"› }' },
  callLine: { about: "a caller calls", form: 'call ‹A› from "‹+34600000001›" to "‹5000›" at ‹0s›' },
  callData: { about: "data that comes with the call", form: 'data { ‹tier: "gold"› }' },
  speaks: { about: "how long his voicemail lasts", form: "speaks ‹30s›" },
  hangsUp: { about: "the caller hangs up", form: "hangs up at ‹90s›" },
  press: { about: "the caller presses keys", form: 'presses "‹1›" when hears "‹menu›"' },
  expect: { about: "what must happen", form: "expect ‹A› ‹ends answered›" },
  expectOffered: { about: "the agent was offered the call", form: "offered to ‹ana›" },
  expectAnswered: { about: "this agent, number or trunk answered", form: "answered by ‹ana›" },
  expectHears: { about: "the caller hears a prompt", form: 'hears "‹welcome›"' },
  expectWaits: { about: "the call waits in a queue", form: "waits in queue ‹Name›" },
  expectEnds: { about: "how the call ends", form: "ends ‹answered›" },
};

const linesOfTraffic: Record<string, Phrase> = {
  during: { about: "the hours of the day that is simulated", form: "during ‹08:00..20:00›" },
  seed: { about: "the same seed gives the same day", form: "seed ‹7›" },
  replications: { about: "how many days are run", form: "replications ‹20›" },
  calls: { about: "how many calls come", form: 'calls ‹240› per hour to "‹5000›"' },
  timing: { about: "how long something takes", form: "‹talk› lognormal mean ‹190s› sd ‹220s›" },
  "timing talk": { about: "how long conversations last", form: "talk lognormal mean ‹190s› sd ‹220s›" },
  "timing wrap_up": { about: "how long agents write up after a call", form: "wrap_up mean ‹30s›" },
  "timing patience": {
    about: "how long callers wait before they hang up",
    form: "patience weibull mean ‹6m› shape ‹0.8›",
  },
  "no answer": { about: "the share of offers that nobody answers", form: "no_answer ‹4%›" },
  staff: { about: "agents who are there", form: "agents ‹12› with ‹billing 7›" },
  "target of service": { about: "the service level that is wanted", form: "target ‹80%› within ‹20s›" },
};

/** Every phrase by its rule, or by its rule and first word. */
export const allPhrases: Record<string, Phrase> = {
  ...items,
  ...partsOfStrategy,
  ...statements,
  ...attempts,
  ...linesOfQueue,
  ...linesOfAttempts,
  ...valueForms,
  ...tests,
  ...linesOfCalendars,
  ...linesOfTests,
  ...linesOfTraffic,
};

/** Items and statements, by their rule: what an editor offers as snippets before it understands a text. */
export const wholePhrases: Record<string, Phrase> = { ...items, ...statements, ...attempts };

/** What is written by a rule that begins with a word; where the rule has several beginnings, each may have its own. */
export function phraseOf(rule: string, word: string): Phrase | undefined {
  const own = `${rule} ${word}`;
  if (Object.hasOwn(allPhrases, own)) return allPhrases[own];
  return Object.hasOwn(allPhrases, rule) && allPhrases[rule]?.form.startsWith(word) ? allPhrases[rule] : undefined;
}

/** A form as an author would write it. */
export const plainForm = (form: string): string => form.replace(/[‹›]/g, "");

/** What a form begins with that no author changes: `give up after`, `queue plan`. */
export function headOf(form: string): string {
  const [fixed = ""] = form.split(/ *["({‹\n]/, 1);
  return fixed.trimEnd();
}

/** A form as a snippet: its ‹…› in order, the last `‹›` empty places to go to. */
export function snippetOf(form: string): string {
  let nth = 0;
  return form
    .split(/‹([^›]*)›/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/[\\$]/g, "\\$&") : placeholder(++nth, part)))
    .join("");
}

const placeholder = (nth: number, text: string): string =>
  text === "" ? `$${nth}` : `\${${nth}:${text.replace(/[\\$}]/g, "\\$&")}}`;
