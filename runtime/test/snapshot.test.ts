import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEngine, restoreEngine } from "../engine.ts";
import type { Snapshot } from "../snapshot.ts";
import { loadProgram } from "../strategy/load.ts";
import { tell } from "./ladder.ts";
import { programOf } from "./programs.ts";

/*
 * After each happening of each story the engine is written down as text, read again and told the rest: nothing may differ. What
 * the new engine would write down must be what it was made from.
 */

const folder = join(import.meta.dirname, "stories");

test.each(readdirSync(folder))("%s", (name) => {
  const [strategy = "", ladder = ""] = readFileSync(join(folder, name), "utf8").split("\n---\n");
  const { text } = tell(strategy, ladder, {
    after(engine, program) {
      const written = JSON.stringify(engine.snapshot());
      const snapshot: Snapshot = JSON.parse(written);
      const restored = restoreEngine(snapshot, { library: new Map([[program.hash, program]]) });
      expect(JSON.stringify(restored.snapshot())).toBe(written);
      expect(restored.calls()).toEqual(engine.calls());
      expect(restored.agents()).toEqual(engine.agents());
      expect(restored.queues()).toEqual(engine.queues());
      expect(restored.nextDeadline()).toBe(engine.nextDeadline());
      return restored;
    },
  });
  expect(`${text}\n`).toBe(ladder);
});

test("a snapshot of another version, or of a program that is not there, is refused", () => {
  const program = loadProgram(programOf(`strategy "s" { entry "5000" default route to group Reception hangup }`));
  const snapshot = createEngine({ program, now: 0 }).snapshot();
  expect(() => restoreEngine(snapshot, { library: new Map() })).toThrow(`no program ${program.hash}`);
  const later: object = { ...snapshot, snapshot: 9 };
  const library = new Map([[program.hash, program]]);
  expect(() => restoreEngine(Object.assign(snapshot, later), { library })).toThrow("version 9");
});
