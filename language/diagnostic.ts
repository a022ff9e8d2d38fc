import type { Range } from "./source.ts";

export type Severity = "error" | "warning" | "hint";

/** The worst first. */
export const severityRanks: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** A replacement of `range` by `text` in the file `path`. */
export interface Edit {
  path: string;
  range: Range;
  text: string;
}

/**
 * Everything that can be said about an author's text: syntax, names, types, flow, the directory.
 * Wording: one sentence, lower-case start, no full stop, the author's text in back-ticks, the language's words and never ours.
 */
export interface Diagnostic {
  /** Stable, for `explain`: S1xx syntax, S2xx names, S3xx types and units, S4xx flow and waits, D1xx directory. */
  code: string;
  severity: Severity;
  message: string;
  /** The `path` of the Source that `range` counts in. */
  path: string;
  range: Range;
  /** What to write instead. */
  hint?: string;
  related?: { path: string; range: Range; message: string }[];
  fix?: { title: string; edits: Edit[] };
}
