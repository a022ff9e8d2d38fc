import { callsADay, goalText, overallRows, queueTables, type Report, type Row, type Study } from "../runtime/index.ts";

/* A simulation as a person reads it on a terminal. */

const NAME_WIDTH = 30;
const CELL_WIDTH = 22;

export function reportText(report: Report): string {
  const { first, second } = report;
  const days = `${first.replications} ${first.replications === 1 ? "day" : "days"}`;
  const lines = [`${first.traffic}: strategy "${first.strategy}", ${days} of ${callsADay(first)} calls`];
  if (second) lines.push(row({ name: "", cells: ["first", "second", "difference"] }));
  for (const { queue, rows } of queueTables(report)) lines.push("", `queue ${queue}`, ...rows.map(row));
  lines.push("", ...overallRows(report).map(row), ...goalLines(second ?? first), "", assumed(first));
  return `${lines.join("\n")}\n`;
}

export function assumed({ assumptions }: Study): string {
  return `taken for granted: ${assumptions.join(", ")}`;
}

function goalLines({ goal }: Study): string[] {
  if (!goal) return [];
  return ["", `the target of ${goalText(goal, 1)} is ${goal.met ? "met" : "missed"}`];
}

function row({ name, cells }: Row): string {
  return `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(CELL_WIDTH)).join("")}`.trimEnd();
}
