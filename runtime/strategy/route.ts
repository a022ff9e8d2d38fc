import type { Destination, Directory, Expr, Name, Overflow, Range, Text } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { makeChooser } from "../queue/choosers.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerBelonging } from "../queue/targets.ts";
import { limits } from "../limits.ts";
import type { DialOp, EnterOp, Goal, Plan, RingOp } from "./program.ts";
import { isThing } from "./things.ts";
import { duration, thing, type Value } from "../values.ts";
import { constant, type Evaluate, type Scope } from "./world.ts";

/*
 * Default routes are code like any other, only that nobody wrote it: a wait in the group's queue, a deposit, a ringing number, an entry of ours.
 * Whatever ends without the caller being served falls through to what stands behind it.
 */

/** A route to what the author named: a group waits in its queue, a text is a phone. */
export function writeRoute(to: Expr, directory: Directory, code: Assembly): void {
  const target = lowerExpression(to, code);
  if (to.kind === "thing" && to.noun === "group") {
    writeGroupQueue(fixedText(to.name), target, to.range, directory, code);
  } else if (to.kind === "thing" && to.noun === "mailbox") {
    writeDeposit(target, to.range, code);
  } else if (to.kind === "thing" && to.noun === "agent") {
    writeAgent(fixedText(to.name), to.range, code);
  } else {
    writeNumber(target, to.range, code);
  }
}

/** A route of the directory. */
export function writeDestination(to: Destination, directory: Directory, code: Assembly, at: Range = nowhere): void {
  switch (to.kind) {
    case "group":
      return void writeGroupQueue(to.name, constant(thing("group", to.name)), at, directory, code);
    case "mailbox":
      return void writeDeposit(constant(thing("mailbox", to.name)), at, code);
    case "agent":
      return writeAgent(to.name, at, code);
    default:
      writeNumber(constant(to.number), at, code);
  }
}

const nowhere: Range = { start: 0, end: 0 };

/** Where the directory sends a call that the agent in this slot let ring, in its order; what does not serve is passed over. */
export function writeOverflow(list: readonly Overflow[], slot: number, directory: Directory, code: Assembly): void {
  const first = list.findIndex(({ kind }) => kind !== "recall");
  for (const [index, to] of list.entries()) {
    if (to.kind === "release") code.emit({ op: "hangup", at: nowhere });
    else if (to.kind === "recall") code.emit({ op: "recall", at: nowhere });
    else if (to.kind === "stay") {
      // Where that comes first it has rung so long already.
      if (index !== first) writeRing((scope) => scope.locals[slot] ?? null, nowhere, code).ring.length = longest;
    }
    // Those further on are not asked for theirs, so it comes to an end.
    else if (to.kind === "agent") writeRing(constant(thing("agent", to.name)), nowhere, code);
    else writeDestination(to, directory, code);
  }
}

const longest = constant(duration(limits.ringMs));

/** Rings the agent or number in this slot. Who asked for the call hears what has become of it, where there is such a prompt, and it ends. */
export function writeDesk(slot: number, code: Assembly): void {
  const target: Evaluate = (scope) => scope.locals[slot] ?? null;
  const [outcome, sip] = [code.newSlot(), code.newSlot()];
  const outside = code.emit({
    op: "unless",
    at: nowhere,
    condition: (scope) => isThing(target(scope), "agent"),
    to: 0,
  });
  const ring = writeRing(target, nowhere, code);
  ring.ring.overflows = true;
  const inside = code.jump(nowhere);
  outside.to = code.here;
  const entering = writeEnter(target, nowhere, code);
  const dial = code.emit<DialOp>({ op: "dial", at: nowhere, dial: { number: target }, handlers: {}, next: 0 });
  dial.next = code.here;
  inside.to = code.here;
  for (const each of undialled) {
    const handler = { at: nowhere, to: code.here, outcome, binding: sip };
    ring.handlers[each] = handler;
    dial.handlers[each] = handler;
    if (each === "busy") entering.handlers[each] = handler;
    code.emit({ op: "notReached", at: nowhere, outcome, code: sip });
    code.emit({ op: "play", at: nowhere, prompt: constant(`dial/${each}`) });
    code.emit({ op: "hangup", at: nowhere });
  }
}

