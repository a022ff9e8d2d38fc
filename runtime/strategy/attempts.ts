import type {
  Ask,
  Callback,
  Collecting,
  Dial,
  Expr,
  Fetch,
  Handler,
  Preview,
  Range,
  Refer,
  Requesting,
  Ring,
  Run,
  RunValue,
  Send,
  Transfer,
  ValueForm,
  Voicemail,
} from "../../language/index.ts";
import { lowerAlong } from "./along.ts";
import type { Assembly } from "./assembly.ts";
import { lowerAllPeople } from "./people.ts";
import { makeChooser } from "../queue/choosers.ts";
import type { NoAnswer } from "../call.ts";
import { lowerExpression, plain } from "./expressions.ts";
import type { CallbackOp, Collect, Goal, Handlers, Pc, Request } from "./program.ts";
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

export function lowerDial(statement: Dial, code: Assembly): void {
  const lower = (expr: Expr | undefined): Evaluate | undefined => expr && lowerExpression(expr, code);
  const dial = {
    number: lowerExpression(statement.number, code),
    via: statement.via.flatMap((trunk) => (trunk.kind === "hole" ? [] : [lowerExpression(trunk, code)])),
    order: statement.order?.is,
    ringbackWithin: lower(statement.ringbackWithin),
    answerWithin: lower(statement.answerWithin),
    stopOn: statement.stopOn && lowerAll(statement.stopOn, code),
    from: lower(statement.from),
    along: lowerAlong(statement, code),
  };
  handled(code.emit({ op: "dial", at: statement.range, dial, handlers: {}, next: 0 }), statement.handlers, code);
}

export function lowerPreview(statement: Preview, code: Assembly): void {
  const lower = (expr: Expr | undefined): Evaluate | undefined => expr && lowerExpression(expr, code);
  const { mode, top, showing, sound } = statement;
  const preview = {
    people: lowerAllPeople(statement.targets, code),
    top: lower(top),
    atMost: lower(mode?.atMost),
    length: lowerExpression(statement.for, code),
    mode: mode?.is ?? "all at once",
    chooser: makeChooser((statement.choose ?? []).map((each) => ({ name: each.name.text, skill: each.skill?.text }))),
    showing: lower(showing),
    sound: lower(sound),
  };
  const to = code.here;
  const op = code.emit({ op: "preview", at: statement.range, preview, over: 0, handlers: {}, next: 0 });
  op.handlers = lowerHandlers(statement.handlers, code, here, ({ outcomes, range }) => {
    if (!outcomes.some(({ name }) => name.text === "accepted")) return;
    code.emit({ op: "previewOn", at: range, to });
    op.over = code.here;
  });
  op.next = code.here;
}

export function lowerCallback(statement: Callback, code: Assembly): void {
  const lower = (expr: Expr | undefined): Evaluate | undefined => expr && lowerExpression(expr, code);
  const { expires, attempts, agentFirst, announce, afterCallback } = statement;
  const callback = {
    to: lowerExpression(statement.to, code),
    expiresAfter: lower(expires?.after),
    expiresAt: lower(expires?.at),
    attempts: lower(attempts?.times),
    every: lower(attempts?.every),
    agentFirst,
    announce: lower(announce),
  };
  const op = code.emit<CallbackOp>({ op: "callback", at: statement.range, callback, handlers: {}, next: 0 });
  if (afterCallback) {
    const over = code.jump(afterCallback.range);
    op.after = code.here;
    code.block(afterCallback);
    code.emit({ op: "finished", at: afterCallback.range });
    over.to = code.here;
  }
  // The place is the callback's now: there is nothing left to wait for here.
  op.handlers = lowerHandlers(statement.handlers, code, here, ({ outcomes, range }) => {
    if (outcomes.some(({ name }) => name.text === "accepted")) code.emit({ op: "leave", at: range });
  });
  if (!Object.hasOwn(op.handlers, "accepted")) {
    const others = code.jump(statement.range);
    op.handlers.accepted = { at: statement.range, to: code.here, outcome: code.newSlot() };
    code.emit({ op: "leave", at: statement.range });
    others.to = code.here;
  }
  op.next = code.here;
}

export function lowerAsk(statement: Ask, code: Assembly): void {
  const lower = (expr: Expr | undefined): Evaluate | undefined => expr && lowerExpression(expr, code);
  const { bot, over, giveUp } = statement;
  const op = code.emit({
    op: "ask",
    at: statement.range,
    bot: lowerExpression(bot, code),
    over: lower(over),
    giveUp: lower(giveUp?.after),
    along: lowerAlong(statement, code),
    handlers: {},
    next: 0,
  });
  handled(op, statement.handlers, code);
}

export function lowerTransfer(statement: Transfer | Refer, code: Assembly): void {
  const target = lowerExpression(statement.to, code);
  const along = lowerAlong(statement, code);
  const op = code.emit({ op: statement.kind, at: statement.range, target, along, handlers: {}, next: 0 });
  handled(op, statement.handlers, code);
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

function lowerAll(exprs: readonly Expr[], code: Assembly): Evaluate[] {
  return exprs.map((expr) => lowerExpression(expr, code));
}

function handled(op: Goal, handlers: readonly Handler[], code: Assembly): void {
  op.handlers = lowerHandlers(handlers, code);
  op.next = code.here;
}

/** How a line is written: as a part of the text around it, or as a part of another file. */
export type Where = <R>(line: object, write: () => R) => R;

const here: Where = (_line, write) => write();

/** The bodies of handlers, one after another, each ending behind them all. */
export function lowerHandlers(
  handlers: readonly Handler[],
  code: Assembly,
  where: Where = here,
  finish: (handler: Handler) => void = () => {},
): Handlers {
  const table: Handlers = {};
  const over = code.jump(handlers[0]?.range ?? { start: 0, end: 0 });
  const ends = [over];
  const lower = (handler: Handler): void => {
    const outcome = code.declare("outcome");
    const to: Pc = code.here;
    for (const pattern of handler.outcomes) {
      table[pattern.name.text] ??= {
        at: pattern.range,
        to,
        outcome,
        binding: pattern.binding && code.declare(pattern.binding.text),
      };
    }
    code.block(handler.body);
    finish(handler);
    ends.push(code.jump(handler.range));
  };
  for (const handler of handlers) where(handler, () => code.within(() => lower(handler)));
  for (const end of ends) end.to = code.here;
  return table;
}
