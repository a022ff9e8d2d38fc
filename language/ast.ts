import type { Range } from "./source.ts";

/*
 * The tree of a `.strategy` file: unions tagged by `kind`, every node with its `range`, plain data, no parent links.
 * What could not be read is a `hole`; nothing may report a second finding about one.
 */

export interface Hole {
  kind: "hole";
  range: Range;
}

/** A name the author declared or referred to, with its place. */
export interface Name {
  kind: "name";
  range: Range;
  text: string;
}

export interface File {
  kind: "file";
  range: Range;
  items: Item[];
  /** Every `#` comment in order, for the formatter. `text` holds the `#`. */
  comments: Comment[];
}

export interface Comment {
  range: Range;
  text: string;
}

export type Item = Use | Calendar | Sub | QueuePlan | Strategy | Test | Traffic;

export interface Strategy {
  kind: "strategy";
  range: Range;
  name: Text;
  entries: Entry[];
  /** Mandatory; absent only in a broken file. */
  defaultRoute?: DefaultRoute;
  secrets: Secret[];
  body: Block;
  afterCall?: Block;
}

export interface Entry {
  kind: "entry";
  range: Range;
  patterns: EntryPattern[];
  /** `with early media`: media may come before the answer. */
  withEarlyMedia: boolean;
  /** `at most 100 calls else reject 486` */
  atMost?: { range: Range; calls: Expr; code: Expr };
}

/** A number, an inclusive range of numbers of one length, or a prefix (`"+3491*"`, `text` without the star). */
export type EntryPattern =
  | { kind: "single"; range: Range; text: string }
  | { kind: "span"; range: Range; from: string; to: string }
  | { kind: "prefix"; range: Range; text: string };

/** `secret call.data.card` (path `["data", "card"]`). */
export interface Secret {
  kind: "secret";
  range: Range;
  path: Name[];
}

export interface DefaultRoute {
  kind: "defaultRoute";
  range: Range;
  to: Expr;
}

/** `use "lib/crm.strategy"`: what that file declares can be named here. The path counts from this file's folder. */
export interface Use {
  kind: "use";
  range: Range;
  path: Text;
}

/** `sub customer(phone) { … }` */
export interface Sub {
  kind: "sub";
  range: Range;
  name: Name;
  parameters: Name[];
  body: Block;
}

/** `queue plan orders { … }`: lines that `queue NAME by orders` takes over. */
export interface QueuePlan extends QueueRules {
  kind: "plan";
  range: Range;
  name: Name;
}

// ----------------------------------------------------------------------------------------------------------- calendars

export interface Calendar {
  kind: "calendar";
  range: Range;
  name: Name;
  /** An IANA zone; the site's where absent. */
  zone?: Text;
  lines: CalendarLine[];
}

export type CalendarLine = Hole | OpenLine | HolidayLine | HolidaysLine;

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** `open mon..thu, sat 09:00..14:00, 15:00..18:00` */
export interface OpenLine {
  kind: "open";
  range: Range;
  days: { range: Range; from: Weekday; to: Weekday }[];
  hours: Hours[];
}

/** `09:00..14:00`; passes midnight where it ends before it begins, and may end at 24:00 (1,440 minutes). */
export interface Hours {
  kind: "hours";
  range: Range;
  from: Time;
  to: Time;
}

/** `holiday 2026-12-24 "christmas eve" hours 09:00..13:00`; without hours closed all day. */
export interface HolidayLine {
  kind: "holiday";
  range: Range;
  from: CalendarDate;
  /** The last day, of several. */
  to?: CalendarDate;
  yearly: boolean;
  name: Text;
  hours: Hours[];
}

/** `holidays spain`: a list of the directory. */
export interface HolidaysLine {
  kind: "holidays";
  range: Range;
  list: Name;
}

export interface Block {
  kind: "block";
  range: Range;
  statements: Statement[];
}

