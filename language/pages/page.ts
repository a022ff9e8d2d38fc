import type { Severity } from "../diagnostic.ts";

/** Everything there is to say about one code: `explain`, hover, SARIF and `docs/codes.md` show the same. */
export interface Page {
  code: string;
  /** The worst it is told with. */
  severity: Severity;
  /** A few words, lower-case start, no full stop. */
  title: string;
  /** What the finding means. */
  what: string;
  /** What becomes of callers. */
  why: string;
  /**
   * Raises this code and nothing else. A `.strategy` text, whole or the statements of one strategy; for D codes the text of a directory.
   * Absent for the few codes that no text alone raises.
   */
  wrong?: string;
  /** The same, mended: no findings. */
  right?: string;
  /** The directory that a run has, where only a change of it raises the code. */
  running?: string;
  /** The directory of a strategy's example, where `standard.directory` does not do. */
  directory?: string;
  /** What to write instead. */
  mend: string;
}
