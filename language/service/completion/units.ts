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
export function unitsFor(spot: Spot, expected: Expected): Offer[] {
  const { type } = expected;
  const { written } = spot.cursor;
  if (written === "") return examples(spot, expected);
  if (!/^\d{1,9}$/.test(written)) return [];
  if (type === T.Percent) return [{ label: `${written}%`, kind: "value" }];
  if (type !== T.Duration) return [];
  return durations.map(([unit, about]) => ({
    label: `${written}${unit}`,
    kind: "value",
    about: `${written} ${about}`,
  }));
}

/** Where nothing is written yet: what it could look like. */
function examples(spot: Spot, { type, within, begins }: Expected): Offer[] {
  if (type === T.Duration) return times(spot);
  if (type === T.TimeOfDay && within.includes("hours")) return [example("09:00..18:00", "hours")];
  if (type !== T.Percent || !begins.includes("branch")) return [];
  return [{ label: "20% label", kind: "phrase", about: "a share of the calls", form: "‹20%› ‹label› { ‹› }" }];
}

const example = (label: string, detail: string): Offer => ({ label, kind: "value", detail, form: `‹${label}›` });

function times(spot: Spot): Offer[] {
  if (!beforeTimes.has(previous(spot))) return [];
  return ["5s", "20s", "1m30s", "5m"].map((label) => example(label, "a duration"));
}
