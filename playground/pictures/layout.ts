import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk-api.js";
import elkWorker from "elkjs/lib/elk-worker.min.js?url";
import type { Chart, ChartEdge, ChartGroup, ChartNode } from "../../language/index.ts";

/* Where each node of a flow stands, found by ELK in its own worker. */

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line extends ChartEdge {
  points: { x: number; y: number }[];
  /** Where its label stands. */
  words?: { x: number; y: number };
}

export interface Laid {
  width: number;
  height: number;
  nodes: (ChartNode & Box)[];
  groups: (Pick<ChartGroup, "title"> & Box)[];
  lines: Line[];
}

/** A chart of more nodes nobody reads, and it takes too long. */
export const MOST_NODES = 800;
const MOST_MS = 15_000;
/** Of the page's mono font at 12 px. */
const LETTER = 7.3;
export const LINE_HEIGHT = 16;
export const MOST_LETTERS = 46;

let elk: InstanceType<typeof ELK> | undefined;

export const nodesIn = ({ members }: Pick<ChartGroup, "members">): ChartNode[] =>
  members.flatMap((one) => ("members" in one ? nodesIn(one) : [one]));

/** Rejects where it takes too long; the worker is ended then. */
export async function layOut(chart: Chart): Promise<Laid> {
  elk ??= new ELK({ workerFactory: () => new Worker(elkWorker) });
  const mine = elk;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      mine.terminateWorker();
      elk = undefined;
      fail(new Error(`the layout took longer than ${MOST_MS / 1000} s`));
    }, MOST_MS);
  });
  try {
    return read(chart, await Promise.race([mine.layout(asked(chart)), late]));
  } finally {
    clearTimeout(timer);
  }
}

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.spacing.nodeNode": "24",
  "elk.spacing.edgeLabel": "4",
  "elk.layered.spacing.nodeNodeBetweenLayers": "28",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
};

function asked({ groups, edges }: Chart): ElkNode {
  return {
    id: "chart",
    layoutOptions: options,
    children: groups.map(askedGroup),
    edges: edges.map(({ from, to, label }, nth) => ({
      id: `e${nth}`,
      sources: [from],
      targets: [to],
      labels: label === undefined ? [] : [{ text: label, width: label.length * 6.5, height: 14 }],
    })),
  };
}

function askedGroup({ id, title, members }: ChartGroup): ElkNode {
  return {
    id,
    layoutOptions: { "elk.padding": "[top=30,left=12,bottom=12,right=12]" },
    labels: [{ text: title, width: title.length * LETTER, height: 16 }],
    children: members.map((one) => ("members" in one ? askedGroup(one) : askedNode(one))),
  };
}

function askedNode({ id, lines }: ChartNode): ElkNode {
  const letters = Math.min(MOST_LETTERS, Math.max(4, ...lines.map(({ length }) => length)));
  return { id, width: Math.ceil(letters * LETTER) + 20, height: lines.length * LINE_HEIGHT + 12 };
}

function read(chart: Chart, laid: ElkNode): Laid {
  const boxes = new Map<string, Box>();
  const collect = (node: ElkNode): void => {
    const { id, x = 0, y = 0, width = 0, height = 0 } = node;
    boxes.set(id, { id, x, y, width, height });
    node.children?.forEach(collect);
  };
  collect(laid);
  const boxOf = (id: string): Box => boxes.get(id) ?? { id, x: 0, y: 0, width: 0, height: 0 };
  const groups = chart.groups.flatMap(withGroups);
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    nodes: groups.flatMap(({ members }) =>
      members.flatMap((one) => ("members" in one ? [] : [{ ...one, ...boxOf(one.id) }])),
    ),
    groups: groups.map(({ id, title }) => ({ title, ...boxOf(id) })),
    lines: chart.edges.map((edge, nth) => ({ ...edge, ...lineOf(edges.get(`e${nth}`)) })),
  };
}

const withGroups = (group: ChartGroup): ChartGroup[] => [
  group,
  ...group.members.flatMap((one) => ("members" in one ? withGroups(one) : [])),
];

function lineOf(edge: ElkExtendedEdge | undefined): Pick<Line, "points" | "words"> {
  const points = (edge?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  const [label] = edge?.labels ?? [];
  return { points, words: label && { x: label.x ?? 0, y: (label.y ?? 0) + 11 } };
}
