import { assumptionsOf } from "./crowd.ts";
import { type DayOptions, playDay } from "./day.ts";
import { type DayFigures, figureNames, figuresOf, type QueueFigure, ratio, sum } from "./figures.ts";
import { type Estimate, estimate } from "./interval.ts";
import type { TrafficPlan } from "./plan.ts";

export type QueueStudy = { [K in QueueFigure]?: Estimate } & { queue: string; pieces: PieceStudy[] };

/** A piece of the day, as means over the replications. */
export interface PieceStudy {
  /** Milliseconds after midnight. */
  from: number;
  entered: number;
  /** Of the line. */
  length: number;
  serviceLevel?: number;
  /** Of everybody who entered in it, in milliseconds. */
  wait?: number;
}

/** What a number of replications say. */
export interface Study {
  traffic: string;
  strategy: string;
  replications: number;
  events: number;
  calls?: Estimate;
  occupancy?: Estimate;
  /** How calls ended: of a day. */
  dispositions: Record<string, Estimate>;
  queues: QueueStudy[];
  /** `met` by the mean of every queue's service level. Absent without a goal. */
  goal?: { share: number; within: number; met: boolean };
  /** Mistakes of ours that showed. */
  defects: string[];
  /** What is taken for granted because no line of a `traffic` block says it. */
  assumptions: readonly string[];
}

/** The differences of a second strategy to a first one, on the same callers, by queue. */
export interface Comparison {
  occupancy?: Estimate;
  queues: ({ [K in QueueFigure]?: Estimate } & { queue: string })[];
}

/** Plays all replications of a plan, or as many as were done when `onProgress` said `false`. */
export function playDays(options: Omit<DayOptions, "replication">): DayFigures[] {
  const { plan, onProgress } = options;
  const days: DayFigures[] = [];
  const going = { on: true };
  for (let replication = 1; replication <= plan.replications; replication++) {
    const told = (share: number) => {
      going.on &&= onProgress?.((replication - 1 + share) / plan.replications) !== false;
      return going.on;
    };
    const day = playDay({ ...options, replication, onProgress: told });
    if (!going.on) break;
    days.push(figuresOf(day));
  }
  return days;
}

export function studyOf(plan: TrafficPlan, days: readonly DayFigures[]): Study {
  const endings = [...new Set(days.flatMap(({ dispositions }) => Object.keys(dispositions)))].toSorted();
  const queues = namesIn(days).map((queue) => queueStudy(queue, plan, days));
  const { goal } = plan;
  const met = queues.length > 0 && queues.every(({ serviceLevel }) => (serviceLevel?.mean ?? 1) >= (goal?.share ?? 0));
  return {
    traffic: plan.name,
    strategy: plan.strategy,
    replications: days.length,
    events: sum(days.map(({ events }) => events)),
    calls: estimate(days.map(({ calls }) => calls)),
    occupancy: estimate(days.map(({ occupancy }) => occupancy)),
    dispositions: Object.fromEntries(
      endings.flatMap((ending) => {
        const counted = estimate(days.map(({ dispositions }) => dispositions[ending] ?? 0));
        return counted ? [[ending, counted] as const] : [];
      }),
    ),
    queues,
    ...(goal && { goal: { ...goal, met } }),
    defects: days.flatMap(({ defects }) => defects),
    assumptions: assumptionsOf(plan),
  };
}

/** Day against day: the callers are the same, so that what they differ in is the strategy's doing. */
export function compare(first: readonly DayFigures[], second: readonly DayFigures[]): Comparison {
  const pairs = second.slice(0, first.length).map((after, nth) => ({ before: first[nth], after }));
  const shared = namesIn(first).filter((name) => namesIn(second).includes(name));
  return {
    occupancy: estimate(pairs.map(({ before, after }) => difference(before?.occupancy, after.occupancy))),
    queues: shared.map((queue) => ({
      queue,
      ...estimates((figure) =>
        pairs.map(({ before, after }) =>
          difference(before?.queues[queue]?.figures[figure], after.queues[queue]?.figures[figure]),
        ),
      ),
    })),
  };
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

function namesIn(days: readonly DayFigures[]): string[] {
  return [...new Set(days.flatMap(({ queues }) => Object.keys(queues)))];
}

function queueStudy(queue: string, plan: TrafficPlan, days: readonly DayFigures[]): QueueStudy {
  const found = estimates((figure) => days.map((day) => day.queues[queue]?.figures[figure]));
  if (!plan.goal) delete found.serviceLevel;
  return { queue, ...found, pieces: piecesOf(queue, plan, days) };
}

function estimates(values: (figure: QueueFigure) => (number | undefined)[]): { [K in QueueFigure]?: Estimate } {
  const found: { [K in QueueFigure]?: Estimate } = {};
  for (const figure of figureNames) found[figure] = estimate(values(figure));
  return found;
}

const MINUTE_MS = 60_000;

function piecesOf(queue: string, { from }: TrafficPlan, days: readonly DayFigures[]): PieceStudy[] {
  const all = days.map((day) => day.queues[queue]?.pieces ?? []);
  const count = Math.max(0, ...all.map(({ length }) => length));
  const first = all.find(({ length }) => length > 0)?.[0]?.from ?? 0;
  const ms = (all.find(({ length }) => length > 1)?.[1]?.from ?? first) - first;
  return Array.from({ length: count }, (_, nth) => {
    const same = all.flatMap((pieces) => pieces.slice(nth, nth + 1));
    const entered = sum(same.map((piece) => piece.entered));
    return {
      from: from * MINUTE_MS + nth * ms,
      entered: entered / days.length,
      length: sum(same.map((piece) => piece.length)) / days.length,
      serviceLevel: ratio(sum(same.map((piece) => piece.answeredInGoal)), entered),
      wait: ratio(sum(same.map((piece) => piece.waitedMs)), entered),
    };
  });
}
