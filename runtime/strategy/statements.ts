import type {
  Block,
  Expr,
  Handler,
  If,
  Match,
  Once,
  Pattern,
  Range,
  Ring,
  Statement,
  ValueForm,
  Voicemail,
} from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import type { NoAnswer } from "../call.ts";
import { Defect } from "../defect.ts";
import { constant, lowerExpression, lowerPattern } from "./expressions.ts";
import type { Handlers, Pc } from "./program.ts";
import { lowerQueue } from "./timeline.ts";
import type { Evaluate } from "./world.ts";

/** Writes the operations of a block; its variables end with it. */
export function lowerBlock(block: Block, code: Assembly): void {
  code.within(() => {
    for (const statement of block.statements) lowerStatement(statement, code);
  });
}

function lowerStatement(statement: Statement, code: Assembly): void {
  const lower = (expr: Expr | ValueForm): Evaluate => {
    if (expr.kind === "collectValue" || expr.kind === "fetchValue" || expr.kind === "runValue") {
      throw new Defect(`${expr.kind} has no code`);
    }
    return lowerExpression(expr, code);
  };
  const at = statement.range;
  switch (statement.kind) {
    case "let": {
      const value = lower(statement.value);
      code.emit({ op: "let", at, slot: code.declare(statement.name.text), value });
      return;
    }
    case "set":
      code.emit({ op: "set", at, path: statement.path.map((name) => name.text), value: lower(statement.value) });
      return;
    case "if":
      return lowerIf(statement, code);
    case "match":
      return lowerMatch(statement, code);
    case "answer":
      code.emit({ op: "answer", at, withRingback: statement.withRingback });
      return;
    case "play":
      code.emit({
        op: "play",
        at,
        prompt: lower(statement.prompt),
        otherwise: statement.otherwise && lower(statement.otherwise),
      });
      return;
    case "music":
      code.emit({ op: "music", at, name: lower(statement.name), length: statement.for && lower(statement.for) });
      return;
    case "ringback":
    case "silence":
    case "leave":
    case "hangup":
      code.emit({ op: statement.kind, at });
      return;
    case "wait":
      code.emit({ op: "wait", at, length: lower(statement.for) });
      return;
    case "queue":
      return lowerQueue(statement, code, { lowerBlock, lowerHandlers });
    case "ring":
      return lowerRing(statement, code);
    case "voicemail":
      return lowerVoicemail(statement, code);
    case "reject":
      code.emit({ op: "reject", at, code: lower(statement.code) });
      return;
    case "note":
      code.emit({ op: "note", at, text: lower(statement.text) });
      return;
    case "once":
      return lowerOnce(statement, code);
    case "hole":
      throw new Defect("a checked program with a hole");
    default:
      throw new Defect(`${statement.kind} has no code`);
  }
}

function lowerIf(statement: If, code: Assembly): void {
  const test = code.emit({
    op: "unless",
    at: statement.condition.range,
    condition: lowerExpression(statement.condition, code),
    to: 0,
  });
  lowerBlock(statement.then, code);
  if (statement.else === undefined) {
    test.to = code.here;
    return;
  }
  const end = code.jump(statement.range);
  test.to = code.here;
  if (statement.else.kind === "if") lowerIf(statement.else, code);
  else lowerBlock(statement.else, code);
  end.to = code.here;
}

function lowerMatch(statement: Match, code: Assembly): void {
  const slot = code.newSlot();
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  code.emit({ op: "let", at: statement.subject.range, slot, value: lower(statement.subject) });
  const ends = statement.arms.map((arm) => {
    const takes = arm.patterns.map((pattern) => lowerPattern(pattern, lower));
    const test = code.emit({ op: "unlike", at: arm.range, slot, takes, to: 0 });
    code.within(() => {
      for (const pattern of arm.patterns) bindPattern(pattern, code);
      lowerBlock(arm.body, code);
    });
    const end = code.jump(arm.range);
    test.to = code.here;
    return end;
  });
  if (statement.else) lowerBlock(statement.else, code);
  for (const end of ends) end.to = code.here;
}

/** Nothing that can be matched carries anything yet, so what is bound is `missing`. */
function bindPattern(pattern: Pattern, code: Assembly): void {
  if (pattern.kind !== "word" || pattern.binding === undefined) return;
  code.emit({ op: "let", at: pattern.range, slot: code.declare(pattern.binding.text), value: constant(null) });
}

function lowerOnce(statement: Once, code: Assembly): void {
  const once = code.emit({ op: "once", at: statement.range, slot: code.newSlot(), to: 0 });
  lowerBlock(statement.body, code);
  once.to = code.here;
}

function lowerRing(statement: Ring, code: Assembly): void {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  const ring = {
    target: lower(statement.target),
    length: lower(statement.for),
    at: statement.at && lower(statement.at),
    noAnswerMakes: statement.noAnswerMakes && noAnswer(statement.noAnswerMakes),
    showing: statement.showing && lower(statement.showing),
  };
  const op = code.emit({ op: "ring", at: statement.range, ring, handlers: {}, next: 0 });
  op.handlers = lowerHandlers(statement.handlers, code);
  op.next = code.here;
}

function noAnswer(makes: NonNullable<Ring["noAnswerMakes"]>): NoAnswer {
  const text = makes.reason?.parts.filter((part) => typeof part === "string").join("");
  const state = makes.state.text;
  return { state: state === "ready" || state === "offline" ? state : "not_ready", reason: text ?? "no_answer" };
}

function lowerVoicemail(statement: Voicemail, code: Assembly): void {
  const mailbox = lowerExpression(statement.mailbox, code);
  const subject = statement.subject && lowerExpression(statement.subject, code);
  const op = code.emit({ op: "voicemail", at: statement.range, mailbox, subject, handlers: {}, next: 0 });
  op.handlers = lowerHandlers(statement.handlers, code);
  op.next = code.here;
}

/** The bodies of handlers, one after another, each ending behind them all. */
export function lowerHandlers(handlers: Handler[], code: Assembly): Handlers {
  const table: Handlers = {};
  const over = code.jump(rangeOf(handlers));
  const ends = [over];
  for (const handler of handlers) {
    code.within(() => {
      const outcome = code.declare("outcome");
      const to: Pc = code.here;
      for (const pattern of handler.outcomes) {
        table[pattern.name.text] ??= { to, outcome, binding: pattern.binding && code.declare(pattern.binding.text) };
      }
      lowerBlock(handler.body, code);
      ends.push(code.jump(handler.range));
    });
  }
  for (const end of ends) end.to = code.here;
  return table;
}

function rangeOf(handlers: Handler[]): Range {
  return handlers[0]?.range ?? { start: 0, end: 0 };
}
