import type { Every, If, Loop, Match, Once, Pattern, Split, Try, Uninterrupted } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { lowerHandlers } from "./handlers.ts";
import type { SplitOp } from "./program.ts";
import { lowerExpression, lowerPattern } from "./expressions.ts";
import type { Value } from "../values.ts";
import type { Scope } from "./world.ts";

/*
 * Statements that choose what runs next.
 */

export function lowerIf(statement: If, code: Assembly): void {
  const test = code.emit({
    op: "unless",
    at: statement.condition.range,
    condition: lowerExpression(statement.condition, code),
    to: 0,
  });
  code.block(statement.then);
  if (statement.else === undefined) {
    test.to = code.here;
    return;
  }
  const end = code.jump(statement.range);
  test.to = code.here;
  if (statement.else.kind === "if") lowerIf(statement.else, code);
  else code.block(statement.else);
  end.to = code.here;
}

export function lowerMatch(statement: Match, code: Assembly): void {
  const slot = code.newSlot();
  code.emit({ op: "let", at: statement.subject.range, slot, value: lowerExpression(statement.subject, code) });
  const ends = statement.arms.map((arm) => {
    const takes = arm.patterns.map((pattern) => lowerPattern(pattern, (expr) => lowerExpression(expr, code)));
    const test = code.emit({ op: "unlike", at: arm.range, slot, takes, to: 0 });
    code.within(() => {
      for (const pattern of arm.patterns) bindPattern(pattern, slot, code);
      code.block(arm.body);
    });
    const end = code.jump(arm.range);
    test.to = code.here;
    return end;
  });
  if (statement.else) code.block(statement.else);
  for (const end of ends) end.to = code.here;
}

/** What the matched word holds goes by the name in brackets. */
function bindPattern(pattern: Pattern, matched: number, code: Assembly): void {
  if (pattern.kind !== "word" || pattern.binding === undefined) return;
  const value = ({ locals }: Scope): Value => {
    const word = locals[matched] ?? null;
    return typeof word === "object" && word?.is === "word" ? (word.holds ?? null) : null;
  };
  code.emit({ op: "let", at: pattern.range, slot: code.declare(pattern.binding.text), value });
}

export function lowerLoop({ range, times, body }: Loop, code: Assembly): void {
  const slot = code.newSlot();
  code.emit({ op: "rounds", at: range, slot, times: lowerExpression(times, code) });
  const again = code.emit({ op: "again", at: range, slot, to: 0 });
  const top = code.here - 1;
  code.loop(() => {
    code.block(body);
    code.jump(range).to = top;
  });
  again.to = code.here;
}

/** The rotation of two splits is one where strategy, labels and shares are the same. */
export function lowerSplit({ range, by, branches }: Split, code: Assembly): void {
  const labels = branches.map(({ label }) => label.text);
  const shares = branches.map(({ share }) => (share.kind === "percent" ? share.value : 0));
  const key = [code.name, ...labels.map((label, index) => `${shares[index]}% ${label}`)].join("\n");
  const op = code.emit<SplitOp>({
    op: "split",
    at: range,
    key,
    labels,
    shares,
    by: by && lowerExpression(by, code),
    to: [],
  });
  const ends = branches.map((branch) => {
    op.to.push(code.here);
    code.block(branch.body);
    return code.jump(branch.range);
  });
  for (const end of ends) end.to = code.here;
}

export function lowerOnce(statement: Once, code: Assembly): void {
  const once = code.emit({ op: "once", at: statement.range, slot: code.newSlot(), to: 0 });
  code.block(statement.body);
  once.to = code.here;
}

export function lowerEvery(statement: Every, code: Assembly): void {
  const every = code.emit({
    op: "every",
    at: statement.range,
    slot: code.newSlot(),
    every: lowerExpression(statement.every, code),
    to: 0,
  });
  code.block(statement.body);
  every.to = code.here;
}

export function lowerUninterrupted({ range, body }: Uninterrupted, code: Assembly): void {
  const from = code.here;
  code.emit({ op: "uninterrupted", at: range });
  code.block(body);
  code.uninterrupted.push({ from, to: code.here });
  code.emit({ op: "interruptible", at: range });
}

export function lowerTry({ body, handlers }: Try, code: Assembly): void {
  const from = code.here;
  code.block(body);
  const caught = { from, to: code.here, handlers: {}, next: 0 };
  // Written after those inside of it, so the innermost is found first.
  code.tries.push(caught);
  caught.handlers = lowerHandlers(handlers, code);
  caught.next = code.here;
}
