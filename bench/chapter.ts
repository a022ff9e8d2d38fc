/** One line of the table. */
export interface Row {
  what: string;
  /** How much of it: `1,000 lines`. */
  size: string;
  /** Median, milliseconds. */
  ms: number;
  /** What it may take, milliseconds. */
  budget?: number;
  /** How often as long as the first of its kind takes. */
  ratio?: number;
}

/** Measurements of one part of the system. */
export interface Chapter {
  name: string;
  rows: () => Row[];
}
