import type { Millis } from "../events.ts";
import { asText } from "./format.ts";
import { durationMs, kindOf, toldFields, type Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

/*
 * A value as the kind that is needed; any other is the strategy's error `bad_value`, noted in the scope.
 */

export function asDuration(value: Value, scope: Scope): Millis {
  const ms = durationMs(value);
  if (ms !== undefined) return ms;
  fail(scope, "bad_value", `${kindOf(value)} where a duration is needed`);
  return 0;
}

export function asNumber(value: Value, scope: Scope): number {
  if (typeof value === "number") return value;
  fail(scope, "bad_value", `${kindOf(value)} where a number is needed`);
  return 0;
}

/** An instant that has been; one to come counts as now. */
export function asMoment(value: Value, scope: Scope): Millis {
  if (typeof value === "object" && value !== null && value.is === "moment") return Math.min(value.at, scope.world.now);
  fail(scope, "bad_value", `${kindOf(value)} where a moment is needed`);
  return scope.world.now;
}

/** An instant, past or to come; `Infinity` for never. */
export function asMomentToCome(value: Value, scope: Scope): Millis {
  if (typeof value === "object" && value?.is === "never") return Infinity;
  if (typeof value === "object" && value?.is === "moment") return value.at;
  fail(scope, "bad_value", `${kindOf(value)} where a moment is needed`);
  return scope.world.now;
}

/** The name of a prompt or music. */
export function asName(value: Value, scope: Scope): string {
  const name = asText(value);
  if (name === undefined) fail(scope, "bad_value", `${kindOf(value)} as a prompt`);
  return name ?? "";
}

/** What people are shown. */
export function asFields(value: Value): Record<string, Value> | undefined {
  return typeof value === "object" && value !== null && value.is === "record" ? toldFields(value.fields) : undefined;
}
