import type { Block, Expr, Let, Return, SetData, Statement } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { lowerCollect, lowerGiven, lowerRequest, lowerRing, lowerRun, lowerVoicemail } from "./attempts.ts";
import { lowerAsk, lowerCallback, lowerDial, lowerPreview, lowerTransfer } from "./outward.ts";
import {
  lowerEvery,
  lowerIf,
  lowerLoop,
  lowerMatch,
  lowerOnce,
  lowerSplit,
  lowerTry,
  lowerUninterrupted,
} from "./branching.ts";
import { Defect, unreachable } from "../defect.ts";
import { lowerExpression } from "./expressions.ts";
import type { Said } from "./program.ts";
import { lowerQueue } from "./timeline.ts";
import type { Evaluate } from "./world.ts";

/** Writes the operations of a block; its variables end with it. */
export function lowerBlock(block: Block, code: Assembly): void {
  code.within(() => {
    for (const statement of block.statements) lowerStatement(statement, code);
  });
}

function lowerStatement(statement: Statement, code: Assembly): void {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  const at = statement.range;
  switch (statement.kind) {
    case "let":
      return lowerLet(statement, code);
    case "set":
      return lowerSet(statement, code);
    case "if":
      return lowerIf(statement, code);
    case "match":
      return lowerMatch(statement, code);
    case "loop":
      return lowerLoop(statement, code);
    case "stopLoop":
      return code.stopLoop(at);
    case "split":
      return lowerSplit(statement, code);
    case "once":
      return lowerOnce(statement, code);
    case "every":
      return lowerEvery(statement, code);
    case "uninterrupted":
      return lowerUninterrupted(statement, code);
    case "try":
      return lowerTry(statement, code);
    case "run":
      return lowerRun(statement, code);
    case "return":
      return lowerReturn(statement, code);
    case "answer":
      code.emit({ op: "answer", at, withRingback: statement.withRingback });
      return;
    case "play": {
      const { prompt, otherwise } = statement;
      code.emit({ op: "play", at, prompt: lower(prompt), otherwise: otherwise && lower(otherwise) });
      return;
    }
    case "say":
      code.emit({ op: "say", at, values: statement.values.map((value) => lowerSaid(value, code)) });
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
      return lowerQueue(statement, code);
    case "ring":
      return lowerRing(statement, code);
    case "voicemail":
      return lowerVoicemail(statement, code);
    case "collect":
      return lowerCollect(statement, code);
    case "preview":
      return lowerPreview(statement, code);
    case "callback":
      return lowerCallback(statement, code);
    case "ask":
      return lowerAsk(statement, code);
    case "dial":
      return lowerDial(statement, code);
    case "transfer":
    case "refer":
      return lowerTransfer(statement, code);
    case "fetch":
    case "send":
      return lowerRequest(statement, code);
    case "reject":
      code.emit({ op: "reject", at, code: lower(statement.code) });
      return;
    case "redirect":
      code.emit({ op: "redirect", at, to: lower(statement.to) });
      return;
    case "note":
      code.emit({ op: "note", at, text: lower(statement.text) });
      return;
    case "count":
      code.emit({ op: "count", at, counter: statement.counter.text });
      return;
    case "recordCall":
      code.emit({ op: "record", at, what: statement.what });
      return;
    case "hole":
      throw new Defect("a checked program with a hole");
    default:
      return unreachable(statement);
  }
}

function lowerSaid(value: Expr, code: Assembly): Said {
  return { value: lowerExpression(value, code), isExpected: value.kind === "apply" && value.name.text === "ewt" };
}

/** The name is known below, not in its own value. */
function lowerLet({ name, value }: Let, code: Assembly): void {
  const slot = code.newSlot();
  lowerGiven(value, slot, code);
  code.call(name.text, slot);
}

function lowerSet({ range: at, path: names, value }: SetData, code: Assembly): void {
  const path = names.map((name) => name.text);
  code.emit({ op: "set", at, path, value: valueOf(value, code, path) });
}

function lowerReturn({ range: at, value }: Return, code: Assembly): void {
  code.emit({ op: "return", at, value: value && valueOf(value, code) });
}

/** As an expression, after what it takes to have it. */
function valueOf(value: NonNullable<Return["value"]>, code: Assembly, path?: string[]): Evaluate {
  if (value.kind !== "collectValue" && value.kind !== "fetchValue" && value.kind !== "runValue") {
    return lowerExpression(value, code);
  }
  const slot = code.newSlot();
  lowerGiven(value, slot, code, path);
  return (scope) => scope.locals[slot] ?? null;
}
