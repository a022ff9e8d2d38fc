import type { Block, Statement, Strategy } from "../ast.ts";
import type { Directory } from "../directory/directory.ts";
import { isOurMailbox } from "../mailboxes.ts";
import { statementsIn } from "../blocks.ts";
import type { Names } from "../names.ts";
import type { Range } from "../source.ts";
import { type Advice, type Checking, quote, report } from "./checking.ts";
import type { Analysis, Noted } from "./flow/analysis.ts";
import { waysThrough } from "./flow/ways.ts";
import { firstWord } from "./words.ts";

/** Whether the call is answered: on all ways, some or none. `told`: that it is not has been told, and once is enough. */
type Answered = "yes" | "maybe" | "no" | "told";

interface Trouble {
  of: "media" | "reject";
  at: Statement;
  answered: Answered;
}

/** Nothing is heard before the call is answered, and an answer cannot be taken back. */
export function checkAnswered(checking: Checking, strategy: Strategy, names: Names): void {
  const isEarly = strategy.entries.length > 0 && strategy.entries.every((entry) => entry.withEarlyMedia);
  const { notes } = waysThrough(strategy.body, "no", answering(isEarly, checking.directory), { ...checking, names });
  for (const note of notes) tell(checking, note, strategy);
}

const answering = (isEarly: boolean, directory: Directory): Analysis<Answered, Trouble> => ({
  after(at, answered, { note }) {
    if (at.kind === "answer" || at.kind === "hole" || isRecorded(at, directory))
      return answered === "told" ? "told" : "yes";
    if (answered === "yes" || answered === "told") {
      if (isRefusal(at) && answered === "yes") note({ of: "reject", at, answered });
      return answered;
    }
    if (isRefusal(at) && answered === "maybe") note({ of: "reject", at, answered });
    if (isEarly || !soundOf(at)) return answered;
    note({ of: "media", at, answered });
    return "told";
  },
  join: (one, other) => (one === other ? one : one === "told" || other === "told" ? "told" : "maybe"),
  resume: (state, inside) => (inside === "told" ? "told" : state),
  key: (answered) => answered,
});

/** A mailbox of ours answers by itself. */
const isRecorded = (at: Statement, directory: Directory): boolean =>
  at.kind === "voicemail" && isOurMailbox(at.mailbox, directory);

const isRefusal = ({ kind }: Statement): boolean => kind === "reject" || kind === "redirect";

/** What the caller is to hear, if this is a statement that sounds. */
function soundOf(statement: Statement): Range | undefined {
  switch (statement.kind) {
    case "play":
      return statement.prompt.range;
    case "music":
      return statement.name.range;
    case "say":
    case "collect":
      return firstWord(statement);
    case "let":
    case "set":
    case "return":
      return statement.value?.kind === "collectValue" ? startOf(statement.value.range, "collect") : undefined;
    default:
      return undefined;
  }
}

const startOf = ({ start }: Range, word: string): Range => ({ start, end: start + word.length });

function tell(checking: Checking, { what, source, through }: Noted<Trouble>, { body }: Strategy): void {
  const { at, answered } = what;
  const range = through?.range ?? firstWord(at);
  const related = through && [{ path: source.path, range: firstWord(at), message: "it stands here" }];
  if (what.of === "reject") {
    const message = "the call is answered already, so it cannot be rejected any more";
    const severity = answered === "yes" ? "error" : "warning";
    const write = through
      ? {}
      : { fix: { title: "write `hangup`", edits: [{ path: checking.source.path, range: at.range, text: "hangup" }] } };
    report(checking, severity, "S421", range, message, { hint: "write `hangup`", related, ...write });
    return;
  }
  const sound = quote({ ...checking, source }, soundOf(at) ?? at.range);
  const maybe = answered === "maybe" ? " on every way that leads" : "";
  const message = `the caller cannot hear ${sound}: the call is not answered${maybe} here`;
  report(checking, "error", "S401", range, message, {
    hint: "write `answer` before it",
    related,
    ...answer(checking, queueAround(body, range) ?? range),
  });
}

/** The outermost queue that runs this beside its wait, where nothing can be answered. */
const queueAround = (body: Block, { start, end }: Range): Range | undefined =>
  statementsIn([body]).find(
    (one) =>
      one.kind === "queue" &&
      one.whileWaiting &&
      one.whileWaiting.range.start < start &&
      end < one.whileWaiting.range.end,
  )?.range;

/** The fix that answers on a line of its own, where the statement begins its line. */
function answer({ source }: Checking, range: Range): Advice {
  const lineStart = source.text.lastIndexOf("\n", range.start - 1) + 1;
  const indent = source.text.slice(lineStart, range.start);
  if (!/^[ \t]*$/.test(indent)) return {};
  const edits = [{ path: source.path, range: { start: range.start, end: range.start }, text: `answer\n${indent}` }];
  return { fix: { title: "answer before it", edits } };
}
