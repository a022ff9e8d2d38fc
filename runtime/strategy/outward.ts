import { lowerAlong } from "./along.ts";
import type { Assembly } from "./assembly.ts";
import { lowerAll, lowerExpression } from "./expressions.ts";
import { handled, here, lowerHandlers } from "./handlers.ts";
import type { Ask, Callback, Dial, Expr, Preview, Refer, Transfer } from "../../language/index.ts";
import { lowerAllPeople } from "./people.ts";
import type { CallbackOp } from "./program.ts";
import { makeChooser } from "../queue/choosers.ts";
import type { Evaluate } from "./world.ts";

/*
 * Attempts that leave the house, or its own phones: previews, callbacks, bots, trunks, other networks.
 */

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

export function lowerTransfer(statement: Transfer | Refer, code: Assembly): void {
  const target = lowerExpression(statement.to, code);
  const along = lowerAlong(statement, code);
  const op = code.emit({ op: statement.kind, at: statement.range, target, along, handlers: {}, next: 0 });
  handled(op, statement.handlers, code);
}
