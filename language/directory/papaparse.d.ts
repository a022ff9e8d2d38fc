/**
 * What `csv.ts` uses of the CSV reader. Its own types bring all of Node's with them, which the pure rooms must not see; the pure check
 * reads these in their place.
 */
declare function parse(
  text: string,
  config: {
    delimiter: string;
    step(
      row: { data: string[]; errors: { index?: number }[]; meta: { cursor: number } },
      parser: { abort(): void },
    ): void;
  },
): void;

declare const Papa: { parse: typeof parse };
export default Papa;
