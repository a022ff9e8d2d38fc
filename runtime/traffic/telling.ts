import type { QueueFigure } from "./figures.ts";
import type { Estimate } from "./interval.ts";
import type { Comparison, QueueStudy, Study } from "./study.ts";

/* What a simulation found, as people read it: rows of a table, and curves over the day. */

/** One traffic block, and what became of it; `second` and `comparison` where two strategies are compared. */
export interface Report {
  first: Study;
  second?: Study;
  comparison?: Comparison;
}

/** The first, the second, and the difference. */
export interface Row {
  name: string;
  cells: string[];
}

export interface QueueTable {
  queue: string;
  rows: Row[];
  charts: Curves[];
}

/** Curves over the time of day, the first and the second. */
export interface Curves {
  title: string;
  unit: string;
  /** Seconds after midnight. */
  from: number[];
  curves: (number | null)[][];
}

type Unit = "count" | "share" | "time";

/** What each figure is called, and how it is written. */
const figures: readonly { figure: QueueFigure; name: (goalMs: number) => string; unit: Unit }[] = [
  { figure: "entered", name: () => "calls", unit: "count" },
  { figure: "serviceLevel", name: (goalMs) => `answered within ${goalMs / 1000} s`, unit: "share" },
  { figure: "asa", name: () => "wait until the answer, mean", unit: "time" },
  { figure: "median", name: () => "… of half of them at most", unit: "time" },
  { figure: "p90", name: () => "… of 90 % at most", unit: "time" },
  { figure: "p95", name: () => "… of 95 % at most", unit: "time" },
  { figure: "abandoned", name: () => "hung up waiting", unit: "share" },
  { figure: "longest", name: () => "longest line", unit: "count" },
];

const charts = [
  { of: "length", title: "Calls waiting", unit: "calls", scale: 1 },
  { of: "wait", title: "Wait of those who came then", unit: "s", scale: 0.001 },
  { of: "serviceLevel", title: "Answered in time", unit: "%", scale: 100 },
] as const;

/** A table and its curves for each queue of the first. */
export function queueTables({ first, second, comparison }: Report): QueueTable[] {
  return first.queues.map((queue) => {
    const other = second?.queues.find((one) => one.queue === queue.queue);
    const apart = comparison?.queues.find((one) => one.queue === queue.queue);
    const rows = figures
      .filter(({ figure }) => queue[figure])
      .map(({ figure, name, unit }): Row => {
        const cells = [show(queue[figure], unit)];
        if (second) cells.push(show(other?.[figure], unit), show(apart?.[figure], unit, true));
        return { name: name(first.goal?.within ?? 0), cells };
      });
    const shown = charts.filter(({ of }) => of !== "serviceLevel" || first.goal);
    return { queue: queue.queue, rows, charts: shown.map((chart) => curvesOf(chart, queue, other)) };
  });
}

/** What is no queue's: the agents' work, and how calls ended. */
export function overallRows({ first, second, comparison }: Report): Row[] {
  const worked = [show(first.occupancy, "share")];
  if (second) worked.push(show(second.occupancy, "share"), show(comparison?.occupancy, "share", true));
  const endings = new Set([...Object.keys(first.dispositions), ...Object.keys(second?.dispositions ?? {})]);
  const ended = [...endings].map((name): Row => {
    const cells = [show(first.dispositions[name], "count")];
    if (second) cells.push(show(second.dispositions[name], "count"));
    return { name: `ended ${name}`, cells };
  });
  return [{ name: "agents at work", cells: worked }, ...ended];
}

function curvesOf({ of, title, unit, scale }: (typeof charts)[number], queue: QueueStudy, other?: QueueStudy): Curves {
  const both = other ? [queue, other] : [queue];
  const longer = other && other.pieces.length > queue.pieces.length ? other : queue;
  return {
    title,
    unit,
    from: longer.pieces.map(({ from }) => from / 1000),
    curves: both.map(({ pieces }) => pieces.map(({ [of]: value }) => (value === undefined ? null : value * scale))),
  };
}

/** How many calls a day has, on average. */
export const callsADay = ({ calls }: Study): string => show(calls, "count");

export const goalText = ({ share, within }: NonNullable<Study["goal"]>, digits: number): string =>
  `${(share * 100).toFixed(digits)} % within ${within / 1000} s`;

/** `12.4 s ± 0.8`: the mean, and how far the true one may be from it, 95 times of 100. */
function show(estimate: Estimate | undefined, unit: Unit, signed = false): string {
  if (!estimate) return "–";
  const { mean, within } = estimate;
  const sign = signed && mean > 0 ? "+" : "";
  if (within === undefined) return `${sign}${value(mean, unit)}`;
  return `${sign}${value(mean, unit)} ± ${value(within, unit)}`;
}

function value(amount: number, unit: Unit): string {
  if (unit === "share") return `${(amount * 100).toFixed(1)} %`;
  if (unit === "time") return `${(amount / 1000).toFixed(1)} s`;
  return amount.toFixed(Number.isInteger(amount) ? 0 : 1);
}