// ---------------------------------------------------------------------------------------------------------- statements

/** A statement that could not be read is a hole. */
export type Statement =
  | Hole
  | Let
  | SetData
  | If
  | Match
  | Answer
  | Play
  | Music
  | Ringback
  | Silence
  | Wait
  | Queue
  | Ring
  | Voicemail
  | Hangup
  | Reject
  | Note
  | Leave
  | Once
  | Say
  | Collect
  | Preview
  | Ask
  | Dial
  | Transfer
  | Refer
  | Callback
  | Fetch
  | Send
  | Run
  | Return
  | Loop
  | StopLoop
  | Split
  | Redirect
  | RecordCall
  | Count
  | Try
  | Every
  | Uninterrupted;

export interface Let {
  kind: "let";
  range: Range;
  name: Name;
  value: Expr | ValueForm;
}

/** `set call.data.topic = …` (path `["data", "topic"]`) or `set call.language = …` (path `["language"]`). */
export interface SetData {
  kind: "set";
  range: Range;
  path: Name[];
  value: Expr | ValueForm;
}

export interface If {
  kind: "if";
  range: Range;
  condition: Expr;
  then: Block;
  else?: Block | If;
}

export interface Match {
  kind: "match";
  range: Range;
  subject: Expr;
  arms: Arm<Block>[];
  else?: Block;
}

/** One arm of a match, statement (`T` is Block) or expression (`T` is Expr). */
export interface Arm<T> {
  kind: "arm";
  range: Range;
  patterns: Pattern[];
  body: T;
}

/** A literal, a bare word, or `name(binding)`. */
export type Pattern =
  | { kind: "literal"; range: Range; value: Expr }
  | { kind: "word"; range: Range; name: Name; binding?: Name };

export interface Answer {
  kind: "answer";
  range: Range;
  withRingback: boolean;
}

export interface Play {
  kind: "play";
  range: Range;
  prompt: Expr;
  otherwise?: Expr;
}

export interface Music {
  kind: "music";
  range: Range;
  name: Expr;
  for?: Expr;
}

export interface Ringback {
  kind: "ringback";
  range: Range;
}

export interface Silence {
  kind: "silence";
  range: Range;
}

export interface Wait {
  kind: "wait";
  range: Range;
  for: Expr;
}

export interface Queue extends QueueRules {
  kind: "queue";
  range: Range;
  name: Name;
  /** `by orders`: a queue plan. */
  by?: Name;
}

/** What stands in the braces of a queue or of a queue plan. */
export interface QueueRules {
  priority?: Priority;
  tier?: { range: Range; name: Name; when?: Expr };
  choose?: Chooser[];
  ringFor?: Expr;
  /** `offer to at most 3 people` at once. */
  offerTo?: Expr;
  keepPlaceOf?: Expr;
  exclude?: Expr;
  showing?: Record_;
  steps: Step[];
  /** Mandatory; absent only in a broken file, and where the plan has it. */
  giveUp?: { range: Range; after: Expr };
  whileWaiting?: Block;
  handlers: Handler[];
  /** Lines that could not be read: what seems to be missing may stand there. */
  unread?: Hole[];
}

/** `priority 40 rising 5 every 30s up to 80`; without `rising` the score stays at `base`. */
export interface Priority {
  range: Range;
  base: Expr;
  rising?: { by: Expr; every: Expr; upTo: Expr };
}

/** `longest_idle`, `best_skill(billing)` … */
export interface Chooser {
  kind: "chooser";
  range: Range;
  name: Name;
  skill?: Name;
}

/** One line of a queue's timeline. Only the first has the verb `start`. */
export interface Step {
  kind: "step";
  range: Range;
  at: Expr;
  /** `or as soon as …` */
  asSoonAs?: Expr;
  verb: "start" | "add" | "only";
  targets: Target[];
  when?: Expr;
}

/** Who may take a call: people by skill, or one thing of the directory. */
export type Target = SkillTarget | ThingTarget;

