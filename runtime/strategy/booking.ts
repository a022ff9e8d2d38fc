import { callOf, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { asText } from "./format.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import { asDuration, asMomentToCome, asNumber } from "./needed.ts";
import type { CallbackOp } from "./program.ts";
import { book } from "../queue/callbacks.ts";
import { masked } from "./secrets.ts";
import { phoneOf } from "./things.ts";
import { outbound } from "./trunks.ts";
import type { Failure } from "./world.ts";

/** Books a callback, or tells that nobody can be called back there. */
export function startCallback(core: Core, id: CallId, { callback }: CallbackOp): "accepted" | "refused" | Failure {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const number = phoneOf(callback.to(scope), core.directory);
  const expiresMs = callback.expiresAfter
    ? asDuration(callback.expiresAfter(scope), scope)
    : callback.expiresAt
      ? asMomentToCome(callback.expiresAt(scope), scope) - core.now
      : limits.callbackMs;
  const attemptsLeft = callback.attempts ? asNumber(callback.attempts(scope), scope) : 1;
  const everyMs = callback.every ? Math.max(1000, asDuration(callback.every(scope), scope)) : limits.callbackRestMs;
  const announce = callback.announce && masked(core, call, asText(callback.announce(scope)));
  if (scope.failure) return scope.failure;
  const callable = number !== undefined && /^\+?\d{2,}$/.test(number.replace(/[\s().-]/g, ""));
  if (!callable || !call.queued?.joined || call.callback || outbound(core, number).length === 0) return "refused";
  book(core, id, { number, agentFirst: callback.agentFirst, announce, attemptsLeft, everyMs }, expiresMs);
  return "accepted";
}
