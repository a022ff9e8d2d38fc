import type { Value } from "../values.ts";
import type { Millis } from "../events.ts";
import type { Presses } from "../simulation/keys.ts";
import { lotsOf } from "./laws.ts";
import type { Arrivals } from "./plan.ts";

/** One caller of a day, in the order in which they come. */
export interface Caller {
  at: Millis;
  from: string;
  to: string;
  data?: Record<string, Value>;
  /** As recorded; drawn where absent. */
  talk?: Millis;
  patience?: Millis;
  presses?: readonly Presses[];
}

/** A call of a file, `at` in milliseconds after midnight of the first day. */
export interface RecordedCall {
  at: Millis;
  from?: string;
  to?: string;
  data?: Record<string, Value>;
  talk?: Millis;
  patience?: Millis;
}

export interface Span {
  /** Midnight before, and the minutes after it between which calls come. */
  midnight: Millis;
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** All callers of a day by the plan's lines; `to` is dialled where a line does not say. */
export function callersOf(
  lines: readonly Arrivals[],
  span: Span,
  { seed, to, recorded }: { seed: number; to: string; recorded: Record<string, RecordedCall[]> },
): Caller[] {
  const found = lines.flatMap((line, nth) => {
    const { presses } = line;
    const dialled = line.to ?? to;
    if ("perHour" in line) {
      return byChance(line, span, { seed, stream: `calls ${nth}` }).map((call) => ({ ...call, to: dialled, presses }));
    }
    return (recorded[line.file] ?? []).map((call) => ({
      ...call,
      at: span.midnight + call.at,
      from: call.from ?? numberOf(0),
      to: call.to ?? dialled,
      presses,
    }));
  });
  return found.toSorted((a, b) => a.at - b.at);
}

/**
 * A Poisson process whose rate is constant in each piece: steps of an exponential clock are carried through the pieces at the speed of
 * their rates, so no call is drawn in vain.
 */
function byChance(
  { perHour, each }: { perHour: number[]; each: Millis },
  { midnight, from, to }: Span,
  { seed, stream }: { seed: number; stream: string },
): Pick<Caller, "at" | "from">[] {
  const lots = lotsOf(seed, stream);
  const end = (to - from) * MINUTE_MS;
  const callers: Pick<Caller, "at" | "from">[] = [];
  let at = 0;
  for (let count = 1; ; count++) {
    let left = -Math.log1p(-lots(count));
    for (;;) {
      if (at >= end) return callers;
      const piece = Math.floor(at / each);
      const rate = (perHour[piece % perHour.length] ?? 0) / HOUR_MS;
      const until = Math.min((piece + 1) * each, end);
      const spent = (until - at) * rate;
      if (spent > left) {
        at += left / rate;
        break;
      }
      left -= spent;
      at = until;
    }
    callers.push({ at: midnight + from * MINUTE_MS + at, from: numberOf(callers.length) });
  }
}

/** Numbers that nobody has. */
function numberOf(nth: number): string {
  return `+999${String(nth).padStart(9, "0")}`;
}
