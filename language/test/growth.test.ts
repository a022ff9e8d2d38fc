import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { readDirectory } from "../directory/read.ts";
import { graph } from "../graph/graph.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";

/*
 * Texts made to be slow: whatever grows faster than they do takes minutes here, or for ever, and all else a small part of what is
 * allowed.
 */

/** Milliseconds of the processor. */
const allowed = 6000;

const cases = readFileSync(new URL("cases.yaml", import.meta.url), "utf8");
const { directory } = readDirectory([makeSource("cases.yaml", cases)]);

const many = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => write(n)).join("");

const strategy = (body: string) =>
  `strategy "s" {\n  entry "1"\n  default route to group Sales\n  answer\n${body}\n}\n`;

/** Thirty subs, each of which runs the one before it by the words of `each`; 32 may run one another. */
const chain = (first: string, each: (before: string) => string, last = (run: string) => run) =>
  `sub s0(a) { ${first} }\n${many(29, (n) => `sub s${n + 1}(a) {\n${each(`run s${n}(a)`)}\n}\n`)}${strategy(last("run s29(1)"))}`;

const twice = (run: string) => `${run}\n${run}`;
const some = "if call.data.x == 1";
const waiting = (run: string) =>
  `queue Q { at 0s group Sales  give up after 5m  while waiting { music "m" for 3s  ${run} } }`;

const shapes: Record<string, string> = {
  "subs that run another twice": chain('play "m"', twice),
  "a refusal below": chain(`${some} { reject 486 }`, twice),
  "a way out of the wait below": chain(`${some} { leave }`, twice, waiting),
  "something said on some of their ways": chain(
    `${some} { play "m" }`,
    (run) => `${some} { play "m"  ${run} } else { say "m"  ${run} }`,
  ),
  "loops around what they run": chain(
    'play "m"',
    (run) => `loop 3 times { ${run} }  loop 3 times { ${some} { ${run} } }`,
  ),
  "values of what they run": chain("return a", (run) => `let b = ${run}\nlet c = ${run}\nreturn { x: b, y: c }`),
  "a sub that runs all before it": `${many(60, (n) => `sub s${n}(a) { play "m"  ${many(n, (k) => `run s${k}(a) `)} }\n`)}${strategy("run s59(1)")}`,
  "a thousand subs in a row": `sub s0(a) { play "m" }\n${many(999, (n) => `sub s${n + 1}(a) { ${twice(`run s${n}(a)`)} }\n`)}${strategy("run s999(1)")}`,
  "a thousand subs in a circle": `${many(1000, (n) => `sub s${n}() { run s${(n + 1) % 1000}() }\n`)}${strategy("run s0()")}`,
  "seven thousand names that are not there": strategy(many(7000, (n) => `note x${n}\n`)),
  "a thousand names like a thousand others": `${many(1000, (n) => `sub abcde${n}() {}\n`)}${strategy(many(1000, (n) => `run abdce${n}()\n`))}`,
};

describe("a text made to be slow is checked and drawn in time", () => {
  it.each(Object.entries(shapes))("%s", (_, text) => {
    const source = makeSource("s.strategy", text);
    const start = process.cpuUsage();
    const { file, diagnostics } = parse(source);
    check([{ source, file }], directory, { hadErrors: diagnostics.length > 0 });
    graph([{ source, file }]);
    const { user, system } = process.cpuUsage(start);
    expect(diagnostics).toEqual([]);
    expect((user + system) / 1000).toBeLessThan(allowed);
  });
});
