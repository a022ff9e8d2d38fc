import type { Range } from "../source.ts";

/** What a flow chart of strategies is made of, whatever draws it. */
export interface Chart {
  /** One for each strategy, then one for each sub that they run. */
  groups: ChartGroup[];
  edges: ChartEdge[];
}

export interface ChartGroup {
  id: string;
  title: string;
  /** In the order of the text. */
  members: (ChartNode | ChartGroup)[];
}

export interface ChartNode {
  id: string;
  shape: Shape;
  lines: string[];
  /** What it stands for: the `path` of a source, and the place there. */
  path: string;
  range: Range;
}

export type Shape = "start" | "step" | "choice" | "loop" | "attempt" | "queue" | "sub" | "end";

export interface ChartEdge {
  from: string;
  to: string;
  label?: string;
  /** Not the way of the call itself: what runs beside it, what a sub does, what happens on errors. */
  aside?: true;
}

/** A way that leads on to whatever is drawn next. */
export type LooseEnd = Omit<ChartEdge, "to">;
