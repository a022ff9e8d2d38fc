import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import { type EventName, eventNames, makeSource, readDirectory } from "../../language/index.ts";
import type { RecordBody } from "../records.ts";

/* What is told and what a webhook may ask for are one list: nothing is told that nobody can name, and nothing can be named that is never told. */

const room = join(import.meta.dirname, "..");

/** The type of each record that a source of the engine makes, where it makes it. */
function told(text: string): string[] {
  return [...text.matchAll(/\brecord\(core, \{[^{}]*?\btype: "([a-z_.]+)"/g)].map(([, type = ""]) => type);
}

const sources = readdirSync(room, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("test"))
  .map((path) => readFileSync(join(room, path), "utf8"));

test("every type of record that is told can be subscribed to, and every one that is listed is told", () => {
  expectTypeOf<RecordBody["type"]>().toEqualTypeOf<EventName>();
  expect([...new Set(sources.flatMap(told))].toSorted()).toEqual(eventNames.toSorted());
});

test("a directory takes each of them, and each family", () => {
  const events = ["recording.changed", "guest.changed", "callback.ended", "recording.*", "run.*", ...eventNames];
  const hook = `webhooks: { ops: { url: "https://ops.example", events: [${events.join(", ")}] } }`;
  const { directory, diagnostics } = readDirectory([makeSource("directory.yaml", hook)]);
  expect(diagnostics).toEqual([]);
  expect(directory.webhooks["ops"]?.events).toEqual(events);
});