export interface SkillTarget {
  kind: "skilled";
  range: Range;
  /** A skill expression: `and or not`, comparisons whose left side is a skill, `kind == worker`, `group G`. */
  condition: Expr;
}

export interface ThingTarget {
  kind: "target";
  range: Range;
  thing: Thing | Hole;
  /** `number duty_engineer for 30s again every 30s`: outside parties only. */
  for?: Expr;
  againEvery?: Expr;
}

/** `ring owner for 20s { … }`. `target` is a thing, or any value that is an agent, group, number or phone. */
export interface Ring {
  kind: "ring";
  range: Range;
  all: boolean;
  target: Expr;
  for: Expr;
  at?: Expr;
  /** `confirmed by "1" prompt "take-call"` */
  confirmed?: { range: Range; by: Text; prompt: Expr };
  noAnswerMakes?: { range: Range; state: Name; reason?: Text };
  showing?: Record_;
  handlers: Handler[];
}

export interface Voicemail {
  kind: "voicemail";
  range: Range;
  mailbox: Expr;
  subject?: Expr;
  handlers: Handler[];
}

export interface Hangup {
  kind: "hangup";
  range: Range;
}

export interface Reject {
  kind: "reject";
  range: Range;
  code: Expr;
}

export interface Note {
  kind: "note";
  range: Range;
  text: Expr;
}

/** `leave`: out of the queue, go on below it. Inside `while waiting` only. */
export interface Leave {
  kind: "leave";
  range: Range;
}

export interface Once {
  kind: "once";
  range: Range;
  body: Block;
}

/** `say position(this), ewt(this)` */
export interface Say {
  kind: "say";
  range: Range;
  values: Expr[];
}

/** What both forms of `collect` share. */
export interface Collecting {
  range: Range;
  /** `4 digits`: both are 4. */
  atLeast: Num;
  atMost: Num;
  prompt?: Expr;
  /** Until the first digit, and between two. */
  within?: Expr;
  endedBy?: Text;
  /** `tries 3 then prompt "sorry"`: said before each further try. */
  tries?: { range: Range; times: Expr; prompt?: Expr };
}

/** `collect 1 digit prompt "menu" within 5s { on "1" { … } on digits(d) { … } }`. */
export interface Collect extends Collecting {
  kind: "collect";
  handlers: Handler[];
}

/** `preview to top 8 of agents with … for 20s { … }`. */
export interface Preview {
  kind: "preview";
  range: Range;
  top?: Expr;
  targets: Target[];
  for: Expr;
  mode?: { range: Range; is: "all at once" | "one by one"; atMost?: Expr };
  choose?: Chooser[];
  showing?: Record_;
  sound?: Expr;
  handlers: Handler[];
}

/** `uui "00" json { … }`: User-to-User. */
export interface Uui {
  kind: "uui";
  range: Range;
  /** The protocol discriminator, two hex digits. */
  discriminator?: Text;
  encoding: "json" | "hex" | "text";
  value: Expr;
}

/** `header "X-inin-cnv" = call.conversation` */
export interface HeaderLine {
  kind: "header";
  range: Range;
  name: Text;
  value: Expr;
}

/** What is sent along with a call. */
export interface SentAlong {
  uui?: Uui;
  headers: HeaderLine[];
}

/** `ask bot helpdesk over trunk livehub { … }`. */
export interface Ask extends SentAlong {
  kind: "ask";
  range: Range;
  bot: Thing | Hole;
  over?: Thing | Hole;
  giveUp?: { range: Range; after: Expr };
  handlers: Handler[];
}

/** `dial call.to via trunk a, trunk b { … }`. */
export interface Dial extends SentAlong {
  kind: "dial";
  range: Range;
  number: Expr;
  via: (Thing | Hole)[];
  order?: { range: Range; is: "rotate" | "random" | "priority" };
  ringbackWithin?: Expr;
  answerWithin?: Expr;
  stopOn?: Expr[];
  /** The number shown: a phone, or the form of the caller's (`e164`). */
  from?: Expr;
  handlers: Handler[];
}

