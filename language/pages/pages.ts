import { calendarPages } from "./calendars.ts";
import { directoryPages } from "./directory.ts";
import { flowPages } from "./flow.ts";
import { namePages } from "./names.ts";
import type { Page } from "./page.ts";
import { syntaxPages } from "./syntax.ts";
import { testPages } from "./tests.ts";
import { timePages } from "./times.ts";
import { trafficPages } from "./traffic.ts";
import { valuePages } from "./values.ts";

/** One page for every code, in the order of codes. */
export const pages: readonly Page[] = [
  ...syntaxPages,
  ...namePages,
  ...valuePages,
  ...flowPages,
  ...testPages,
  ...timePages,
  ...calendarPages,
  ...trafficPages,
  ...directoryPages,
];

const byCode = new Map(pages.map((page) => [page.code, page]));

export function pageOf(code: string): Page | undefined {
  return byCode.get(code.toUpperCase());
}
