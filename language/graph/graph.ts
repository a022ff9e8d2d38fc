import type { Strategy, Sub, Text } from "../ast.ts";
import { type Declared, type Names, noNames, type ReadFile, resolveNames } from "../names.ts";
import type { Source } from "../source.ts";
import { addEnd, addNode, type Canvas, connect, newCanvas, type Spot } from "./canvas.ts";
import type { Chart, ChartGroup, LooseEnd } from "./chart.ts";
import { type Words, wordsOf } from "./labels.ts";
import { drawBlock } from "./statements.ts";

/**
 * The ways of calls through all strategies of the files, or through the one of this name: entries, statements, what is tried with its outcomes, ends. What could not
 * be read is left out. Never throws; the chart is empty where no strategy has the name.
 */
export function graph(files: readonly ReadFile[], strategy?: string): Chart {
  const { names } = resolveNames(files);
  const canvas = newCanvas();
  const chart: Chart = { groups: [], edges: canvas.edges };
  const subs = newSubs(canvas, chart);
  for (const { source, file } of files) {
    for (const item of file.items) {
      if (item.kind !== "strategy" || (strategy !== undefined && nameOf(item) !== strategy)) continue;
      const group: ChartGroup = { id: canvas.next(), title: `strategy ${nameOf(item)}`, members: [] };
      chart.groups.push(group);
      drawStrategy(spotIn(canvas, group, source, names.get(source.path) ?? noNames(), subs.start), item);
    }
  }
  subs.drawAll();
  return chart;
}

/** Of a strategy, test or traffic block. */
export function nameOf({ name }: { name: Text }): string {
  return name.parts.map((part) => (typeof part === "string" ? part : "…")).join("");
}

function spotIn(canvas: Canvas, group: ChartGroup, source: Source, names: Names, subStart: Spot["subStart"]): Spot {
  return { canvas, group, source, names, words: wordsOf(source), ends: new Map(), drawBlock, subStart };
}

function drawStrategy(spot: Spot, strategy: Strategy): void {
  const { words } = spot;
  const starts = strategy.entries.map((entry) => addNode(spot, "start", [words(entry.range)], entry.range, []).id);
  if (starts.length === 0) starts.push(addNode(spot, "start", ["no entry"], strategy.name.range, []).id);
  const through = drawBlock(
    spot,
    strategy.body,
    starts.map((from) => ({ from })),
  );
  const failing: LooseEnd[] = starts.map((from) => ({ from, label: "on any error", aside: true }));
  const net = strategy.defaultRoute;
  if (net) addEnd(spot, words(net.range), net.range, [...through, ...failing]);
  if (strategy.afterCall) {
    const { range } = strategy.afterCall;
    drawBlock(spot, strategy.afterCall, [{ from: addNode(spot, "start", ["after call"], range, []).id }]);
  }
}

interface Subs {
  start: Spot["subStart"];
  drawAll: () => void;
}

/** Each sub that something runs, drawn once, after the strategies. */
function newSubs(canvas: Canvas, chart: Chart): Subs {
  const starts = new Map<Sub, string>();
  const open: { sub: Declared<Sub>; spot: Spot; start: string }[] = [];
  const start: Spot["subStart"] = (name, names) => {
    const sub = names.subs.get(name);
    if (!sub) return undefined;
    const known = starts.get(sub.item);
    if (known !== undefined) return known;
    const group: ChartGroup = { id: canvas.next(), title: `sub ${name}`, members: [] };
    chart.groups.push(group);
    const spot = spotIn(canvas, group, sub.source, sub.names, start);
    const { id } = addNode(spot, "start", [headOf(sub.item, spot.words)], sub.item.range, []);
    starts.set(sub.item, id);
    open.push({ sub, spot, start: id });
    return id;
  };
  const drawAll = (): void => {
    for (let next = open.shift(); next; next = open.shift()) {
      const ends = drawBlock(next.spot, next.sub.item.body, [{ from: next.start }]);
      if (ends.length > 0) connect(next.spot, ends, addNode(next.spot, "end", ["back"], next.sub.item.range, []).id);
    }
  };
  return { start, drawAll };
}

function headOf(sub: Sub, words: Words): string {
  return `${sub.name.text}(${sub.parameters.map((each) => words(each.range)).join(", ")})`;
}
