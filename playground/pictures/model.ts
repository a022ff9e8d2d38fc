import type { Range } from "../../language/index.ts";
import type { EventRecord } from "../../runtime/index.ts";

export const pictures = ["timeline", "ladder", "flow", "queues"] as const;
export type Picture = (typeof pictures)[number];

/** How much of the run the timeline shows, in milliseconds; `all`: the whole. */
export const spans = { all: Infinity, "1 h": 3_600_000, "10 min": 600_000, "1 min": 60_000 } as const;
export type Span = keyof typeof spans;
export const spanNames: readonly Span[] = ["all", "1 h", "10 min", "1 min"];

/** The pictures' part of the page. */
export interface Pictures {
  shown: Picture;
  span: Span;
  /** The strategy that is drawn; without it the first. */
  strategy?: string;
  /** What has come to pass in the run, as far as it is known here, and how much of which film that is. */
  records: readonly EventRecord[];
  film: number;
  shots: number;
  /** Where the chosen call has been by the cursor. */
  trail: readonly { path: string; range: Range }[];
}

export const blankPictures: Pictures = { shown: "timeline", span: "all", records: [], film: -1, shots: 0, trail: [] };
