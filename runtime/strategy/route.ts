import type { Destination, Expr, Name, Range, Text } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { makeChooser } from "../queue/choosers.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerBelonging } from "../queue/targets.ts";
import { thing, type Value } from "../values.ts";
import { constant, type Evaluate } from "./world.ts";

/*
 * Default routes are code like any other, only that nobody wrote it: a wait in the group's queue, a deposit, a ringing number.
 * Whatever ends without the caller being served falls through to what stands behind it.
 */

/** A route to what the author named: a group waits in its queue, a text is a phone. */
export function writeRoute(to: Expr, code: Assembly): void {
  const target = lowerExpression(to, code);
  if (to.kind === "thing" && to.noun === "group") {
    writeGroupQueue(fixedText(to.name), target, to.range, code);
  } else if (to.kind === "thing" && to.noun === "mailbox") {
    writeDeposit(target, to.range, code);
  } else {
    writeRing(target, to.range, code);
  }
}

/** A route of the directory. */
export function writeDestination(to: Destination, code: Assembly): void {
  const nowhere = { start: 0, end: 0 };
  switch (to.kind) {
    case "group":
      return writeGroupQueue(to.name, constant(thing("group", to.name)), nowhere, code);
    case "mailbox":
      return writeDeposit(constant(thing("mailbox", to.name)), nowhere, code);
    case "agent":
      return writeRing(constant(thing("agent", to.name)), nowhere, code);
    default:
      return writeRing(constant(to.number), nowhere, code);
  }
}

/** Waits without an end of its own, with ringback, as long as somebody of the group can be reached. */
function writeGroupQueue(name: string, group: Evaluate, at: Range, code: Assembly): void {
  code.emit({ op: "answer", at, withRingback: false });
  code.emit({ op: "ringback", at });
  const op = code.emit({
    op: "queue",
    at,
    plan: {
      name,
      chooser: makeChooser([]),
      steps: [{ at: { start: 0, end: 0 }, atMs: 0, verb: "start", people: lowerBelonging(group), outside: [] }],
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

function writeRing(target: Evaluate, at: Range, code: Assembly): void {
  const op = code.emit({ op: "ring", at, ring: { target: phone(target) }, handlers: {}, next: 0 });
  op.next = code.here;
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
