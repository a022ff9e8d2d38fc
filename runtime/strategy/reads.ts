import { type AnyNode, type Expr, type Target, walk } from "../../language/index.ts";
import type { Names } from "./world.ts";

/*
 * What an expression depends on, found in its text, so that it is evaluated again no oftener than it must be.
 */

/** What the value of an expression may depend on; all of them depend on the directory, which changes with the program. */
export type Read = "call" | "clock" | "people" | "queues" | "house" | "directory";

const readsOfFunctions = new Map<string, Read[]>([
  ["ready", ["people"]],
  ["staffed", ["people"]],
  ["reachable", ["people"]],
  ["busy", ["people"]],
  ["waiting", ["queues"]],
  ["longest_wait", ["clock", "queues"]],
  // Scores rise by themselves, so calls overtake one another without an event.
  ["position", ["call", "clock", "queues"]],
  ["ewt", ["clock", "people", "queues"]],
  ["asa", ["queues"]],
  ["abandon_rate", ["queues"]],
  ["service_level", ["queues"]],
  ["aht", ["people"]],
  ["occupancy", ["clock", "people"]],
  ["idle", ["clock", "people"]],
  ["active", ["clock"]],
  ["free", ["clock"]],
  ["calls", ["clock"]],
  ["site_waits", ["clock"]],
  ["next_opening", ["clock"]],
  ["closing", ["clock"]],
]);

/** Everything whose change can change what the expression gives. */
export function readsOf(expr: Expr, names: Names): ReadonlySet<Read> {
  const reads = new Set<Read>(["directory"]);
  walk(expr, (node) => {
    for (const read of readsOfNode(node, names)) reads.add(read);
  });
  return reads;
}

function readsOfNode(node: AnyNode, names: Names): Read[] {
  switch (node.kind) {
    case "apply":
      return readsOfFunctions.get(node.name.text) ?? [];
    case "member":
      return readsOfAttribute(node.name.text);
    case "index":
      return readsOfKey(node.key);
    case "thing":
      // Counters go back to their start by the clock.
      return node.noun === "flag" ? ["house"] : node.noun === "counter" ? ["house", "clock"] : [];
    case "variable":
      if (names.slotOf(node.name) === undefined && names.calendarCalled(node.name)) return ["clock"];
      return isOfCall(node.name, names) ? ["call"] : [];
    default:
      return [];
  }
}

/** A key that is only known later may be any attribute of an agent. */
function readsOfKey(key: Expr): Read[] {
  const [name] = key.kind === "text" && key.parts.length === 1 ? key.parts : [];
  return typeof name === "string" ? readsOfAttribute(name) : ["people"];
}

/** Attributes that change by themselves. A field of the same name is only looked at too often. */
function readsOfAttribute(name: string): Read[] {
  return name === "waited" ? ["clock"] : name === "state" || name === "device" ? ["people"] : [];
}

/** Whether a target is the same for every call at every time: nothing in it is read or computed. */
export function isConstant(target: Target, names: Names): boolean {
  let constant = true;
  walk(target, (node) => {
    constant &&= !isComputed(node, names);
    return constant;
  });
  return constant;
}

function isComputed(node: AnyNode, names: Names): boolean {
  if (node.kind === "variable") return isOfCall(node.name, names);
  if (node.kind === "thing") return node.of === undefined && node.name.kind !== "name";
  // `language(en)` is the name of a skill, and as constant as the word in it.
  if (node.kind === "apply") return node.name.text !== "language" && node.name.text !== "skill";
  return node.kind === "member" || node.kind === "index";
}

/** Whether a word names the call or a variable. */
function isOfCall(name: string, names: Names): boolean {
  return name === "call" || name === "this" || names.slotOf(name) !== undefined;
}
