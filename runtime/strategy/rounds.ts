import type { Call } from "../call.ts";
import { arm, type Core, record } from "../core.ts";
import { invariant } from "../defect.ts";
import { limits } from "../limits.ts";
import { event, type Need, type OpOf } from "./need.ts";
import { asDuration } from "./needed.ts";
import type { Scope } from "./world.ts";

/*
 * `while waiting`: its rounds, and what only stands there.
 */

/** From the top of `while waiting`. Rounds that take no time are slowed down, and end the block when they do not stop. */
export function round(core: Core, call: Call, to: number, sounds: boolean): Need | undefined {
  const { queued } = call;
  invariant(queued, "a round without a queue");
  if (sounds) {
    call.wait = { for: "idle" };
    return event;
  }
  const short = core.now - queued.roundAt < limits.shortRound;
  queued.shortRounds = short ? queued.shortRounds + 1 : 0;
  if (queued.shortRounds >= limits.brokenAfterRounds) return { need: "leave", outcome: "treatment_broken" };
  call.pc = to;
  if (!short) {
    queued.roundAt = core.now;
    return undefined;
  }
  if (queued.shortRounds === 1) record(core, { type: "limit.reached", call: call.id, limit: "short_round" });
  queued.roundAt += limits.slowedRound;
  call.wait = { for: "time" };
  arm(core, call, "time", queued.roundAt);
  return event;
}

/** The first time so long after the queue was entered: for what comes at once there is `once`. */
export function every(core: Core, call: Call, op: OpOf<"every">, scope: Scope): void {
  const ms = Math.max(limits.slowedRound, asDuration(op.every(scope), scope));
  const last = call.locals[op.slot];
  const due = (typeof last === "number" ? last : (call.queued?.enteredAt ?? core.now)) + ms;
  if (core.now >= due) call.locals[op.slot] = core.now;
  call.pc = core.now >= due ? call.pc + 1 : op.to;
}

/** Whoever's phone rings already may still take the call; nobody else is asked from here on. */
export function uninterrupted(core: Core, call: Call): Need {
  if (call.queued && call.offers.length > 0) {
    call.wait = { for: "offers" };
    return { need: "stand" };
  }
  call.pc++;
  if (!call.queued) return { need: "stand" };
  const until = core.now + limits.uninterruptedMs;
  call.queued.heldUntil = until;
  arm(core, call, "hold", until);
  return { need: "stand" };
}