/** `transfer to X { … }`. */
export interface Transfer extends SentAlong {
  kind: "transfer";
  range: Range;
  to: Expr;
  handlers: Handler[];
}

/** `refer to "tel:+1222…" { … }`: the caller's own network calls that. */
export interface Refer extends SentAlong {
  kind: "refer";
  range: Range;
  to: Expr;
  handlers: Handler[];
}

/** `callback to n { … }`: the caller hangs up and keeps his place. */
export interface Callback {
  kind: "callback";
  range: Range;
  to: Expr;
  /** `expires after 4h` or `expires at closing(office)`. */
  expires?: { range: Range; after?: Expr; at?: Expr };
  attempts?: { range: Range; times: Expr; every?: Expr };
  agentFirst: boolean;
  announce?: Expr;
  handlers: Handler[];
  afterCallback?: Block;
}

/** What the forms of `fetch` and `send` share. `within` is absent only in a broken file. */
export interface Requesting {
  range: Range;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  host: Name;
  path: Expr;
  with?: Expr;
  within?: Expr;
}

/** `fetch GET crm "/customers" with { phone } within 1s { on ok(v) { … } }`. */
export interface Fetch extends Requesting {
  kind: "fetch";
  handlers: Handler[];
}

/** `send POST crm "/abandoned" with { … } within 2s`. */
export interface Send extends Requesting {
  kind: "send";
  handlers: Handler[];
}

/** `run offer_callback(call.from)` */
export interface Run {
  kind: "run";
  range: Range;
  sub: Name;
  args: Expr[];
}

export interface Return {
  kind: "return";
  range: Range;
  value?: Expr | ValueForm;
}

export interface Loop {
  kind: "loop";
  range: Range;
  times: Expr;
  body: Block;
}

export interface StopLoop {
  kind: "stopLoop";
  range: Range;
}

/** `split by call.from { 60% madrid { … } … }`. */
export interface Split {
  kind: "split";
  range: Range;
  by?: Expr;
  branches: Branch[];
}

export interface Branch {
  kind: "branch";
  range: Range;
  share: Percent | Hole;
  label: Name;
  body: Block;
}

export interface Redirect {
  kind: "redirect";
  range: Range;
  to: Expr;
}

/** `record call`, `record pause`, `record resume` */
export interface RecordCall {
  kind: "recordCall";
  range: Range;
  what: "call" | "pause" | "resume";
}

/** `count reports` adds one to `counter reports`. */
export interface Count {
  kind: "count";
  range: Range;
  counter: Name;
}

/** `try { … on bad_value, limit { … } }`: handlers at its end. */
export interface Try {
  kind: "try";
  range: Range;
  body: Block;
  handlers: Handler[];
}

/** `every 2m { … }` */
export interface Every {
  kind: "every";
  range: Range;
  every: Expr;
  body: Block;
}

export interface Uninterrupted {
  kind: "uninterrupted";
  range: Range;
  body: Block;
}

/** `on busy, failed(code) { … }`; `on "1" { … }` in `collect`. */
export interface Handler {
  kind: "handler";
  range: Range;
  outcomes: OutcomePattern[];
  body: Block;
}

/** A named outcome, or digits that were pressed (`name.text` without quotes). */
export interface OutcomePattern {
  kind: "outcome";
  range: Range;
  name: Name;
  digits: boolean;
  binding?: Name;
}

// --------------------------------------------------------------------------------------------------------- expressions

export type Expr =
  | Hole
  | Text
  | Num
  | Duration
  | Time
  | CalendarDate
  | Percent
  | YesNo
  | Never
  | Missing
  | List
  | Record_
  | Variable
  | Thing
  | Member
  | Index
  | Apply
  | Unary
  | Binary
  | Test_
  | Choice
  | MatchExpr;

