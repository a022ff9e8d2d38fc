import type { Assembly } from "./assembly.ts";
import type { NoAnswer } from "../call.ts";
import { lowerAll, lowerExpression, plain } from "./expressions.ts";
import { handled } from "./handlers.ts";
import type {
  Collecting,
  Expr,
  Fetch,
  Handler,
  Range,
  Requesting,
  Ring,
  Run,
  RunValue,
  Send,
  ValueForm,
  Voicemail,
} from "../../language/index.ts";
import type { Collect, Goal, Request } from "./program.ts";
import { lowerPath } from "./requests.ts";
import type { Evaluate } from "./world.ts";

/*
 * Everything that is tried: an operation, then the bodies of its handlers. A value form is such an attempt, whose one handler puts
 * what it brought into a slot.
 */

export function lowerRing(statement: Ring, code: Assembly): void {
  const { confirmed } = statement;
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  const ring = {
    all: statement.all,
    target: lower(statement.target),
    length: lower(statement.for),
    at: statement.at && lower(statement.at),
    noAnswerMakes: statement.noAnswerMakes && noAnswer(statement.noAnswerMakes),
    confirmed: confirmed && { key: plain(confirmed.by), prompt: lower(confirmed.prompt) },
    showing: statement.showing && lower(statement.showing),
  };
  handled(code.emit({ op: "ring", at: statement.range, ring, handlers: {}, next: 0 }), statement.handlers, code);
}

function noAnswer(makes: NonNullable<Ring["noAnswerMakes"]>): NoAnswer {
  const state = makes.state.text;
  return {
    state: state === "ready" || state === "offline" ? state : "not_ready",
    reason: makes.reason ? plain(makes.reason) : "no_answer",
  };
}

export function lowerVoicemail(statement: Voicemail, code: Assembly): void {
  const mailbox = lowerExpression(statement.mailbox, code);
  const subject = statement.subject && lowerExpression(statement.subject, code);
  const op = code.emit({ op: "voicemail", at: statement.range, mailbox, subject, handlers: {}, next: 0 });
  handled(op, statement.handlers, code);
}

export function lowerCollect(statement: Collecting & { handlers: Handler[] }, code: Assembly): void {
  const collect = collectOf(statement, code);
  handled(code.emit({ op: "collect", at: statement.range, collect, handlers: {}, next: 0 }), statement.handlers, code);
}

function collectOf(collecting: Collecting, code: Assembly, into?: string[]): Collect {
  const lower = (expr: Expr | undefined): Evaluate | undefined => expr && lowerExpression(expr, code);
  const { tries } = collecting;
  return {
    atLeast: collecting.atLeast.value,
    atMost: collecting.atMost.value,
    prompt: lower(collecting.prompt),
    within: lower(collecting.within),
    endedBy: collecting.endedBy && plain(collecting.endedBy),
    tries: tries && { times: lowerExpression(tries.times, code), prompt: lower(tries.prompt) },
    into,
  };
}

export function lowerRequest(statement: Fetch | Send, code: Assembly): void {
  const request = requestOf(statement, code);
  handled(code.emit({ op: "request", at: statement.range, request, handlers: {}, next: 0 }), statement.handlers, code);
}

function requestOf({ method, host, path, with: sent, within }: Requesting, code: Assembly): Request {
  return {
    method,
    host: host.text,
    path: lowerPath(path, code),
    with: sent && lowerExpression(sent, code),
    within: within && lowerExpression(within, code),
  };
}

export function lowerRun({ range, sub, args }: Run, code: Assembly): void {
  const op = code.emit({ op: "run", at: range, code: code.subCalled(sub.text), args: lowerAll(args, code), late: 0 });
  op.late = code.here;
}

/** Puts a value into a slot: at once, or by trying something. `path` is the part of the call that it is meant for. */
export function lowerGiven(value: Expr | ValueForm, slot: number, code: Assembly, path?: string[]): void {
  switch (value.kind) {
    case "runValue":
      return lowerRunValue(value, slot, code);
    case "collectValue": {
      const collect = collectOf(value, code, path);
      return orElse(
        code.emit({ op: "collect", at: value.range, collect, handlers: {}, next: 0 }),
        "digits",
        value,
        slot,
        code,
      );
    }
    case "fetchValue": {
      const request = requestOf(value, code);
      return orElse(
        code.emit({ op: "request", at: value.range, request, handlers: {}, next: 0 }),
        "ok",
        value,
        slot,
        code,
      );
    }
    default:
      code.emit({ op: "let", at: value.range, slot, value: lowerExpression(value, code) });
  }
}

function lowerRunValue(value: RunValue, into: number, code: Assembly): void {
  const within = value.within && lowerExpression(value.within, code);
  const args = lowerAll(value.args, code);
  const op = code.emit({
    op: "run",
    at: value.range,
    code: code.subCalled(value.sub.text),
    args,
    into,
    within,
    late: 0,
  });
  if (value.otherwise) {
    const returned = code.jump(value.range);
    op.late = code.here;
    code.emit({ op: "let", at: value.otherwise.range, slot: into, value: lowerExpression(value.otherwise, code) });
    returned.to = code.here;
  } else op.late = code.here;
}

/** What the outcome brings goes into the slot; after any other, the value of `else`. */
function orElse(
  op: Goal,
  outcome: string,
  { range, otherwise }: { range: Range; otherwise?: Expr },
  slot: number,
  code: Assembly,
): void {
  op.next = code.here;
  if (otherwise) code.emit({ op: "let", at: otherwise.range, slot, value: lowerExpression(otherwise, code) });
  else code.emit({ op: "let", at: range, slot, value: () => null });
  op.handlers = { [outcome]: { at: range, to: code.here, outcome: code.newSlot(), binding: slot } };
}
