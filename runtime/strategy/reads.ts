import { type AnyNode, type Expr, type Target, walk } from "../../language/index.ts";
import type { Names } from "./world.ts";

/*
 * What an expression depends on, found in its text, so that it is evaluated again no oftener than it must be.
 */

/** Functions whose result changes by the mere passing of time. */
const clockReaders = new Set(["longest_wait", "ewt"]);

/** Whether the clock alone can change what the expression gives. */
export function readsClock(expr: Expr): boolean {
  return some(
    expr,
    (node) =>
      (node.kind === "apply" && clockReaders.has(node.name.text)) ||
      (node.kind === "member" && node.name.text === "waited"),
  );
}

/** Whether it can differ between two calls: it names the call or a variable. */
export function readsCall(expr: Expr | Target, names: Names): boolean {
  return some(
    expr,
    (node) =>
      node.kind === "variable" &&
      (node.name === "call" || node.name === "this" || names.slotOf(node.name) !== undefined),
  );
}

function some(expr: Expr | Target, is: (node: AnyNode) => boolean): boolean {
  let found = false;
  walk(expr, (node) => {
    found ||= is(node);
    return !found;
  });
  return found;
}