/** Attempts that give a value, to `let`, `set` and `return` only. */
export type ValueForm = CollectValue | FetchValue | RunValue;

/** `collect 6 digits prompt "p" within 8s else missing`; `otherwise` is absent only in a broken file. */
export interface CollectValue extends Collecting {
  kind: "collectValue";
  otherwise?: Expr;
}

/** `fetch GET crm "/c" with { … } within 1s else {…}`; `otherwise` is absent only in a broken file. */
export interface FetchValue extends Requesting {
  kind: "fetchValue";
  otherwise?: Expr;
}

/** `run f(x) [within 1s else V]` */
export interface RunValue {
  kind: "runValue";
  range: Range;
  sub: Name;
  args: Expr[];
  within?: Expr;
  otherwise?: Expr;
}

/** A text with its `{…}` parts. A text without any has one part, or none when it is empty. */
export interface Text {
  kind: "text";
  range: Range;
  parts: (string | Expr)[];
}

export interface Num {
  kind: "number";
  range: Range;
  value: number;
}

/** Milliseconds. */
export interface Duration {
  kind: "duration";
  range: Range;
  ms: number;
}

/** Minutes after midnight. */
export interface Time {
  kind: "time";
  range: Range;
  minutes: number;
}

export interface CalendarDate {
  kind: "date";
  range: Range;
  year: number;
  month: number;
  day: number;
}

/** `20%` is 20. */
export interface Percent {
  kind: "percent";
  range: Range;
  value: number;
}

export interface YesNo {
  kind: "yesno";
  range: Range;
  value: boolean;
}

export interface Never {
  kind: "never";
  range: Range;
}

export interface Missing {
  kind: "missing";
  range: Range;
}

export interface List {
  kind: "list";
  range: Range;
  items: Expr[];
}

export interface Record_ {
  kind: "record";
  range: Range;
  fields: { range: Range; key: Name; value: Expr }[];
}

/** A bare word: a variable, `call`, `this`, `outcome`, or, where no variable has this name, the constant of this name. */
export interface Variable {
  kind: "variable";
  range: Range;
  name: string;
}

export type ThingNoun =
  | "agent"
  | "group"
  | "queue"
  | "trunk"
  | "mailbox"
  | "bot"
  | "site"
  | "flag"
  | "counter"
  | "number"
  | "numbers";

/** `group Accounts`, `trunk "{first}"`, `number "+1509…"`, `mailbox of group Accounts` (noun mailbox, `of` set, `name` unused). */
export interface Thing {
  kind: "thing";
  range: Range;
  noun: ThingNoun;
  name: Name | Text;
  of?: Thing;
}

export interface Member {
  kind: "member";
  range: Range;
  object: Expr;
  name: Name;
}

export interface Index {
  kind: "index";
  range: Range;
  object: Expr;
  key: Expr;
}

/** `agent_at(call.to)`, `language(lang)`, `ready(group A)`. */
export interface Apply {
  kind: "apply";
  range: Range;
  name: Name;
  args: Expr[];
}

export interface Unary {
  kind: "unary";
  range: Range;
  op: "not" | "-";
  operand: Expr;
}

export type BinaryOp =
  | "or"
  | "and"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "starts with"
  | "??"
  | "+"
  | "-"
  | "*"
  | "/";

export interface Binary {
  kind: "binary";
  range: Range;
  op: BinaryOp;
  left: Expr;
  right: Expr;
}

/** `x is [not] found | withheld | open`. */
export interface Test_ {
  kind: "is";
  range: Range;
  operand: Expr;
  negated: boolean;
  what: "found" | "withheld" | "open";
}

/** `if c then a else b`. */
export interface Choice {
  kind: "choice";
  range: Range;
  condition: Expr;
  then: Expr;
  otherwise: Expr;
}

