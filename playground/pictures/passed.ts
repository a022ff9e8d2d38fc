import type { ChartEdge, ChartNode } from "../../language/index.ts";
import type { Place } from "../model.ts";

/* Which nodes of a flow places of the text belong to. */

type Node = Pick<ChartNode, "id" | "shape" | "path" | "range">;

const length = ({ range }: Node): number => range.end - range.start;

/** The innermost node around where the place begins. Ends such as `answered` stand for no statement of their own. */
export function nodeAt(nodes: readonly Node[], { path, range }: Place): string | undefined {
  let best: Node | undefined;
  for (const node of nodes) {
    if (node.path !== path || node.range.start > range.start || node.range.end < range.start) continue;
    if (!best || length(node) < length(best)) best = node;
  }
  return best?.id;
}

/** The nodes where a call has been, and the starts it came by. */
export function passedBy(nodes: readonly Node[], edges: readonly ChartEdge[], trail: readonly Place[]): Set<string> {
  const passed = new Set(trail.flatMap((place) => nodeAt(nodes, place) ?? []));
  const starts = new Set(nodes.filter(({ shape }) => shape === "start").map(({ id }) => id));
  for (const { from, to, aside } of edges) if (starts.has(from) && passed.has(to) && !aside) passed.add(from);
  return passed;
}
