import type { Block, Statement } from "../ast.ts";
import { type Checking, report } from "./checking.ts";

/** What has no place beside the match, and what to do instead. */
const forbidden: Partial<Record<Statement["kind"], string>> = {
  queue: "`leave` the queue first, then try another below it",
  ring: "`leave` the queue first, then ring below it",
  voicemail: "`leave` the queue first, then record below it",
  answer: "answer before the queue",
  reject: "`hangup` ends the call here",
};

/** Statements by where they may stand: some not in `while waiting`, some only there. */
export function checkPlace(checking: Checking, statement: Statement, waiting: boolean): void {
  const hint = forbidden[statement.kind];
  if (waiting && hint) {
    const message = `\`${statement.kind}\` cannot stand inside \`while waiting\``;
    report(checking, "error", "S412", firstWord(statement), message, { hint });
  } else if (!waiting && (statement.kind === "leave" || statement.kind === "once")) {
    const message = `\`${statement.kind}\` stands only inside \`while waiting\``;
    report(checking, "error", "S413", firstWord(statement), message);
  }
}

/** A finding about a long statement is shown on its first word. */
export function firstWord({ kind, range }: Statement): { start: number; end: number } {
  return { start: range.start, end: Math.min(range.end, range.start + kind.length) };
}

/** A `while waiting` with a way through that takes no time goes round and round; the engine slows it down and then stops it. */
export function checkRounds(checking: Checking, body: Block): void {
  if (body.statements.length === 0) {
    const message = "the caller hears nothing while waiting";
    report(checking, "warning", "S414", body.range, message, { hint: 'write `music "…"`' });
  } else if (!rests(body)) {
    const message = "a round of `while waiting` can pass without taking time";
    const hint = "each way through needs a `play`, a `wait` or `music … for 20s`, or ends with `music` that plays on";
    report(checking, "warning", "S414", { start: body.range.start, end: body.range.start + 1 }, message, { hint });
  }
}

/** Whether every way through the block takes time, leaves, or ends on a sound without end. */
function rests(block: Block): boolean {
  return block.statements.some((statement, index) => takesTime(statement, index === block.statements.length - 1));
}

function takesTime(statement: Statement, last: boolean): boolean {
  switch (statement.kind) {
    case "play":
    case "wait":
    case "answer":
    case "leave":
    case "hangup":
    case "queue":
    case "ring":
    case "voicemail":
    case "reject":
      return true;
    case "music":
      return statement.for !== undefined || last;
    case "ringback":
    case "silence":
      return last;
    case "if": {
      const otherwise = statement.else;
      if (!otherwise || !restsIn(statement.then, last)) return false;
      return otherwise.kind === "if" ? takesTime(otherwise, last) : restsIn(otherwise, last);
    }
    case "match":
      return (
        statement.else !== undefined &&
        [...statement.arms.map((arm) => arm.body), statement.else].every((body) => restsIn(body, last))
      );
    default:
      return false;
  }
}

/** An endless sound rests only where nothing follows it in the whole body. */
function restsIn(block: Block, last: boolean): boolean {
  return block.statements.some((statement, index) =>
    takesTime(statement, last && index === block.statements.length - 1),
  );
}
