import type { Block, Statement } from "../../ast.ts";
import { type Checking, report } from "../checking.ts";
import { firstWord, wordOf } from "../words.ts";
import type { Analysis } from "./analysis.ts";
import { runIn } from "../../runs.ts";
import { type Start, waysThrough } from "./ways.ts";

/** Of a way through a round: it took time, it ends on a sound without end, or neither. */
type Took = "time" | "sound" | "nothing";

const rounds = (takesTime: (statement: Statement) => boolean): Analysis<Took, never> => ({
  after(statement, took) {
    if (took === "time" || takesTime(statement)) return "time";
    if (runIn(statement)) return took;
    return isEndless(statement) ? "sound" : "nothing";
  },
  join: (one, other) => (one === "nothing" || other === "nothing" ? "nothing" : one === "sound" ? one : other),
  key: (took) => took,
});

/** Whether every way through the block comes to a wait, however short. */
export function waits(body: Block, start: Start): boolean {
  const isWait = (statement: Statement) => takesTime(statement) || asks(statement);
  return waysThrough(body, "nothing", rounds(isWait), start).exits.below !== "nothing";
}

function asks(statement: Statement): boolean {
  const { kind } = statement;
  return (
    kind === "fetch" || kind === "send" || ((kind === "let" || kind === "set") && statement.value.kind === "fetchValue")
  );
}

/** At least 200 ms, most likely. What is asked of a host may be there sooner. */
function takesTime(statement: Statement): boolean {
  switch (statement.kind) {
    case "play":
    case "say":
    case "wait":
    case "collect":
    case "queue":
    case "ring":
    case "preview":
    case "ask":
    case "dial":
    case "transfer":
    case "refer":
    case "voicemail":
    case "answer":
    case "callback":
    case "hole":
      return true;
    case "music":
      return statement.for !== undefined;
    case "let":
    case "set":
      return statement.value.kind === "collectValue";
    default:
      return false;
  }
}

/** Sounds that last until something else is heard. */
export function isEndless(statement: Statement): boolean {
  const { kind } = statement;
  return (kind === "music" && statement.for === undefined) || kind === "ringback" || kind === "silence";
}

/** A `while waiting` with a way through that takes no time goes round and round; the engine slows it down and then stops it. */
export function checkRounds(checking: Checking, body: Block, start: Start): void {
  if (body.statements.length === 0) {
    const message = "the caller hears nothing while waiting";
    report(checking, "warning", "S414", body.range, message, { hint: 'write `music "…"`' });
    return;
  }
  checkEvery(checking, body);
  const first = body.statements.find(({ kind }) => kind !== "note" && kind !== "count");
  if (first?.kind === "leave" || first?.kind === "hangup") {
    const message = `no call waits here: \`${first.kind}\` comes before anything is heard`;
    const hint = 'let the caller wait or choose first: `collect 1 digit … { on "1" { leave } }`';
    report(checking, "warning", "S414", firstWord(first), message, { hint });
    return;
  }
  const { exits } = waysThrough(body, "nothing", rounds(takesTime), { ...start, waiting: true });
  if (exits.below !== "nothing") return;
  const message = "a round of `while waiting` can pass without taking time";
  const hint = "each way through needs a `play`, a `wait` or `music … for 20s`, or ends with `music` that plays on";
  report(checking, "warning", "S414", { start: body.range.start, end: body.range.start + 1 }, message, { hint });
}

/** What is to come round again in a body that does not. */
function checkEvery(checking: Checking, { statements }: Block): void {
  const last = statements.at(-1);
  if (!last || !isEndless(last)) return;
  for (const statement of statements) {
    if (statement.kind !== "every") continue;
    const message = `this never comes round: the body ends on a \`${wordOf(last.kind)}\` that plays on, and does not begin again`;
    const hint = "give the sound a time: `music … for 20s`";
    report(checking, "warning", "S402", firstWord(statement), message, { hint });
  }
}