export interface MatchExpr {
  kind: "matchValue";
  range: Range;
  subject: Expr;
  arms: Arm<Expr>[];
  otherwise: Expr;
}

// --------------------------------------------------------------------------------------------------------------- tests

export interface Test {
  kind: "test";
  range: Range;
  name: Text;
  /** Name of the strategy under test. */
  strategy: Text;
  lines: TestLine[];
}

export type TestLine =
  | Hole
  | ClockLine
  | StatedLine
  | SplitLine
  | SiteLine
  | HttpLine
  | BotLine
  | PromptLine
  | AgentSetLine
  | AgentActLine
  | NumberLine
  | TrunkLine
  | CallLine
  | Expect;

/** `clock 2026-12-24 17:59` */
export interface ClockLine {
  kind: "clock";
  range: Range;
  date: CalendarDate;
  time: Time;
}

/** `flag storm is yes`, `counter reports is 3`, `ewt(queue Vip) is 6m`: any statistic can be stated. */
export interface StatedLine {
  kind: "stated";
  range: Range;
  subject: Thing | Apply;
  value: Expr;
}

/** `split takes madrid` */
export interface SplitLine {
  kind: "splitTakes";
  range: Range;
  label: Name;
}

/** `site lyon waits 40s` */
export interface SiteLine {
  kind: "siteWaits";
  range: Range;
  site: Name;
  wait: Duration;
}

/** `http crm "/c*" replies { tier: "gold" } after 300ms` · `replies 503` · `is silent` */
export interface HttpLine {
  kind: "httpAct";
  range: Range;
  host: Name;
  path: Text;
  act: "replies" | "silent";
  /** Status 200 with this, or the status alone. */
  body?: Record_ | List | Missing;
  code?: Num;
  after?: Duration;
}

/** `bot b transfers after 20s with { … }` · `hangs up after 20s` · `replies 503` · `is silent` */
export interface BotLine {
  kind: "botAct";
  range: Range;
  bot: Name;
  act: "transfers" | "hangsUp" | "replies" | "silent";
  after?: Duration;
  with?: Record_;
  code?: Num;
}

/** `prompt "x" is missing` */
export interface PromptLine {
  kind: "promptMissing";
  range: Range;
  prompt: Text;
}

/** `agent luc with group Accounts, billing 7, kind worker, ready`. `with` replaces skills and groups. */
export interface AgentSetLine {
  kind: "agentSet";
  range: Range;
  agent: Name;
  withGroups: Name[];
  withSkills: { range: Range; name: Name; level: Num }[];
  withKind?: Name;
  hasWith: boolean;
  state?: AgentTestState;
}

/** `ready`, `offline`, `not_ready("lunch")`, `talking until 5m`. */
export interface AgentTestState {
  range: Range;
  name: Name;
  reason?: Text;
  until?: Duration;
}

/** `agent luc accepts after 4s, talks 3m` · `declines` · `ignores` · `releases at 6m` · `goes not_ready at 5s`. */
export interface AgentActLine {
  kind: "agentAct";
  range: Range;
  agent: Name;
  act: "accepts" | "declines" | "ignores" | "releases" | "goes";
  /** `goes` only. */
  state?: AgentTestState;
  after?: Duration;
  at?: Duration;
  talks?: Duration;
}

/** How an outside party behaves when it is called. */
export interface NumberLine {
  kind: "numberAct";
  range: Range;
  /** `number "+1509…"`, or by the name that the directory gives it. */
  number: Thing;
  act: "answers" | "busy" | "silent";
  after?: Duration;
  presses: Press[];
}

/** `presses "1" when hears "menu"` */
export interface Press {
  kind: "press";
  range: Range;
  digits: Text;
  whenHears: Text;
}

/** `trunk a replies 503` · `trunk a is silent` · `trunk a answers after 3s`. */
export interface TrunkLine {
  kind: "trunkAct";
  range: Range;
  trunk: Name;
  act: "replies" | "silent" | "answers";
  code?: Num;
  after?: Duration;
}