/** Rings the agent or number in this slot, or takes a message for the mailbox; what serves nobody comes back. */
export function writeHandOn(slot: number, code: Assembly): void {
  const target: Evaluate = (scope) => scope.locals[slot] ?? null;
  const unless = (noun: string) =>
    code.emit({ op: "unless", at: nowhere, condition: (scope) => isThing(target(scope), noun), to: 0 });
  const noAgent = unless("agent");
  const ring = writeRing(target, nowhere, code);
  ring.ring.overflows = true;
  const rung = code.jump(nowhere);
  noAgent.to = code.here;
  const noMailbox = unless("mailbox");
  const deposit = writeDeposit(target, nowhere, code);
  const deposited = code.jump(nowhere);
  noMailbox.to = code.here;
  const dial = code.emit<DialOp>({ op: "dial", at: nowhere, dial: { number: target }, handlers: {}, next: 0 });
  dial.next = code.here;
  rung.to = code.here;
  deposited.to = code.here;
  writeBack([ring, deposit, dial], code);
}

/** After what was `tried` in vain: tells so, and rings the agent by whom the call was handed on, if that was one. */
export function writeBack(tried: readonly Goal[], code: Assembly): void {
  const [outcome, sip] = [code.newSlot(), code.newSlot()];
  const handler = { at: nowhere, to: code.here, outcome, binding: sip };
  for (const op of tried) for (const each of unserved) op.handlers[each] = handler;
  code.emit({ op: "notHandedOn", at: nowhere, outcome, code: sip });
  const by = ({ call }: Scope): string | undefined => call.handedOn?.by;
  const nobody = code.emit({ op: "unless", at: nowhere, condition: (scope) => by(scope) !== undefined, to: 0 });
  writeRing((scope) => thing("agent", by(scope) ?? ""), nowhere, code);
  nobody.to = code.here;
}

const undialled = ["busy", "no_answer", "rejected", "unreachable", "failed"] as const;
const unserved = [...undialled, "nobody", "give_up", "empty"] as const;

/** An agent: where he lets it ring, the directory says what follows. */
function writeAgent(name: string, at: Range, code: Assembly): void {
  writeRing(constant(thing("agent", name)), at, code).ring.overflows = true;
}

/** Waits as long as the directory lets it and somebody of the group can be reached. */
export function writeGroupQueue(name: string, group: Evaluate, at: Range, directory: Directory, code: Assembly): Goal {
  const plan: Plan = {
    name,
    chooser: makeChooser([]),
    steps: [{ at: { start: 0, end: 0 }, atMs: 0, verb: "start", people: lowerBelonging(group), outside: [] }],
    giveUp: constant(duration(directory.defaults.defaultRouteMs)),
  };
  return writeWait(plan, at, directory, code);
}

/** Waits by these rules with the music of the site, else ringback. */
export function writeWait(plan: Plan, at: Range, directory: Directory, code: Assembly): Goal {
  code.emit({ op: "answer", at, withRingback: false });
  const { music } = directory.prompts;
  code.emit(music === undefined ? { op: "ringback", at } : { op: "music", at, name: constant(music) });
  const op = code.emit({ op: "queue", at, plan, onces: [], handlers: {}, next: 0 });
  op.next = code.here;
  return op;
}

function writeDeposit(mailbox: Evaluate, at: Range, code: Assembly): Goal {
  const op = code.emit({ op: "voicemail", at, mailbox, handlers: {}, next: 0 });
  op.next = code.here;
  return op;
}

/** Into the strategy whose entry it is, else rung: whose extension it is, else outside. One that is full serves nobody, and is not rung around by a trunk. */
function writeNumber(number: Evaluate, at: Range, code: Assembly): void {
  const entering = writeEnter(phone(number), at, code);
  writeRing(number, at, code).ring.overflows = true;
  entering.handlers["busy"] = { at, to: code.here, outcome: code.newSlot() };
}

function writeEnter(target: Evaluate, at: Range, code: Assembly): EnterOp {
  const op = code.emit<EnterOp>({ op: "enter", at, target, handlers: {}, next: 0 });
  op.next = code.here;
  return op;
}

function writeRing(target: Evaluate, at: Range, code: Assembly): RingOp {
  const op = code.emit<RingOp>({ op: "ring", at, ring: { all: false, target: phone(target) }, handlers: {}, next: 0 });
  op.next = code.here;
  return op;
}

/** The checker takes only names that are not computed. */
function fixedText(name: Name | Text): string {
  return name.kind === "name" ? name.text : name.parts.filter((part) => typeof part === "string").join("");
}

function phone(target: Evaluate): Evaluate {
  return (scope): Value => {
    const value = target(scope);
    return typeof value === "string" ? thing("number", value) : value;
  };
}
