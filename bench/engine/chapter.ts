import type { Chapter, Row } from "../chapter.ts";
import { laterMedian } from "../median.ts";
import { simulating } from "./day.ts";
import { deciding, type Load } from "./decisions.ts";
import { pool, ways } from "./peers.ts";
import { stepping } from "./steps.ts";

const loads: Load[] = [
  ...[100, 1000, 10_000, 50_000].map((agents) => ({ agents, waiting: 10_000 })),
  ...[100, 1000, 100_000].map((waiting) => ({ agents: 10_000, waiting })),
];

/** Decisions next to other ways to make them, how they grow, the interpreter, and whole days. */
export const engineChapter: Chapter = {
  name: "engine",
  async rows() {
    const rows: Row[] = [];
    for (const ready of [10, 100, 1000]) rows.push(...(await choosing(ready)));
    rows.push(...stepping());
    for (const load of loads) rows.push(...deciding(load));
    return [...rows, ...simulating(30_000, 1000), ...simulating(300_000, 10_000, 10_000)];
  },
};

const CALLS = 20;

/** A call that waits until it widens, then gets the first agent who will do. */
async function choosing(ready: number): Promise<Row[]> {
  const rows: Row[] = [];
  const size = `${ready.toLocaleString("en")} agents ready`;
  for (const [how, way] of Object.entries(ways)) {
    const play = way(pool(ready));
    const ms = (await laterMedian(async () => many(play))) / CALLS;
    const ours = rows[0] && "ms" in rows[0] ? rows[0].ms : ms;
    const what = rows.length === 0 ? "a call gets its agent after 30 s" : `  the same ${how}`;
    rows.push({ what, size, ms, ratio: ms / ours });
  }
  return rows;
}

async function many(play: () => unknown): Promise<unknown> {
  let last: unknown;
  for (let call = 0; call < CALLS; call++) last = await play();
  return last;
}
