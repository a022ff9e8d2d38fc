import { array, assert, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { bases } from "./fuzz/bases.ts";
import { Deriver } from "./fuzz/derive.ts";
import { mutate } from "./fuzz/mutate.ts";
import { brokenPromises } from "./fuzz/promises.ts";
import { Random } from "./fuzz/random.ts";
import { slowest } from "./fuzz/slowest.ts";
import { grammarRules } from "./gast.ts";

/*
 * Every text that is made here is read, checked, formatted and asked what an editor asks. A fixed sample runs with the tests;
 * `npm run soak` takes a million.
 */

const soak = process.env["CORDBOARD_SOAK"] === "1";
/** Milliseconds of the processor that one text may take: only the soak asks, which has a machine to itself. */
const patience = 50;
const hours = 3_600_000;

describe("a strategy with mistakes", () => {
  const texts = bases();
  const [from, count] = soak ? [1_000_000, 1_000_000] : [0, 1000];

  it(
    `keeps every promise, ${count.toLocaleString("en")} times`,
    () => {
      const clock = slowest();
      for (let seed = from; seed < from + count; seed++) {
        const random = new Random(seed);
        const text = mutate(random.of(texts), texts, random);
        const offset = random.below(text.length + 1);
        const broken = clock.time(seed, () => brokenPromises(text, offset));
        if (broken.length > 0) expect.fail(`seed ${seed}: ${broken.join("\n")}\n${JSON.stringify(text)}`);
      }
      if (!soak) return;
      console.log(`${count.toLocaleString("en")} strategies with mistakes: ${clock.report()}`);
      expect(clock.above(patience)).toEqual([]);
    },
    6 * hours,
  );
});

/* More than can be arguments of one call, and more than anything that grows with the square of the length can bear. */
describe("a text of megabytes", () => {
  const count = soak ? 150_000 : 2000;
  const strategy = 'strategy "a" {\n  entry "1"\n  default route to group Sales\n  ';
  const traffic = 'traffic "a" for "b" {\n  agents 1 with a 1';
  it.each([
    ["", 'strategy "a" {}\n', ""],
    ["", "sub a() {}\n", ""],
    ["", 'test "a" for "b" {}\n', ""],
    ["", "calendar c { open mon 09:00..10:00 }\n", ""],
    ["", "# comment\n", ""],
    ["", "} ", ""],
    ["", "{ ", ""],
    ["", "\u0007", ""],
    [strategy, "hangup\n", "}"],
    [strategy, 'play "a {b}"\n', "}"],
    [strategy, "foo\n", "}"],
    [strategy, "on busy {} ", "}"],
    [strategy, "let a = 1\n", "note b\n}"],
    [`${strategy}let a = [1`, ", 1", "]\n}"],
    [`${strategy}queue Q {\n`, "at 0s group Sales\n", "give up after 8m\n}\n}"],
    [`${strategy}queue Q {\n`, "on busy {}\n", "give up after 8m\n}\n}"],
    [`${strategy}match a {\n`, "1 -> {}\n", "}\n}"],
    [`${strategy}call\n}\nsub a(b`, ", b", ") {}"],
    [traffic, ", a 1", "\n}"],
    ['test "a" for "b" {\n', 'expect A hears "p"\n', "}"],
  ])(
    "%j and again %j keeps every promise",
    (head, piece, tail) => {
      const text = `${head}${piece.repeat(count)}${tail}`;
      expect(brokenPromises(text, text.length >> 1)).toEqual([]);
    },
    hours,
  );
});

describe("a text of the grammar", () => {
  const deriver = new Deriver(grammarRules());
  const decisions = array(nat({ max: 1_000_000 }), { maxLength: 200 });

  it(
    "keeps every promise",
    () => {
      const clock = slowest();
      const kept = property(decisions, nat(), (given, place) => {
        const text = deriver.text("items", given);
        const broken = clock.time(0, () => brokenPromises(text, place % (text.length + 1)));
        expect(broken, text).toEqual([]);
      });
      assert(kept, { numRuns: soak ? 50_000 : 300 });
      if (soak) console.log(`50,000 texts of the grammar: ${clock.report()}`);
    },
    2 * hours,
  );
});
