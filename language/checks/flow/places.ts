import type { Block, Name, Statement, Sub } from "../../ast.ts";
import { blocksOf } from "../../blocks.ts";
import type { Names } from "../../names.ts";
import { type Checking, report } from "../checking.ts";
import { firstWord, wordOf } from "../words.ts";
import { runIn } from "../../runs.ts";
import type { Inside } from "./subs.ts";

/** What a statement stands in. */
export interface Place {
  waiting?: boolean;
  looping?: boolean;
  inSub?: boolean;
  /** After the call: in `after call` or `after callback`. */
  after?: "after call" | "after callback";
}

/** What has no place beside the match, and what to do instead. */
const notWaiting: Partial<Record<string, string>> = {
  queue: "`leave` the queue first, then try another below it",
  ring: "`leave` the queue first, then ring below it",
  preview: "`leave` the queue first, then ask below it",
  ask: "`leave` the queue first, then ask the bot below it",
  dial: "`leave` the queue first, then dial below it",
  transfer: "`leave` the queue first, then transfer below it",
  refer: "`leave` the queue first, then refer below it",
  voicemail: "`leave` the queue first, then record below it",
  answer: "answer before the queue",
  reject: "`hangup` ends the call here",
  redirect: "`leave` the queue first; a call is redirected before it is answered",
  recordCall: "record before the queue",
};

const onlyWaiting: ReadonlySet<string> = new Set(["leave", "once", "every", "uninterrupted", "callback"]);

/** After the call there is nobody to hear or to be routed. */
const afterCall: ReadonlySet<string> = new Set([
  "hole",
  "let",
  "set",
  "if",
  "match",
  "split",
  "loop",
  "stopLoop",
  "try",
  "run",
  "return",
  "note",
  "count",
  "fetch",
  "send",
  "wait",
]);

/** Why a kind of statement (`Statement["kind"]`) cannot stand in a place, and what to do instead. In a sub it depends on who runs it. */
export function misplaced(kind: string, place: Place): { code: string; why: string; hint?: string } | undefined {
  if (place.after && !afterCall.has(kind)) {
    const hint = "there, data are kept and sent: `set`, `count`, `note`, `fetch`, `send`";
    return { code: "S412", why: `cannot stand in \`${place.after}\`, when the caller is gone`, hint };
  }
  if (place.waiting && notWaiting[kind])
    return { code: "S412", why: "cannot stand inside `while waiting`", hint: notWaiting[kind] };
  if (!place.waiting && !place.inSub && onlyWaiting.has(kind)) {
    return { code: "S413", why: "stands only inside `while waiting`" };
  }
  return undefined;
}

/** Statements by where they may stand; what a sub runs stands where the sub is run. */
export function checkPlaces(
  checking: Checking,
  block: Block,
  place: Place,
  where: { names: Names; subs: ReadonlyMap<Sub, Inside> },
): void {
  for (const statement of block.statements) {
    checkOne(checking, statement, place);
    const run = runIn(statement);
    const sub = run && where.names.subs.get(run.sub.text);
    if (run && sub && (place.waiting || !place.inSub)) checkRun(checking, run.sub, where.subs.get(sub.item), place);
    for (const inner of blocksOf(statement)) checkPlaces(checking, inner, placeOf(statement, inner, place), where);
  }
}

function checkOne(checking: Checking, statement: Statement, place: Place): void {
  const { kind } = statement;
  const found = misplaced(kind, place);
  if (found) {
    report(checking, "error", found.code, firstWord(statement), `\`${wordOf(kind)}\` ${found.why}`, {
      hint: found.hint,
    });
  } else if (kind === "stopLoop" && !place.looping) {
    report(checking, "error", "S413", firstWord(statement), "`stop loop` stands only inside `loop`");
  } else if (kind === "return" && !place.inSub) {
    const hint = place.waiting ? "`leave` goes on below the queue" : "`hangup` ends the call";
    report(checking, "error", "S413", firstWord(statement), "`return` stands only in a `sub`", { hint });
  }
}

/** One finding for a sub that cannot be run here, with the first statement that is the reason. */
function checkRun(checking: Checking, name: Name, inside: Inside | undefined, place: Place): void {
  for (const { statement, source } of inside?.statements.values() ?? []) {
    const found = misplaced(statement.kind, { ...place, inSub: false });
    if (!found) continue;
    const message = `\`${name.text}\` cannot be run here: its \`${wordOf(statement.kind)}\` ${found.why}`;
    const related = [{ path: source.path, range: firstWord(statement), message: "it stands here" }];
    report(checking, "error", found.code, name.range, message, { hint: found.hint, related });
    return;
  }
}

function placeOf(statement: Statement, inner: Block, place: Place): Place {
  if (statement.kind === "queue" && inner === statement.whileWaiting) return { waiting: true };
  if (statement.kind === "callback" && inner === statement.afterCallback) return { after: "after callback" };
  return statement.kind === "loop" ? { ...place, looping: true } : place;
}
