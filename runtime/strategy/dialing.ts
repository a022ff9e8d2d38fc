import { normalise, routeOf } from "../../language/index.ts";
import type { Dialing } from "../tried.ts";
import { arm, callOf, change, type Core, disarm } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId } from "../events.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import { asDuration } from "./needed.ts";
import type { DialOp } from "./program.ts";
import { makeOffer } from "../queue/offers.ts";
import { soundRingback } from "./ringing.ts";
import { isThing, phoneOf } from "./things.ts";
import { allows, inOrder, leadingTo } from "./trunks.ts";
import { kindOf, textOf, type Value } from "../values.ts";
import { fail, type Failure, type Scope } from "./world.ts";

/*
 * `dial … via`: one trunk after another, each once, until somebody picks up or a code says that no other trunk would help.
 */

/** How it ended. `code` is the last trunk's. */
export interface Undialled {
  outcome: "busy" | "no_answer" | "failed";
  code: number;
}

/** RFC 3261 21.4.4, 21.4.9, 21.4.24, 21.5.4, 21.6.1, 21.6.2 */
const FORBIDDEN = 403;
const TIMED_OUT = 408;
const BUSY = 486;
const UNAVAILABLE = 503;
const BUSY_CODES = new Set([BUSY, 600]);
export const CODES = {
  busy: BUSY,
  rejected: 603,
  unreachable: 0,
  no_answer: TIMED_OUT,
  not_confirmed: TIMED_OUT,
} as const;

export function startDial(core: Core, id: CallId, op: DialOp): Undialled | Failure | undefined {
  const call = callOf(core, id);
  const { dial } = op;
  const scope = scopeOf(core, call);
  const number = phoneOf(dial.number(scope), core.directory);
  if (number === undefined) fail(scope, "bad_value", "no number to dial");
  const named = dial.via
    ? dial.via.flatMap((trunk) => trunkName(trunk(scope), scope))
    : routeOf(number ?? "", core.directory);
  const length = (of: typeof dial.answerWithin): number | undefined => of && asDuration(of(scope), scope);
  const trunks = inOrder(core, named, dial.order ?? "priority", `dial\n${named.join("\n")}`);
  const dialing: Dialing = {
    number: number ?? "",
    trunks,
    from: dial.from && shownAs(call.from, dial.from(scope), core, scope),
    ringbackMs: length(dial.ringbackWithin),
    answerMs: length(dial.answerWithin),
    stopOn: dial.stopOn?.flatMap((code) => codeIn(code(scope), scope)),
    along: dial.along?.(scope),
    code: trunks.some((trunk) => allows(core, trunk, number ?? "")) ? UNAVAILABLE : FORBIDDEN,
  };
  if (scope.failure) return scope.failure;
  change(core, "call", id, (changing) => {
    changing.dialing = dialing;
  });
  return dialNext(core, id);
}

/** The next trunk by which the number can be called; without one, how it all ended. */
function dialNext(core: Core, id: CallId): Undialled | undefined {
  const dialing = dialingOf(core, id);
  const left = leadingTo(core, dialing.number, dialing.trunks);
  const [trunk, ...others] = left;
  if (trunk === undefined) return endDial(core, id);
  const { number, from, answerMs, ringbackMs, along } = dialing;
  soundRingback(core, id);
  const ringMs = answerMs ?? core.directory.trunks[trunk]?.noAnswerMs ?? limits.ringMs;
  makeOffer(core, id, { party: { kind: "number", number, trunks: [trunk] }, ringMs, from, along });
  change(core, "call", id, (call) => {
    call.wait = { for: "ring" };
    if (call.dialing) Object.assign(call.dialing, { trunks: others, trunk });
    const within = ringbackMs ?? ringbackOf(core, trunk);
    if (within !== undefined && within < ringMs) arm(core, call, "ringback", core.now + within);
  });
  return undefined;
}

/** Each of its next hops has its time. */
function ringbackOf({ directory }: Core, trunk: string): number | undefined {
  const line = directory.trunks[trunk];
  return line?.noRingbackMs === undefined ? undefined : line.noRingbackMs * Math.max(1, line.to.length);
}

/** The trunk has said no, or nothing in time. */
export function trunkFailed(core: Core, id: CallId, code: number): Undialled | undefined {
  const { trunk, stopOn } = dialingOf(core, id);
  change(core, "call", id, (call) => {
    disarm(core, call, "ringback");
    if (call.dialing) call.dialing.code = code;
  });
  const stops = stopOn ?? core.directory.trunks[trunk ?? ""]?.stopOn ?? [];
  return stops.includes(code) ? endDial(core, id) : dialNext(core, id);
}

function endDial(core: Core, id: CallId): Undialled {
  const { code } = dialingOf(core, id);
  change(core, "call", id, (call) => {
    delete call.dialing;
  });
  return { outcome: BUSY_CODES.has(code) ? "busy" : code === TIMED_OUT ? "no_answer" : "failed", code };
}

function dialingOf(core: Core, id: CallId): Dialing {
  const { dialing } = callOf(core, id);
  invariant(dialing, `${id} dials nobody`);
  return dialing;
}

function trunkName(value: Value, scope: Scope): string[] {
  if (isThing(value, "trunk")) return [value.name];
  fail(scope, "bad_value", `${kindOf(value)} where a trunk is meant`);
  return [];
}

/** The number that is shown: another one, or the caller's own in one of its forms. */
function shownAs(from: string, value: Value, core: Core, scope: Scope): string {
  const other = textOf(value) ?? (isThing(value, "number") ? phoneOf(value, core.directory) : undefined);
  if (other !== undefined) return other;
  const form = typeof value === "object" && value?.is === "word" ? value.word : "";
  const e164 = normalise(from, core.directory.site.country);
  if (form === "as_is") return from;
  if (form === "e164_plus") return e164;
  if (form === "e164") return e164.replace("+", "");
  fail(scope, "bad_value", `\`from\` takes a phone, \`e164\`, \`e164_plus\` or \`as_is\``);
  return from;
}

function codeIn(value: Value, scope: Scope): number[] {
  if (typeof value === "number") return [value];
  fail(scope, "bad_value", `${kindOf(value)} as a code`);
  return [];
}
