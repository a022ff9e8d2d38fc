import type { Diagnostic, Range } from "../language/index.ts";
import type { Act } from "../runtime/index.ts";
import type { Lens } from "../language/service/index.ts";
import { blankPictures, type Pictures } from "./pictures/model.ts";
import { blankScene, type Scene } from "./scene/model.ts";
import { blankResults, type Results } from "./results/model.ts";
import { blankLive, type Live } from "./live/model.ts";

/* The plain data of the page: what there is to see, nothing of how it is drawn. `store.ts` holds one `Page`. */

export interface TextFile {
  /** As strategies and messages name it, from the folder of the directory: `lib/crm.strategy`. */
  path: string;
  /** Lines end with `\n`. */
  text: string;
}

/** Strategies with their tests and traffic, and the directory. */
export interface Site {
  files: TextFile[];
  /** Milliseconds of each prompt that has audio, by name; empty where there is no folder of them, absent where nobody knows. */
  prompts?: Record<string, number>;
}

/** Where a run comes from: by hand, or out of the text. `begins`: what clocks of the site show then, as `begin.ts` reads it. */
export type Origin = { from: "hand"; begins?: string } | { from: "test" | "traffic"; path: string; name: string };

export interface Scenario {
  origin: Origin;
  /** What a person did, each at its time on the virtual clock. */
  acts: Act[];
}

/** What a link, an export and the autosave hold: everything that a person made. */
export interface Work {
  site: Site;
  scenario: Scenario;
  /** The file in the editor. */
  open: string;
}

export const panels = ["run", "pictures", "results", "live"] as const;
export type PanelId = (typeof panels)[number];

/** A place of a text that somebody wants to see; the editor goes there. */
export interface Place {
  path: string;
  range: Range;
}

/** Lines that a panel marks in the text: where calls are now, where they have been, what went wrong there. */
export interface Mark extends Place {
  as: "now" | "passed" | "failed" | "taken";
  /** In few words, for the margin's hover. */
  about?: string;
}

/** What a lens above a strategy, test or traffic block was asked to do. The panel that does it takes it away. */
export interface Wish extends Pick<Lens, "does" | "name"> {
  path: string;
}

/** Something to be told that no place of the page tells already. */
export interface Notice {
  id: number;
  text: string;
  tone: "plain" | "bad";
  /** What the run was made of before; it can be had back. */
  undo?: Scenario;
}

export type DialogId = "share" | "new file" | "rename file" | "delete file" | "load into the run";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export interface Page extends Work {
  /** By path; a file that was not read yet has none. */
  findings: Record<string, readonly Diagnostic[]>;
  /** `first`: nothing is told of this work yet. `stopped`: it took too long to be checked, and is left alone until it changes. */
  checking: "first" | "ready" | "stopped";
  goal?: Place;
  /** By the panel that sets them. */
  marks: Partial<Record<PanelId, readonly Mark[]>>;
  panel: PanelId;
  /** On a window too small for both. */
  narrow: "text" | "work";
  wish?: Wish;
  notices: Notice[];
  scene: Scene;
  results: Results;
  pictures: Pictures;
  live: Live;
  dialog?: DialogId;
  theme: Theme;
  /** Another work was here before, and can be had back. */
  hasEarlier: boolean;
  /** Inside another page, to be read and run, not written. */
  isEmbedded: boolean;
}

export const blankPage: Page = {
  site: { files: [] },
  scenario: { origin: { from: "hand" }, acts: [] },
  open: "",
  findings: {},
  checking: "first",
  marks: {},
  panel: "run",
  narrow: "text",
  notices: [],
  scene: blankScene,
  results: blankResults,
  pictures: blankPictures,
  live: blankLive,
  theme: "system",
  hasEarlier: false,
  isEmbedded: false,
};
