import type { DayTally, Piece, QueueTally } from "./tally.ts";

/** What one day says of one queue. Times in milliseconds, shares from 0 to 1; undefined where there was nothing to measure. */
export interface QueueFigures {
  /** Calls that entered. */
  entered: number;
  /** Share of them answered within the goal's time. */
  serviceLevel: number | undefined;
  /** Share of them whose caller hung up waiting. */
  abandoned: number | undefined;
  /** Mean wait until the answer, of those answered. */
  asa: number | undefined;
  /** The wait that half of those answered did not exceed, and so on. */
  median: number | undefined;
  p90: number | undefined;
  p95: number | undefined;
  /** The longest line. */
  longest: number;
}

export type QueueFigure = keyof QueueFigures;

export const figureNames = ["entered", "serviceLevel", "abandoned", "asa", "median", "p90", "p95", "longest"] as const;

export interface DayFigures {
  calls: number;
  /** Share of the agents' time on calls and at work after them. */
  occupancy: number | undefined;
  dispositions: Record<string, number>;
  queues: Record<string, { figures: QueueFigures; pieces: Piece[] }>;
  events: number;
  defects: string[];
}

export function figuresOf({ queues, ...day }: DayTally & { events: number }): DayFigures {
  return {
    calls: day.calls,
    occupancy: ratio(day.busyMs, day.staffedMs),
    dispositions: day.dispositions,
    queues: Object.fromEntries(
      Object.entries(queues).map(([name, tally]) => [name, { figures: ofQueue(tally), pieces: tally.pieces }]),
    ),
    events: day.events,
    defects: day.defects,
  };
}

function ofQueue(tally: QueueTally): QueueFigures {
  const { entered, answeredInGoal, abandoned, longest } = tally;
  const waits = tally.waits.toSorted((a, b) => a - b);
  return {
    entered,
    serviceLevel: ratio(answeredInGoal, entered),
    abandoned: ratio(abandoned, entered),
    asa: ratio(sum(waits), waits.length),
    median: quantile(waits, 0.5),
    p90: quantile(waits, 0.9),
    p95: quantile(waits, 0.95),
    longest,
  };
}

export function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The value that a share of all does not exceed. */
function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
