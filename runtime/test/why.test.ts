import { expect, test } from "vitest";
import { ladder, tell } from "./ladder.ts";
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
    "  cleo: offline (login) for 40 s",
  ]);
  expect(engine.why("C")).toBeUndefined();
});
