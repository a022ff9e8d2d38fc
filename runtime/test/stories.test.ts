import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tell } from "./ladder.ts";

/*
 * Each file of `stories/` holds a strategy, a line of three hyphens, and a ladder. The ladder's happenings are told to the engine, and
 * what it does must be what stands there. `UPDATE=1` writes what it does instead; read it like a review.
 */

const folder = join(import.meta.dirname, "stories");
const names = readdirSync(folder).filter((name) => name.endsWith(".story"));

test.each(names)("%s", (name) => {
  const path = join(folder, name);
  const [strategy = "", ladder = ""] = readFileSync(path, "utf8").split("\n---\n");
  const { text } = tell(strategy, ladder);
  if (process.env.UPDATE) writeFileSync(path, `${strategy}\n---\n${text}\n`);
  else expect(`${text}\n`).toBe(ladder);
});
