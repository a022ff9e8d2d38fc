import { expect, test } from "vitest";
import { ladder, tell } from "./ladder.ts";

/* Who is handed on to wait again has the tier and the points that he was answered with, unless the queue there has rules of its own. */

const text = (rules: string) => `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue First { priority 70 rising 5 every 10s up to 90  tier vip when call.data.tier == "gold"  at 0s agent ana  give up after 5m }
}
strategy "t" {
  entry "5100"
  default route to group Reception
  queue Later { ${rules} at 0s agent ben  give up after 5m }
}`;

const told = (to: string) =>
  ladder(`
    0s ana ready
    1s A calls 5000 tier=gold
    1s A answered
    2s A/1 answers
    2s A/1 connected
    9s A hands_on ${to}`);

test.each([
  ["a group keeps them", "group Sales", "", { tier: 0, base: 70.5, by: 5, every: 10_000, upTo: 90 }],
  ["a queue without rules keeps them", "Later", "", { tier: 0, base: 70.5, by: 5, every: 10_000, upTo: 90 }],
  ["a queue with points has its own", "Later", "priority 5", { tier: 0, base: 5, by: 0 }],
  ["a queue with a tier has its own", "Later", `tier vip when call.data.tier == "none"`, { tier: 1, base: 70.5 }],
])("%s", (_, to, rules, place) => {
  const { engine } = tell(text(rules), told(to));
  expect(engine.call("A")?.queued?.place).toMatchObject(place);
});
