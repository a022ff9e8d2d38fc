import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { load } from "../../cli/load.ts";
import { promptLengths } from "../../cli/prompt-lengths.ts";
import { nameOf } from "../../language/index.ts";
import { createTrace, type EventRecord, runTest } from "../../runtime/index.ts";
import type { Origin, Work } from "../model.ts";
import { examples } from "../share/examples.ts";
import { programOf } from "../workers/site.ts";
import { chromiumSuite } from "./suite.ts";

/* What the page plays is what `cordboard test` plays: every test of every example, record by record. */

vi.setConfig({ testTimeout: 60_000 });

const folder = (name: string): string => join(import.meta.dirname, "../../examples", name);

const digestOf = (records: readonly EventRecord[]): string => {
  const trace = createTrace();
  for (const record of records) trace.add(record);
  return trace.digest();
};

test.each([...examples])("%s is on the page with the lengths of its prompts", (name, { site }) => {
  expect(site.prompts).toEqual(promptLengths(load([folder(name)], []).prompts));
});

chromiumSuite("the page's own worker", (chromium) => {
  test.each([...examples])("plays every test of %s as Node does", async (_, work) => {
    const read = programOf(work.site);
    if (!("program" in read)) throw new Error("the example has errors");
    const { program } = read;
    const here = program.tests.map((one) => {
      const { name, records } = runTest(program, one, { promptLengths: work.site.prompts });
      return [name, digestOf(records)];
    });
    const page = await chromium.anew();
    const origins = program.tests.map(
      ({ source, test: { name } }): Origin => ({ from: "test", path: source.path, name: nameOf({ name }) }),
    );
    const there = await page.evaluate(playedBy, { work, origins });
    expect(here.length).toBeGreaterThan(0);
    expect(there.map((records, nth) => [here[nth]?.[0], digestOf(records)])).toEqual(here);
  });
});

/** Asks a worker of the page's own, as the page does. */
async function playedBy({ work, origins }: { work: Work; origins: Origin[] }): Promise<EventRecord[][]> {
  const address = () => performance.getEntriesByType("resource").find(({ name }) => name.includes("/scene.worker-"));
  while (!address()) await new Promise(requestAnimationFrame);
  const worker = new Worker(address()?.name ?? "", { type: "module" });
  let lastId = 0;
  const ask = <Answer>(what: string, ...given: unknown[]): Promise<Answer> =>
    new Promise((answer) => {
      const id = ++lastId;
      worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; answer: Answer }>) => {
        if (data.id === id && "answer" in data) answer(data.answer);
      });
      worker.postMessage({ id, what, given });
    });
  const played: EventRecord[][] = [];
  for (const origin of origins) {
    await ask("open", work.site, { origin, acts: [] }, 0);
    const { records } = await ask<{ records: EventRecord[] }>("records", { film: -1, shots: 0 });
    played.push(records);
  }
  worker.terminate();
  return played;
}
