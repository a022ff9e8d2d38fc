import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  callsADay,
  type Curves,
  goalText,
  overallRows,
  queueTables,
  type Report,
  type Row,
  type Study,
} from "../runtime/index.ts";
import { assumed } from "./report-text.ts";

/* A simulation as one HTML file that needs nothing else: tables, and the day as charts. */

export function reportPage(reports: readonly Report[]): string {
  const drawn: object[] = [];
  const body = reports.map((report) => section(report, drawn)).join("\n");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulation: ${escaped(reports.map(({ first }) => first.traffic).join(", "))}</title>
<style>${library("uPlot.min.css")}${style}</style>
<main>
${body}
</main>
<script>${library("uPlot.iife.min.js")}</script>
<script>const charts = ${asScript(drawn)};
${drawing}</script>
</html>
`;
}

function library(file: string): string {
  const found = createRequire(import.meta.url).resolve(`uplot/dist/${file}`);
  return readFileSync(found, "utf8").replaceAll("</script", "<\\/script");
}

function section(report: Report, drawn: object[]): string {
  const { first, second } = report;
  const head = second ? "<tr><th></th><th>first</th><th>second</th><th>difference</th></tr>" : "";
  const queues = queueTables(report).map(
    ({ queue, rows, charts }) => `<h3>Queue ${escaped(queue)}</h3>
<table>${head}${rows.map(tableRow).join("")}</table>
<div class="charts">${charts.map((chart) => place(chart, drawn)).join("")}</div>`,
  );
  return `<section>
<h2>${escaped(first.traffic)}</h2>
<p>Strategy “${escaped(first.strategy)}”, ${first.replications} days of ${callsADay(first)} calls. ± is the 95 % confidence interval of the mean.</p>
${goal(second ?? first)}
${queues.join("\n")}
<h3>All calls</h3>
<table>${overallRows(report).map(tableRow).join("")}</table>
<p>${escaped(assumed(first))}</p>
</section>`;
}

function goal({ goal: wanted }: Study): string {
  if (!wanted) return "";
  return `<p class="${wanted.met ? "met" : "missed"}">Target ${goalText(wanted, 0)}: ${wanted.met ? "✓ met" : "✗ missed"}</p>`;
}

function tableRow({ name, cells }: Row): string {
  return `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
}

function place({ title, unit, from, curves }: Curves, drawn: object[]): string {
  const names = curves.length > 1 ? ["first", "second"] : [title];
  drawn.push({ title: `${title} (${unit})`, data: [from, ...curves], names });
  return `<div class="chart" role="img" aria-label="${escaped(`${title} by time of day`)}"></div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** JSON that cannot end the script it stands in. */
function asScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1b2430, #e6e9ee); --paper: light-dark(#fff, #14181f); --line: light-dark(#d6dce4, #303947); }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem 1rem .2rem 0; border-bottom: 1px solid var(--line); text-align: right; }
th[scope=row] { text-align: left; font-weight: normal; }
.charts { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0 2rem; }
.chart { background: #fff; color: #1b2430; border: 1px solid var(--line); border-radius: 6px; padding: .5rem; }
.met { color: light-dark(#0a6b3d, #58d298); } .missed { color: light-dark(#a1251b, #ff8d83); font-weight: 600; }
`;

const drawing = `
const colours = ["#1f6feb", "#d1571a"];
const clock = (u, seconds) => seconds.map((s) => String(Math.floor(s / 3600) % 24).padStart(2, "0") + ":" + String(Math.floor(s / 60) % 60).padStart(2, "0"));
document.querySelectorAll(".chart").forEach((place, nth) => {
  const { title, data, names } = charts[nth];
  new uPlot({
    title, width: Math.min(520, innerWidth - 64), height: 240,
    scales: { x: { time: false }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [{ values: clock, space: 60, incrs: [900, 1800, 3600, 7200, 14400] }, {}],
    series: [{ label: "time", value: (u, s) => s == null ? "" : clock(u, [s])[0] },
      ...names.map((label, i) => ({ label, stroke: colours[i], width: 2, value: (u, v) => v == null ? "–" : v.toFixed(1) }))],
  }, data, place);
});
`;
