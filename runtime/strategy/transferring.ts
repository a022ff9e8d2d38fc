import { type Entrance, normalise, routeOf } from "../../language/index.ts";
import type { SentAlong } from "../along.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId, TaskId } from "../events.ts";
import { broughtBy, entranceOf, goInto, refusal, takeBrought } from "./entering.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import type { EnterOp, ReferOp, TransferOp } from "./program.ts";
import { makeOffer } from "../queue/offers.ts";
import { type AtOnce, partyOf, type Rung, soundRingback } from "./ringing.ts";
import { phoneOf } from "./things.ts";
import { inOrder, leadingTo } from "./trunks.ts";
import { kindOf, textOf, type Value } from "../values.ts";
import { fail, type Failure } from "./world.ts";

/*
 * `transfer` joins the caller to somebody else and is done with him, or has another strategy go on, as routes that nobody wrote do; `refer` has
 * his own network call somebody.
 */

/** Rings whoever is meant, as long as a call may ring at all; where that is an entry here, the call goes on there. */
export function startTransfer(core: Core, id: CallId, op: TransferOp): Refused | AtOnce | Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const target = op.target(scope);
  const along = op.along?.(scope);
  const ours = scope.failure ? undefined : numberHere(core, target);
  if (ours !== undefined) return enter(core, id, ours, along);
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

/** `elsewhere`: it is no entry here. `busy`: it is full, or the call has come round too often. */
export function startEnter(core: Core, id: CallId, op: EnterOp): "elsewhere" | "busy" | Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const target = op.target(scope);
  if (scope.failure) return scope.failure;
  const ours = numberHere(core, target);
  if (!ours) return "elsewhere";
  return enter(core, id, ours, undefined) && "busy";
}

/** The entry is full, or it has come round too often. */
export interface Refused {
  refused: number;
}

interface Ours {
  number: string;
  entrance: Entrance;
}

function enter(core: Core, id: CallId, { number, entrance }: Ours, along: SentAlong | undefined): Refused | undefined {
  const refused = refusal(core, id, entrance);
  if (refused !== undefined) return { refused };
  if (along) takeBrought(core, id, broughtBy(along));
  goInto(core, id, entrance, number);
  return undefined;
}

/** A number that is an entry here; in a URI whose host a trunk leads to, only one that is the same everywhere. */
function numberHere(core: Core, target: Value): Ours | undefined {
  const { scheme, user, host } = partsOf(target);
  const number = scheme === undefined ? phoneOf(target, core.directory) : user;
  const isTheirs = host !== undefined && trunksTo(core, host).length > 0 && !isOutside(core, user);
  const entrance = number === undefined || isTheirs ? undefined : entranceOf(core, number);
  return number === undefined || !entrance ? undefined : { number, entrance };
}

/** A SIP URI is called over the trunk that leads to its host, an outside number in it as such; no other way leads out of here. */
function elsewhere(core: Core, target: Value): Rung | AtOnce | undefined {
  const { scheme, user, host } = partsOf(target);
  if (scheme === undefined) return undefined;
  const outside = routeOf(user, core.directory);
  if (scheme === "tel") return over(core, outside, user);
  const there = trunksTo(core, host ?? "");
  // Who writes a URI has no more numbers to call than who writes the number.
  const named = isOutside(core, user)
    ? inOrder(core, outside, "priority", "transfer").filter((id) => there.includes(id))
    : there;
  return over(core, named, user);
}

/** `scheme:user@host`; all but `user` in lower case. Without a scheme it is no URI. */
function partsOf(target: Value): { scheme?: string; user: string; host?: string } {
  const [, scheme, user = "", host] = /^(sips?|tel):([^@;?]+)(?:@([^;?:]+))?/i.exec(textOf(target) ?? "") ?? [];
  return { scheme: scheme?.toLowerCase(), user, host: host?.toLowerCase() };
}

function trunksTo({ directory }: Core, host: string): string[] {
  const there = Object.values(directory.trunks).filter(({ to }) => to.some((hop) => hostOf(hop) === host));
  return there.map(({ id }) => id);
}

function isOutside({ directory }: Core, number: string): boolean {
  return normalise(number, directory.site.country).startsWith("+");
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
