import type { Range } from "../../language/index.ts";
import type { Covered, DayFigures, QueueTable, Row, Study, TestResult } from "../../runtime/index.ts";

/* What tests and traffic said, and of which texts. */

/** A `test` or `traffic` block of the texts. */
export interface Block {
  path: string;
  name: string;
  strategy: string;
  range: Range;
}

export interface Blocks {
  tests: Block[];
  traffic: Block[];
}

/** Why nothing can be run. */
export interface Refused {
  error: string;
  path?: string;
  range?: Range;
}

/** How one test went; its records stay in the worker. */
export type Tested = Omit<TestResult, "records"> & { range: Range };

export interface Tests {
  tested: Tested[];
  /** Only of a run of all tests. */
  covered?: Covered[];
}

/** A traffic block played on all its days. */
export interface Played {
  study: Study;
  /** Kept for comparing. */
  days: DayFigures[];
}

/** The same as people read it; beside what was before, each row has that first, then what is now, then the difference. */
export interface Told {
  /** Of a day. */
  calls: string;
  goal?: { text: string; met: boolean };
  queues: QueueTable[];
  all: Row[];
}

/** What was found, and in which texts: those of the page may be others by now. */
type Of<Found> = Found & { files: readonly { path: string; text: string }[] };

export interface DayResult extends Of<Played> {
  told: Told;
  /** Beside what was before. */
  isCompared: boolean;
}

export interface Results {
  /** Not there until a new text has been read. */
  blocks?: Blocks;
  tests?: Of<Tests>;
  /** By `path` and name of the block. */
  days: Record<string, DayResult>;
  /** What later results are compared with. */
  before: Record<string, Of<Played>>;
  /** What is being run, and how far it is, from 0 to 1. */
  running?: { what: "tests" | "day"; key: string; share: number };
  refused?: Refused;
  /** Tests are run again whenever the texts have changed. */
  follows: boolean;
}

export const blankResults: Results = {
  days: {},
  before: {},
  follows: false,
};

export const keyOf = ({ path, name }: Pick<Block, "path" | "name">): string => `${path}\n${name}`;
