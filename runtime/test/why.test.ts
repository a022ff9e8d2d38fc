import { expect, test } from "vitest";
import { ladder, tell } from "./ladder.ts";
import { house } from "./programs.ts";
import { whyText } from "../why.ts";

const text = `strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales {
    priority 40 rising 5 every 30s up to 80
    tier vip when call.data.tier == "gold"
    at 0s  agents with sales >= 7
    at 30s add agents with billing >= 8
    at 2m  add group Reception when call.waited > 10m
    give up after 20m
  }
}`;

test("why a call waits, agent by agent", () => {
  const { engine } = tell(
    text,
    ladder(`
    0s ana ready
    0s rita ready
    0s ben claims desk not_ready
    0s cleo claims login not_ready
    1s A calls 5000
    1s A answered
    5s A/1 fails rejected
    6s B calls 5000 tier=gold
    6s B answered
    7s ana ready
    40s flag storm on`),
  );
  const found = engine.why("A");
  expect(found && whyText(found).split("\n")).toEqual([
    "A waits in queue Sales for 39 s, place 2, tier normal, 46.5 points",
    "  waits for (billing >= 8 or sales >= 7)",
    "  before it B, tier vip, 45.7 points",
    "  rita: only from step 3 on",
    "  ana: an offer failed, the two rest for another 25 s; not_ready (no_answer) for 5 s",
    "  ben: offline (login) for 40 s",
    "  cleo: not_ready (login) for 40 s",
  ]);
  // The same as codes, for pages in other languages.
  expect(found?.agents.map(({ causes }) => causes).slice(0, 2)).toEqual([
    [{ code: "later_step", step: 3 }],
    [
      { code: "rest", seconds: 25 },
      { code: "state", state: "not_ready", seconds: 5, calls: [], because: ["no_answer"] },
    ],
  ]);
  expect(engine.why("C")).toBeUndefined();
});

test("who is alone rests no longer than the cool-down, and `why` says so", () => {
  const at = (end: string) => {
    const told = ladder(`
      0s ana ready
      1s A calls 5000
      1s A answered
      5s A/1 fails rejected
      6s ana ready
      ${end} flag storm on`);
    const { engine, records } = tell(text, told);
    const found = engine.why("A")?.agents.find(({ agent }) => agent === "ana");
    return { causes: found?.causes, offers: records.filter(({ type }) => type === "offer.made").length };
  };
  expect(at("7s")).toMatchObject({ causes: [{ code: "rest", seconds: 8 }, {}], offers: 1 });
  expect(at("16s")).toMatchObject({ causes: [{ code: "rings_here" }, {}], offers: 2 });
});

test("a long cool-down holds where somebody else can be reached too", () => {
  const told = ladder(`
    0s ana ready
    0s cleo claims login not_ready
    1s A calls 5000
    1s A answered
    5s A/1 fails rejected
    6s ana ready
    90s flag storm on`);
  const { records } = tell(text, told, { directory: house.replace("cool_down: 10s", "cool_down: 2m") });
  expect(records.filter(({ type }) => type === "offer.made")).toHaveLength(1);
});
