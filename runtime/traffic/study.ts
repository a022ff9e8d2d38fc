import { playDay, type DayOptions } from "./day.ts";
import { type Estimate, estimate } from "./interval.ts";
import type { TrafficPlan } from "./plan.ts";
import type { DayTally, QueueTally } from "./tally.ts";

/** What a number of replications say of one queue. Times in milliseconds, shares from 0 to 1. */
export interface QueueStudy {
  queue: string;
  /** Calls that entered. */
  entered: Estimate;
  /** Share of them answered within the goal's time. */
  serviceLevel?: Estimate;
  /** Share of them whose caller hung up waiting. */
  abandoned: Estimate;
  /** Mean wait until the answer, of those answered. */
  asa?: Estimate;
  /** Waits that so many of a hundred answered calls did not exceed. */
  median?: Estimate;
  p90?: Estimate;
  p95?: Estimate;
  /** The longest line. */
  longest: Estimate;
  /** By pieces of the day. */
  pieces: PieceStudy[];
}

/** Means over the replications. */
export interface PieceStudy {
  /** Milliseconds after midnight. */
  from: number;
  entered: number;
  length: number;
  serviceLevel?: number;
  wait?: number;
}

export interface Study {
  traffic: string;
  strategy: string;
  replications: number;
  events: number;
  calls: Estimate;
  /** Share of the agents' time on calls and at work after them. */
  occupancy?: Estimate;
  dispositions: Record<string, Estimate>;
  queues: QueueStudy[];
  /** Whether the goal is met by the mean of the first queue's service level; absent without a goal. */
  goal?: { share: number; within: number; met: boolean };
  /** Mistakes of ours that showed. */
  defects: string[];
}

/** Plays all replications of a plan, or those that were done when `onProgress` said `false`. */
export function study(options: Omit<DayOptions, "replication">): Study {
  const { plan, onProgress } = options;
  const days: ReturnType<typeof playDay>[] = [];
  const going = { on: true };
  for (let replication = 1; replication <= plan.replications; replication++) {
    const told = (share: number) => {
      going.on &&= onProgress?.((replication - 1 + share) / plan.replications) !== false;
      return going.on;
    };
    const day = playDay({ ...options, replication, onProgress: told });
    if (!going.on) break;
    days.push(day);
  }
  return studyOf(plan, days);
}

function studyOf(plan: TrafficPlan, days: ReturnType<typeof playDay>[]): Study {
  const over = (figure: (day: DayTally) => number | undefined) => estimate(days.map(figure));
  const names = [...new Set(days.flatMap(({ queues }) => Object.keys(queues)))];
  const endings = [...new Set(days.flatMap(({ dispositions }) => Object.keys(dispositions)))].toSorted();
  const queues = names.map((queue) => queueStudy(queue, days, plan.goal !== undefined, plan.from));
  const { goal } = plan;
  const level = queues[0]?.serviceLevel?.mean;
  return {
    traffic: plan.name,
    strategy: plan.strategy,
    replications: days.length,
    events: days.reduce((sum, { events }) => sum + events, 0),
    calls: over(({ calls }) => calls) ?? none,
    occupancy: over(({ busyMs, staffedMs }) => ratio(busyMs, staffedMs)),
    dispositions: Object.fromEntries(
      endings.map((ending) => [ending, over(({ dispositions }) => dispositions[ending] ?? 0) ?? none]),
    ),
    queues,
    ...(goal && { goal: { ...goal, met: level !== undefined && level >= goal.share } }),
    defects: days.flatMap(({ defects }) => defects),
  };
}

const none: Estimate = { mean: 0 };

function queueStudy(queue: string, days: readonly DayTally[], hasGoal: boolean, from: number): QueueStudy {
  const tallies = days.map(({ queues }) => queues[queue]).filter((tally) => tally !== undefined);
  const over = (figure: (tally: QueueTally) => number | undefined) => estimate(tallies.map(figure));
  const sorted = new Map(tallies.map((tally) => [tally, tally.waits.toSorted((a, b) => a - b)]));
  const percentile = (share: number) => over((tally) => at(sorted.get(tally) ?? [], share));
  return {
    queue,
    entered: over(({ entered }) => entered) ?? none,
    abandoned: over(({ abandoned, entered }) => ratio(abandoned, entered)) ?? none,
    ...(hasGoal && { serviceLevel: over(({ answeredInGoal, entered }) => ratio(answeredInGoal, entered)) }),
    asa: over(({ waits }) =>
      ratio(
        waits.reduce((sum, wait) => sum + wait, 0),
        waits.length,
      ),
    ),
    median: percentile(0.5),
    p90: percentile(0.9),
    p95: percentile(0.95),
    longest: over(({ longest }) => longest) ?? none,
    pieces: piecesOf(tallies, from),
  };
}

function piecesOf(tallies: readonly QueueTally[], from: number): PieceStudy[] {
  const count = Math.max(0, ...tallies.map(({ pieces }) => pieces.length));
  const first = tallies.flatMap(({ pieces }) => pieces.slice(0, 1))[0];
  return Array.from({ length: count }, (_, nth) => {
    const same = tallies.map(({ pieces }) => pieces[nth]).filter((piece) => piece !== undefined);
    const sum = (figure: (piece: (typeof same)[number]) => number) =>
      same.reduce((total, one) => total + figure(one), 0);
    const entered = sum((one) => one.entered);
    const start = same[0];
    return {
      from: from * 60_000 + (start && first ? start.from - first.from : 0),
      entered: entered / tallies.length,
      length: sum(({ length }) => length) / tallies.length,
      serviceLevel: ratio(
        sum(({ answeredInGoal }) => answeredInGoal),
        entered,
      ),
      wait: ratio(
        sum(({ waitedMs }) => waitedMs),
        entered,
      ),
    };
  });
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** The value that a share of all does not exceed. */
function at(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