/** `call A from "+3461" to "5100" at 0s data { … } presses "1" when hears "menu" speaks 30s hangs up at 90s`. */
export interface CallLine {
  kind: "callIn";
  range: Range;
  name: Name;
  from: Text;
  to: Text;
  at: Duration;
  data?: Record_;
  presses: Press[];
  /** How long a voicemail of this caller lasts; 10 s where absent. */
  speaks?: Duration;
  hangsUpAt?: Duration;
}

export interface Expect {
  kind: "expect";
  range: Range;
  call: Name;
  never: boolean;
  what: Expectation;
  at?: Duration;
  within?: Duration;
  /** `after 20s` or `after B ends`. */
  after?: Duration | Name;
  before?: Duration | Name;
}

export type Expectation =
  | { kind: "offered"; to: Name | Thing }
  | { kind: "answered"; by: Name | Thing }
  | { kind: "hears"; prompt: Text; twice: boolean }
  | { kind: "waits"; queue: Name }
  | { kind: "ends"; outcome: Name; mailbox?: Thing };

// ------------------------------------------------------------------------------------------------------------- traffic

export interface Traffic {
  kind: "traffic";
  range: Range;
  name: Text;
  /** Name of the strategy under load. */
  strategy: Text;
  lines: TrafficLine[];
}

export type TrafficLine =
  | Hole
  | DuringLine
  | SeedLine
  | ReplicationsLine
  | CallsLine
  | TimingLine
  | NoAnswerLine
  | StaffLine
  | HttpLine
  | BotLine
  | GoalLine;

/** `during 08:00..20:00` */
export interface DuringLine {
  kind: "during";
  range: Range;
  hours: Hours;
}

export interface SeedLine {
  kind: "seed";
  range: Range;
  value: Num;
}

export interface ReplicationsLine {
  kind: "replications";
  range: Range;
  value: Num;
}

/** `calls 120, 240, 310 per hour each 30m to "5000" presses "1" when hears "menu"` · `calls from "calls.csv"` */
export interface CallsLine {
  kind: "calls";
  range: Range;
  perHour: Num[];
  /** How long each of several rates holds. */
  each?: Duration;
  from?: Text;
  to?: Text;
  presses: Press[];
}

/** `talk lognormal mean 190s sd 220s` · `wrap_up mean 30s` (exponential) · `patience weibull mean 6m shape 0.8` · `talk from "talk.csv"` */
export interface TimingLine {
  kind: "timing";
  range: Range;
  what: "talk" | "wrap_up" | "patience";
  law: "exponential" | "lognormal" | "weibull" | "constant" | "empirical";
  mean?: Duration;
  sd?: Duration;
  shape?: Num;
  from?: Text;
}

/** `no_answer 4%` of the offers. */
export interface NoAnswerLine {
  kind: "noAnswer";
  range: Range;
  share: Percent;
}

/** `agents 12 with billing 7, language_en 8 between 10:00..16:00` */
export interface StaffLine {
  kind: "staff";
  range: Range;
  count: Num;
  withGroups: Name[];
  withSkills: { range: Range; name: Name; level: Num }[];
  withKind?: Name;
  between?: Hours;
}

/** `target 80% within 20s` */
export interface GoalLine {
  kind: "goal";
  range: Range;
  share: Percent;
  within: Duration;
}

export type AnyNode =
  | File
  | Item
  | Secret
  | CalendarLine
  | Hours
  | Branch
  | Uui
  | HeaderLine
  | ValueForm
  | Press
  | TrafficLine
  | Entry
  | EntryPattern
  | DefaultRoute
  | Block
  | Pattern
  | Statement
  | Arm<Block>
  | Arm<Expr>
  | Chooser
  | Step
  | Target
  | Handler
  | OutcomePattern
  | Expr
  | Name
  | TestLine;
