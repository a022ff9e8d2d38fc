/** One line of the table. */
export type Row = {
  what: string;
  /** How much of it: `1,000 lines`. */
  size: string;
  /** What it may take, in the unit of the row. */
  budget?: number;
  /** How often as long as the first of its kind takes. */
  ratio?: number;
} & ({ /** Milliseconds; the median where nothing else is said. */ ms: number } | { bytes: number });

/** Measurements of one part of the system. */
export interface Chapter {
  name: string;
  rows: () => Row[] | Promise<Row[]>;
}
