import type { Block, Expr, If } from "../../ast.ts";
import { type Checking, quote, report } from "../checking.ts";
import { checkHandlers } from "../handlers.ts";
import { firstWord } from "../words.ts";
import type { Analysis } from "./analysis.ts";
import { implies, isSmall } from "./implies.ts";
import type { Stretch } from "./stretches.ts";
import { type Followed, waysThrough } from "./ways.ts";

/** Tells what no call ever comes to, and which outcomes never come; and where no call goes on below a statement. */
export function checkReach(stretches: readonly Stretch[]): void {
  // What a sub leads to is the same wherever it is run.
  const followed: Followed<true, never> = new Map();
  for (const { checking, names, block, place, sub } of stretches) {
    const waiting = place.waiting ?? sub !== undefined;
    const { source, covered } = checking;
    const start = { source, names, waiting, covered, ...(sub && { sub }) };
    waysThrough(block, true, reaching(checking), start, followed);
  }
}

function reaching(checking: Checking): Analysis<true, never> {
  return {
    after: () => true,
    join: () => true,
    key: () => "",
    dead: (statement) =>
      report(checking, "warning", "S402", firstWord(statement), "no call ever comes to this statement"),
    shut: (condition, holds) => tellShut(checking, condition, holds),
    tried: (attempt, impossible) => checkHandlers(checking, attempt, impossible),
    done(statement, { below }) {
      if (below === undefined) checking.ends.add(statement);
      if (statement.kind === "if") checkAskedTwice(checking, statement);
      if (statement.kind === "match" && statement.else && checking.covered.get(statement))
        tellElse(checking, statement.else);
    },
  };
}

function tellShut(checking: Checking, { range }: Expr, holds: boolean): void {
  const message = holds
    ? `${quote(checking, range)} always holds, so that no call ever comes to its \`else\``
    : `${quote(checking, range)} never holds, so that no call ever comes to its block`;
  report(checking, "warning", "S402", range, message);
}

function tellElse(checking: Checking, { range }: Block): void {
  const message = "the arms above take every call, so that none ever comes to `else`";
  report(checking, "warning", "S402", { start: range.start, end: range.start + 1 }, message);
}

/** More questions than anybody asks in one place are not held against one another. */
const mostAsked = 30;

/** A wider condition above: what it let through does not hold here either. */
const coveredBy = (condition: Expr, above: readonly Expr[]): Expr | undefined =>
  above.slice(0, mostAsked).find((wider) => isSmall(wider) && implies(condition, wider));

/** A question that was answered with no above is answered with no again. */
function checkAskedTwice(checking: Checking, first: If): void {
  const asked = new Map<string, Expr>();
  for (let at: If | Block | undefined = first; at?.kind === "if"; at = at.else) {
    const { condition } = at;
    const text = checking.source.text.slice(condition.range.start, condition.range.end).replaceAll(/\s+/g, " ");
    const before = asked.get(text) ?? (isSmall(condition) ? coveredBy(condition, [...asked.values()]) : undefined);
    if (before && condition.kind !== "hole") {
      const how = asked.has(text)
        ? "was asked above already"
        : `holds only where ${quote(checking, before.range)} does, above`;
      const message = `${quote(checking, condition.range)} ${how}, so that no call ever comes to its block`;
      const related = [{ path: checking.source.path, range: before.range, message: "asked here" }];
      report(checking, "warning", "S402", condition.range, message, { related });
    }
    asked.set(text, asked.get(text) ?? condition);
  }
}
