import { normalise, routeOf } from "../../language/index.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId, TaskId } from "../events.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import type { ReferOp, TransferOp } from "./program.ts";
import { makeOffer } from "../queue/offers.ts";
import { type AtOnce, partyOf, type Rung, soundRingback } from "./ringing.ts";
import { inOrder, leadingTo } from "./trunks.ts";
import { kindOf, textOf, type Value } from "../values.ts";
import { fail, type Failure } from "./world.ts";

/*
 * `transfer` joins the caller to somebody else and is done with him; `refer` has his own network call somebody.
 */

/** Rings whoever is meant, as long as a call may ring at all. */
export function startTransfer(core: Core, id: CallId, op: TransferOp): AtOnce | Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const target = op.target(scope);
  const along = op.along?.(scope);
  const found = scope.failure ? undefined : (elsewhere(core, target) ?? partyOf(core, target, null, scope));
  if (scope.failure) return scope.failure;
  if (found === undefined || typeof found === "string") return found ?? "unreachable";
  soundRingback(core, id);
  // Of an agent the directory says how long.
  const ringMs = found.agent === undefined ? limits.transferMs : undefined;
  makeOffer(core, id, { ...found, ringMs, overflows: true, along });
  change(core, "call", id, (call) => {
    call.wait = { for: "ring" };
  });
  return undefined;
}

/** A SIP URI is called over the trunk that leads to its host, an outside number in it as such; no other way leads out of here. */
function elsewhere(core: Core, target: Value): Rung | AtOnce | undefined {
  const [, scheme = "", user = "", host = ""] =
    /^(sips?|tel):([^@;?]+)(?:@([^;?:]+))?/i.exec(textOf(target) ?? "") ?? [];
  if (scheme === "") return undefined;
  const outside = routeOf(user, core.directory);
  if (scheme.toLowerCase() === "tel") return over(core, outside, user);
  const there = Object.values(core.directory.trunks)
    .filter(({ to }) => to.some((hop) => hostOf(hop) === host.toLowerCase()))
    .map(({ id }) => id);
  // Who writes a URI has no more numbers to call than who writes the number.
  const isOutside = normalise(user, core.directory.site.country).startsWith("+");
  const named = isOutside ? inOrder(core, outside, "priority", "transfer").filter((id) => there.includes(id)) : there;
  return over(core, named, user);
}

function over(core: Core, named: readonly string[], number: string | undefined): Rung | AtOnce {
  const inTurn = inOrder(core, named, "priority", "transfer");
  const trunks = number === undefined ? [] : leadingTo(core, number, inTurn);
  return number === undefined || trunks.length === 0 ? "unreachable" : { party: { kind: "number", number, trunks } };
}

function hostOf(uri: string): string {
  return (/^sips?:(?:[^@]+@)?([^;?:]+)/i.exec(uri)?.[1] ?? "").toLowerCase();
}

export function startRefer(core: Core, id: CallId, op: ReferOp): Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const target = op.target(scope);
  const to = textOf(target);
  const along = op.along?.(scope);
  if (to === undefined || !/^[^\s<>"]+$/.test(to))
    fail(scope, "bad_value", `nobody can be referred to ${kindOf(target)}`);
  if (scope.failure || to === undefined) return scope.failure;
  const task = change(core, "call", id, (call) => {
    call.wait = { for: "refer", task: ++call.lastTask };
    return call.lastTask;
  });
  command(core, { type: "refer", call: id, task, to, along });
  record(core, { type: "call.referred", call: id, to });
  return undefined;
}

/** Whether this answer is the one that is waited for. */
export function awaitsRefer(core: Core, id: CallId, task: TaskId): boolean {
  const { wait } = callOf(core, id);
  return wait.for === "refer" && wait.task === task;
}
