import type { Call } from "../call.ts";
import { command, type Core } from "../core.ts";
import { asText } from "./format.ts";
import type { Said } from "./program.ts";
import { masked } from "./secrets.ts";
import { startTreatment } from "./treatments.ts";
import { duration, durationMs, kindOf, told, type Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

const MINUTE_MS = 60_000;

/** Begins to say the values and gives the task; undefined after a failure. */
export function startSaying(core: Core, call: Call, said: readonly Said[], scope: Scope): number | undefined {
  const values = said.map(({ value, isExpected }) => spoken(call, told(value(scope)), isExpected));
  const missing = values.find((value) => asText(value) === undefined);
  if (missing !== undefined) fail(scope, "bad_value", `${kindOf(missing)} cannot be said`);
  if (scope.failure) return undefined;
  const task = startTreatment(core, call, "say", masked(core, call, values.map(asText).join(", ")));
  command(core, { type: "say", call: call.id, task, values, language: call.language });
  return task;
}

/**
 * As people say it: waits are rounded up to a minute, from ten minutes on to five. What is expected is never said to be more than it was
 * the last time, unless it has become more by half.
 */
function spoken(call: Call, value: Value, isExpected: boolean): Value {
  const ms = durationMs(value);
  if (ms === undefined || ms === Infinity) return value;
  const rounded = roundedUp(ms);
  if (!isExpected) return duration(rounded);
  const last = call.saidMs;
  const kept = last !== undefined && rounded > last && rounded <= 1.5 * last ? last : rounded;
  call.saidMs = kept;
  return duration(kept);
}

function roundedUp(ms: number): number {
  const step = ms < 10 * MINUTE_MS ? MINUTE_MS : 5 * MINUTE_MS;
  return Math.ceil(ms / step) * step;
}
