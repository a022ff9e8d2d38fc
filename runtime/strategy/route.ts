import {
  type Destination,
  type Directory,
  type Expr,
  type Name,
  noAnswerSettings,
  type Overflow,
  type Range,
  type Text,
} from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { makeChooser } from "../queue/choosers.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerBelonging } from "../queue/targets.ts";
import type { Millis } from "../events.ts";
import { limits } from "../limits.ts";
import type { RingOp } from "./program.ts";
import { duration, thing, type Value } from "../values.ts";
import { constant, type Evaluate } from "./world.ts";

/*
 * Default routes are code like any other, only that nobody wrote it: a wait in the group's queue, a deposit, a ringing number.
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
    writeAgent(fixedText(to.name), to.range, directory, code);
  } else {
    writeRing(target, to.range, code);
  }
}

/** A route of the directory. */
export function writeDestination(to: Destination, directory: Directory, code: Assembly, at: Range = nowhere): void {
  switch (to.kind) {
    case "group":
      return writeGroupQueue(to.name, constant(thing("group", to.name)), at, directory, code);
    case "mailbox":
      return writeDeposit(constant(thing("mailbox", to.name)), at, code);
    case "agent":
      return writeAgent(to.name, at, directory, code);
    default:
      writeRing(constant(to.number), at, code);
  }
}

const nowhere: Range = { start: 0, end: 0 };

/** An agent, and, when he lets it ring, where the directory sends calls that he does not answer. */
function writeAgent(name: string, at: Range, directory: Directory, code: Assembly): void {
  const agent = constant(thing("agent", name));
  const [first, ...others] = noAnswerSettings(directory, { agent: name }).overflow.value.filter(isSomewhere);
  const ring = writeRing(agent, at, code, first?.kind === "stay" ? limits.ringMs : undefined);
  if (!first || first.kind === "stay") return;
  const past = code.jump(at);
  ring.handlers.no_answer = { at, to: code.here, outcome: code.newSlot() };
  for (const to of [first, ...others]) {
    if (to.kind === "release") code.emit({ op: "hangup", at });
    else if (to.kind === "stay") writeRing(agent, at, code, limits.ringMs);
    // Those further on are not asked for theirs, so it comes to an end.
    else if (to.kind === "agent") writeRing(constant(thing("agent", to.name)), at, code);
    else writeDestination(to, directory, code, at);
  }
  past.to = code.here;
}

/** Who gave the call out could have it back; a default route was given out by nobody. */
function isSomewhere(to: Overflow): to is Exclude<Overflow, { kind: "recall" }> {
  return to.kind !== "recall";
}

/** Waits, with ringback, as long as the directory lets it and somebody of the group can be reached. */
function writeGroupQueue(name: string, group: Evaluate, at: Range, directory: Directory, code: Assembly): void {
  code.emit({ op: "answer", at, withRingback: false });
  code.emit({ op: "ringback", at });
  const op = code.emit({
    op: "queue",
    at,
    plan: {
      name,
      chooser: makeChooser([]),
      steps: [{ at: { start: 0, end: 0 }, atMs: 0, verb: "start", people: lowerBelonging(group), outside: [] }],
      giveUp: constant(duration(directory.defaults.defaultRouteMs)),
    },
    onces: [],
    handlers: {},
    next: 0,
  });
  op.next = code.here;
}

function writeDeposit(mailbox: Evaluate, at: Range, code: Assembly): void {
  const op = code.emit({ op: "voicemail", at, mailbox, handlers: {}, next: 0 });
  op.next = code.here;
}

function writeRing(target: Evaluate, at: Range, code: Assembly, ringMs?: Millis): RingOp {
  const length = ringMs === undefined ? undefined : constant(duration(ringMs));
  const op: RingOp = { op: "ring", at, ring: { all: false, target: phone(target), length }, handlers: {}, next: 0 };
  code.emit(op);
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
