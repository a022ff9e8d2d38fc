import type { Comparison, Estimate, QueueFigure, Study } from "../runtime/index.ts";

/* A simulation as a person reads it. */

/** One traffic block, and what became of it; `second` and `comparison` with `--compare`. */
export interface Report {
  first: Study;
  second?: Study;
  comparison?: Comparison;
}

/** What each figure is called, and how it is written. */
export const figures: readonly { figure: QueueFigure; name: (goalMs: number) => string; unit: Unit }[] = [
  { figure: "entered", name: () => "calls", unit: "count" },
  { figure: "serviceLevel", name: (goalMs) => `answered within ${goalMs / 1000} s`, unit: "share" },
  { figure: "asa", name: () => "wait until the answer, mean", unit: "time" },
  { figure: "median", name: () => "… of half of them at most", unit: "time" },
  { figure: "p90", name: () => "… of 90 % at most", unit: "time" },
  { figure: "p95", name: () => "… of 95 % at most", unit: "time" },
  { figure: "abandoned", name: () => "hung up waiting", unit: "share" },
  { figure: "longest", name: () => "longest line", unit: "count" },
];

export type Unit = "count" | "share" | "time";

const NAME_WIDTH = 30;
const CELL_WIDTH = 22;

export function reportText({ first, second, comparison }: Report): string {
  const days = `${first.replications} ${first.replications === 1 ? "day" : "days"}`;
  const lines = [`${first.traffic}: strategy "${first.strategy}", ${days} of ${show(first.calls, "count")} calls`];
  if (second) lines.push(row("", ["first", "second", "difference"]));
  for (const queue of first.queues) {
    const other = second?.queues.find((one) => one.queue === queue.queue);
    const apart = comparison?.queues.find((one) => one.queue === queue.queue);
    lines.push("", `queue ${queue.queue}`);
    for (const { figure, name, unit } of figures) {
      if (!queue[figure]) continue;
      const cells = [show(queue[figure], unit)];
      if (second) cells.push(show(other?.[figure], unit), show(apart?.[figure], unit, true));
      lines.push(row(name(first.goal?.within ?? 0), cells));
    }
  }
  lines.push("", ...overall(first, second, comparison), ...goalLines(second ?? first), "", assumed(first));
  return `${lines.join("\n")}\n`;
}

export function assumed({ assumptions }: Study): string {
  return `taken for granted: ${assumptions.join(", ")}`;
}

function overall(first: Study, second: Study | undefined, comparison: Comparison | undefined): string[] {
  const cells = [show(first.occupancy, "share")];
  if (second) cells.push(show(second.occupancy, "share"), show(comparison?.occupancy, "share", true));
  const endings = new Set([...Object.keys(first.dispositions), ...Object.keys(second?.dispositions ?? {})]);
  return [
    row("agents at work", cells),
    ...[...endings].map((ending) => {
      const ended = [show(first.dispositions[ending], "count")];
      if (second) ended.push(show(second.dispositions[ending], "count"));
      return row(`ended ${ending}`, ended);
    }),
  ];
}

function goalLines({ goal }: Study): string[] {
  if (!goal) return [];
  const wanted = `${percent(goal.share)} within ${goal.within / 1000} s`;
  return ["", goal.met ? `the target of ${wanted} is met` : `the target of ${wanted} is missed`];
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(CELL_WIDTH)).join("")}`.trimEnd();
}

/** `12.4 s ± 0.8`: the mean, and how far the true one may be from it, 95 times of 100. */
export function show(estimate: Estimate | undefined, unit: Unit, signed = false): string {
  if (!estimate) return "–";
  const { mean, within } = estimate;
  const sign = signed && mean > 0 ? "+" : "";
  if (within === undefined) return `${sign}${value(mean, unit)}`;
  return `${sign}${value(mean, unit)} ± ${value(within, unit)}`;
}

function value(amount: number, unit: Unit): string {
  if (unit === "share") return percent(amount);
  if (unit === "time") return `${(amount / 1000).toFixed(1)} s`;
  return amount.toFixed(Number.isInteger(amount) ? 0 : 1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
