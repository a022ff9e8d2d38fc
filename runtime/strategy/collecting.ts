import type { Call } from "../call.ts";
import type { Collecting } from "../tried.ts";
import { arm, callOf, change, command, type Core, disarm, record } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId } from "../events.ts";
import { codeOf, scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import { asDuration, asName, asNumber } from "./needed.ts";
import type { CollectOp } from "./program.ts";
import { isSecret } from "./secrets.ts";
import { endTreatment, startTreatment, stopTreatment } from "./treatments.ts";
import type { Failure, Scope } from "./world.ts";

/*
 * Digits: prompts, which the first key ends, then each key within its time. The operation stays the place of the call until the
 * outcome is known.
 */

/** How it ended. `handler` is the one that is meant where it is not that of the outcome: the digits themselves. */
export interface Collected {
  outcome: "digits" | "nothing" | "invalid" | "no_choice";
  handler: string;
  digits: string;
}

export function startCollect(core: Core, id: CallId, { collect }: CollectOp): Failure | undefined {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const triesLeft = collect.tries ? asNumber(collect.tries.times(scope), scope) : 1;
  const within = collect.within ? asDuration(collect.within(scope), scope) : limits.digitsWithin;
  const withinMs = within === Infinity ? undefined : within;
  const prompts = promptsOf([collect.prompt], scope);
  if (scope.failure) return scope.failure;
  const secret = collect.into !== undefined && isSecret(core, call, collect.into);
  change(core, "call", id, (changing) => {
    changing.collecting = { digits: "", prompts, withinMs, triesLeft, secret };
    changing.wait = { for: "digits" };
  });
  if (prompts.length === 0) command(core, { type: "listen", call: id });
  goOnAsking(core, id);
  return undefined;
}

function promptsOf(prompts: CollectOp["collect"]["prompt"][], scope: Scope): string[] {
  return prompts.flatMap((prompt) => (prompt ? [asName(prompt(scope), scope)] : []));
}

/** The next prompt, or after the last of them the time for the first key. */
export function goOnAsking(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const [prompt] = collectingOf(call).prompts;
  if (prompt === undefined) return change(core, "call", id, (changing) => awaitKey(core, changing));
  const task = change(core, "call", id, (changing) => {
    const its = collectingOf(changing);
    its.prompts = its.prompts.slice(1);
    its.task = startTreatment(core, changing, "play", prompt);
    return its.task;
  });
  const { collect } = collectAt(core, id);
  const { withinMs, prompts } = collectingOf(callOf(core, id));
  const keys = {
    atMost: collect.atMost,
    endedBy: collect.endedBy,
    withinMs,
    ...(prompts.length > 0 && { more: true as const }),
  };
  command(core, { type: "play", call: id, task, prompt, language: call.language, keys });
}

/** A key, while digits are collected: what they have come to, if that is decided now. */
export function takeKey(core: Core, id: CallId, key: string): Collected | undefined {
  const { collect } = collectAt(core, id);
  const pressed = change(core, "call", id, (call) => {
    const its = collectingOf(call);
    its.prompts = [];
    if (its.task !== undefined && call.treatment?.task === its.task) stopTreatment(core, call);
    if (key !== collect.endedBy) its.digits += key;
    awaitKey(core, call);
    return its.digits;
  });
  return key === collect.endedBy || pressed.length >= collect.atMost ? decide(core, id) : undefined;
}

/** All keys at once, as whoever played the prompt has collected them. */
export function takeKeys(core: Core, id: CallId, keys: string): Collected | undefined {
  const { collect } = collectAt(core, id);
  change(core, "call", id, (call) => {
    const its = collectingOf(call);
    its.prompts = [];
    its.digits += keys.slice(0, collect.atMost - its.digits.length);
    endTreatment(core, call, "done");
  });
  return decide(core, id);
}

/** No more keys: the outcome, or undefined where another try has begun. */
export function decide(core: Core, id: CallId): Collected | undefined {
  const { collect, handlers } = collectAt(core, id);
  const { digits, triesLeft, secret } = collectingOf(callOf(core, id));
  const outcome = outcomeOf(digits, collect.atLeast, handlers);
  if (outcome !== "digits" && triesLeft > 1) return askAgain(core, id);
  const told = collect.tries && outcome !== "digits" ? "no_choice" : outcome;
  record(core, {
    type: "digits.collected",
    call: id,
    outcome: told,
    digits: secret ? "•".repeat(digits.length) : digits,
  });
  change(core, "call", id, (call) => endCollect(core, call));
  return { outcome: told, handler: Object.hasOwn(handlers, digits) ? digits : told, digits };
}

function askAgain(core: Core, id: CallId): undefined {
  const { collect } = collectAt(core, id);
  const scope = scopeOf(core, callOf(core, id));
  // What could be evaluated for the first try can be for the next.
  const prompts = promptsOf([collect.tries?.prompt, collect.prompt], scope);
  change(core, "call", id, (call) => {
    const its = collectingOf(call);
    Object.assign(its, { digits: "", prompts, triesLeft: its.triesLeft - 1 });
    disarm(core, call, "digits");
  });
  goOnAsking(core, id);
}

/** Literal digits first; where only such are handled, all others are none of the choices. */
function outcomeOf(digits: string, atLeast: number, handlers: CollectOp["handlers"]): Collected["outcome"] {
  if (digits === "") return "nothing";
  if (Object.hasOwn(handlers, digits)) return "digits";
  if (digits.length < atLeast || !/^\d+$/.test(digits)) return "invalid";
  const chooses = Object.keys(handlers).some((name) => /^[\d*#]/.test(name));
  return chooses && !Object.hasOwn(handlers, "digits") ? "invalid" : "digits";
}

/** Forgets what was pressed. */
export function endCollect(core: Core, call: Call): void {
  if (call.collecting?.task !== undefined && call.treatment?.task === call.collecting.task) stopTreatment(core, call);
  delete call.collecting;
  disarm(core, call, "digits");
}

function awaitKey(core: Core, call: Call): void {
  const { withinMs } = collectingOf(call);
  if (withinMs !== undefined) arm(core, call, "digits", core.now + withinMs);
}

function collectAt(core: Core, id: CallId): CollectOp {
  const call = callOf(core, id);
  const op = codeOf(core, call).ops[call.pc];
  invariant(op?.op === "collect", `${id} collects nothing`);
  return op;
}

function collectingOf({ id, collecting }: Call): Collecting {
  invariant(collecting, `${id} collects nothing`);
  return collecting;
}
