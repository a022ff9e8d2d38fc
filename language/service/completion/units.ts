import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import { previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";

/** Words after which a value is a time. */
const beforeTimes = new Set(
  "for within after every wait at before until talks waits each mean sd speaks constant".split(" "),
);

const durations: [unit: string, about: string][] = [
  ["s", "seconds"],
  ["m", "minutes"],
  ["h", "hours"],
  ["ms", "milliseconds"],
  ["d", "days"],
];

/** A number that is being written, with the units that it can have. */
export function unitsFor(spot: Spot, { type }: Expected): Offer[] {
  const { written } = spot.cursor;
  if (!/^\d{1,9}$/.test(written)) return type === T.Duration && written === "" ? times(spot) : [];
  if (type === T.Percent) return [{ label: `${written}%`, kind: "value" }];
  if (type !== T.Duration) return [];
  return durations.map(([unit, about]) => ({
    label: `${written}${unit}`,
    kind: "value",
    about: `${written} ${about}`,
  }));
}

function times(spot: Spot): Offer[] {
  if (!beforeTimes.has(previous(spot))) return [];
  return ["5s", "20s", "1m30s", "5m"].map((label) => ({
    label,
    kind: "value",
    detail: "a duration",
    form: `‹${label}›`,
  }));
}
