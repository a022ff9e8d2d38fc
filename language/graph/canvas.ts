import type { Block } from "../ast.ts";
import type { Names } from "../names.ts";
import type { Range, Source } from "../source.ts";
import type { ChartEdge, ChartGroup, ChartNode, LooseEnd, Shape } from "./chart.ts";
import type { Words } from "./labels.ts";

/** What a chart grows on: its edges so far, and names for its nodes. */
export interface Canvas {
  edges: ChartEdge[];
  /** `n1`, `n2` …: no author's word can be a word of Mermaid's. */
  next: () => string;
}

export function newCanvas(): Canvas {
  let count = 0;
  return { edges: [], next: () => `n${++count}` };
}

/** Where the next node is drawn, and where ways lead that leave this place. */
export interface Spot {
  canvas: Canvas;
  group: ChartGroup;
  source: Source;
  words: Words;
  names: Names;
  /** Ends that a strategy shares among its statements, by their words. */
  ends: Map<string, ChartNode>;
  /** Ways out of the loop around, and out of the queue around. */
  stops?: LooseEnd[];
  left?: LooseEnd[];
  drawBlock: (spot: Spot, block: Block, into: readonly LooseEnd[]) => LooseEnd[];
  /** The start of a sub's own part of the chart; undefined where the name is unknown. */
  subStart: (name: string, names: Names) => string | undefined;
}

export function addNode(spot: Spot, shape: Shape, lines: string[], range: Range, into: readonly LooseEnd[]): ChartNode {
  const node = { id: spot.canvas.next(), shape, lines, path: spot.source.path, range };
  spot.group.members.push(node);
  connect(spot, into, node.id);
  return node;
}

export function connect({ canvas }: Spot, into: readonly LooseEnd[], to: string): void {
  for (const end of into) canvas.edges.push({ ...end, to });
}

/** An end such as `answered`, drawn once in its strategy. */
export function addEnd(spot: Spot, outcome: string, range: Range, into: readonly LooseEnd[]): void {
  const known = spot.ends.get(outcome);
  if (known) connect(spot, into, known.id);
  else spot.ends.set(outcome, addNode(spot, "end", [outcome], range, into));
}
