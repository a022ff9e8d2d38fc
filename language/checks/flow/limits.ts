import type { Block, Loop, Statement } from "../../ast.ts";
import { blocksOf } from "../../blocks.ts";
import { type Checking, isTold, report } from "../checking.ts";
import { firstWord, timeText } from "../words.ts";
import { type Lengths, longest } from "./lengths.ts";
import { waits } from "./rounds.ts";
import type { Start } from "./ways.ts";

/** Statements that a call may run between two waits. */
const mostStatements = 10_000;

/** How long the matcher passes over a call. */
const longestUninterrupted = 30_000;

/** What is left for data when a call is over. */
const longestAfter = 5000;

/** A loop that can go round so often without a wait that the limit sends the call to its default route. */
export function checkLoop(checking: Checking, loop: Loop, start: Start): void {
  const count = stepsOf(loop);
  if (count <= mostStatements || waits(loop.body, start)) return;
  const message = `this loop can run ${count} statements without a wait, and after ${mostStatements} the call goes to its default route`;
  report(checking, "warning", "S441", firstWord(loop), message, { hint: "write a `wait`, or fewer rounds" });
}

/** Nobody listens to the same for longer. */
const longestRepeated = 10 * 60_000;

const heard: ReadonlySet<Statement["kind"]> = new Set([
  "play",
  "say",
  "music",
  "silence",
  "ringback",
  "wait",
  "note",
  "count",
]);

/** A loop that plays the same over and over and never lets the caller choose, nor anybody take the call. */
export function checkRepeated(checking: Checking, loop: Loop, where: Lengths): void {
  const { statements } = loop.body;
  if (loop.times.kind !== "number" || statements.some(({ kind }) => !heard.has(kind))) return;
  const { defaultLengthMs } = checking.directory.prompts;
  const unknown = statements.filter(
    (one) => one.kind === "play" && longest({ ...loop.body, statements: [one] }, where) === 0,
  );
  const length =
    longest({ ...loop.body, statements: [loop] }, where) + loop.times.value * unknown.length * defaultLengthMs;
  if (length <= longestRepeated) return;
  const message = `the caller listens to this for ${timeText(length)}, and cannot choose`;
  const hint = "fewer rounds, or a `collect` in it; who waits for people waits in a `queue`";
  report(checking, "warning", "S426", firstWord(loop), message, { hint });
}

/** Statements that are run at most, those of loops as often as it is written out. */
function stepsOf(statement: Statement): number {
  const inside = blocksOf(statement).reduce(
    (sum, block) => sum + block.statements.reduce((all, one) => all + stepsOf(one), 0),
    0,
  );
  return 1 + inside * (statement.kind === "loop" && statement.times.kind === "number" ? statement.times.value : 1);
}

/** Nobody can be given the call while `uninterrupted` runs. */
export function checkUninterrupted(
  checking: Checking,
  statement: Extract<Statement, { kind: "uninterrupted" }>,
  where: Lengths,
): void {
  const length = longest(statement.body, where);
  if (length <= longestUninterrupted) return;
  const message = `this can take ${timeText(length)}, and \`uninterrupted\` keeps the call from people for ${timeText(longestUninterrupted)} at most`;
  report(checking, "error", "S442", firstWord(statement), message, {
    hint: "keep only what must be heard to its end inside",
  });
}

/** What comes after a call is cut off. */
export function checkAfter(
  checking: Checking,
  block: Block,
  name: "after call" | "after callback",
  where: Lengths,
): void {
  const length = longest(block, where);
  if (length <= longestAfter || isTold(checking, block.range)) return;
  const message = `this can take ${timeText(length)}, and \`${name}\` is cut off after ${timeText(longestAfter)}`;
  const range = { start: block.range.start, end: block.range.start + 1 };
  report(checking, "warning", "S443", range, message, { hint: "let it wait less: `within 2s`" });
}
