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

export type Item = Strategy | Test;

export interface Strategy {
  kind: "strategy";
  range: Range;
  name: Text;
  entries: Entry[];
  /** Mandatory; absent only in a broken file. */
  defaultRoute?: DefaultRoute;
  body: Block;
}

export interface Entry {
  kind: "entry";
  range: Range;
  patterns: EntryPattern[];
}

/** A number, an inclusive range of numbers of one length, or a prefix (`"+3491*"`, `text` without the star). */
export type EntryPattern =
  | { kind: "single"; range: Range; text: string }
  | { kind: "span"; range: Range; from: string; to: string }
  | { kind: "prefix"; range: Range; text: string };

export interface DefaultRoute {
  kind: "defaultRoute";
  range: Range;
  to: Expr;
}

export interface Block {
  kind: "block";
  range: Range;
  statements: Statement[];
}

// ---------------------------------------------------------------------------------------------------------- statements

/** A statement that could not be read, or is not part of this version, is a hole. */
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
  | Once;

export interface Let {
  kind: "let";
  range: Range;
  name: Name;
  value: Expr;
}

/** `set call.data.topic = …` (path `["data", "topic"]`) or `set call.language = …` (path `["language"]`). */
export interface SetData {
  kind: "set";
  range: Range;
  path: Name[];
  value: Expr;
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

export interface Queue {
  kind: "queue";
  range: Range;
  name: Name;
  priority?: Priority;
  tier?: { range: Range; name: Name; when?: Expr };
  choose?: Chooser[];
  ringFor?: Expr;
  keepPlaceOf?: Expr;
  exclude?: Expr;
  showing?: Record_;
  steps: Step[];
  /** Mandatory; absent only in a broken file. */
  giveUp?: { range: Range; after: Expr };
  whileWaiting?: Block;
  handlers: Handler[];
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

/** `on busy, failed(code) { … }`. */
export interface Handler {
  kind: "handler";
  range: Range;
  outcomes: OutcomePattern[];
  body: Block;
}

export interface OutcomePattern {
  kind: "outcome";
  range: Range;
  name: Name;
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
  number: Text;
  act: "answers" | "busy" | "silent";
  after?: Duration;
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

/** `call A from "+3461" to "5100" at 0s data { … } hangs up at 90s`. */
export interface CallLine {
  kind: "callIn";
  range: Range;
  name: Name;
  from: Text;
  to: Text;
  at: Duration;
  data?: Record_;
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
  | { kind: "offered"; to: Name }
  | { kind: "answered"; by: Name | Thing }
  | { kind: "hears"; prompt: Text; twice: boolean }
  | { kind: "waits"; queue: Name }
  | { kind: "ends"; outcome: Name; mailbox?: Thing };

export type AnyNode =
  | File
  | Item
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
