import type { Range } from "../../language/index.ts";
import type { Call } from "../call.ts";
import type { Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";
import type { Code, Op, Pc, Program, QueueOp } from "../strategy/program.ts";

/** Something of a strategy that tests reach or do not. */
export interface Covered {
  what: "branch" | "outcome" | "step";
  /** In the author's words: `then`, `else`, an arm's pattern, an outcome, a time. */
  name: string;
  path: string;
  range: Range;
  times: number;
}

/** What calls went through: operations, and ways from one to the next, by code. */
export class Ways {
  private readonly counts = new Map<string, number>();

  /** `before` is the operation that led here at once; absent where the call had waited. `_at`: for those who keep more than counts. */
  see(call: Call, before: Pc | undefined, _at: Millis): void {
    this.count(`${call.code} ${call.pc}`);
    if (before !== undefined) this.count(`${call.code} ${before} ${call.pc}`);
  }

  seeRecord(record: EventRecord): void {
    if (record.type === "call.queued") this.count(`step ${record.queue} 1`);
    else if (record.type === "call.step") this.count(`step ${record.queue} ${record.step}`);
  }

  timesAt(code: number, pc: Pc): number {
    return this.counts.get(`${code} ${pc}`) ?? 0;
  }

  timesFrom(code: number, from: Pc, to: Pc): number {
    return this.counts.get(`${code} ${from} ${to}`) ?? 0;
  }

  timesOfStep(queue: string, step: number): number {
    return this.counts.get(`step ${queue} ${step}`) ?? 0;
  }

  private count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

/** Every branch, handled outcome and timeline step of a program, in the order of their places. */
export function coverageOf({ codes }: Program, ways: Ways): Covered[] {
  return codes
    .flatMap((code, index) => (code.source ? code.ops.flatMap((op, pc) => coveredOf(code, index, op, pc, ways)) : []))
    .toSorted((a, b) => (a.path === b.path ? a.range.start - b.range.start : a.path < b.path ? -1 : 1));
}

function coveredOf(code: Code, index: number, op: Op, pc: Pc, ways: Ways): Covered[] {
  const path = code.source?.path ?? "";
  // After a default route come the statements that no author wrote.
  if (pc >= code.defaultRoute && code.defaultRoute > 0 && (code.afterCall === undefined || pc < code.afterCall))
    return [];
  const branch = (name: string, to: Pc, range = op.at): Covered => ({
    what: "branch",
    name,
    path,
    range,
    times: ways.timesFrom(index, pc, to),
  });
  switch (op.op) {
    case "unless":
      return [branch("then", pc + 1), branch("else", op.to)];
    case "unlike":
      return [branch(textAt(code, op.at, "->"), pc + 1)];
    case "split":
      return op.to.map((to, nth) => branch(op.labels[nth] ?? "", to));
    case "queue":
      return [...stepsOf(op, path, ways), ...outcomesOf(code, index, op, path, ways)];
    default:
      return "handlers" in op ? outcomesOf(code, index, op, path, ways) : [];
  }
}

/** The author's own words up to `end`, on one line. */
function textAt({ source }: Code, { start, end }: Range, stop: string): string {
  const text = source?.text.slice(start, end) ?? "";
  const at = text.indexOf(stop);
  const words = (at === -1 ? text : text.slice(0, at)).replace(/\s+/g, " ").trim();
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}

function stepsOf({ plan }: QueueOp, path: string, ways: Ways): Covered[] {
  return plan.steps.map((step, nth) => ({
    what: "step",
    name: `${plan.name} step ${nth + 1}`,
    path,
    range: step.at,
    times: ways.timesOfStep(plan.name, nth + 1),
  }));
}

function outcomesOf(
  code: Code,
  index: number,
  op: Extract<Op, { handlers: unknown }>,
  path: string,
  ways: Ways,
): Covered[] {
  return Object.values(op.handlers).map((handler) => ({
    what: "outcome",
    name: textAt(code, handler.at, "{"),
    path,
    range: handler.at,
    times: ways.timesAt(index, handler.to),
  }));
}
