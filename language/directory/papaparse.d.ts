/**
 * What `csv.ts` and `runtime/traffic/recorded.ts` use of the CSV reader. Its own types bring all of Node's with them, which the pure rooms must not see; the pure check
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
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as its own types have it
declare function parse<Row>(
  text: string,
  config: { header: true; skipEmptyLines: "greedy"; transformHeader(head: string): string },
): { data: Row[]; meta: { fields?: string[] } };

declare const Papa: { parse: typeof parse };
export default Papa;
