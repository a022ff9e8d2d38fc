import { expect, test } from "vitest";
import { readDirectory } from "../directory/read.ts";
import { timelines } from "../graph/timeline.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";

/* A queue block as people draw it: its steps with their times, and whom each means by the directory. */

const yaml = `
site: { country: ES, timezone: Europe/Madrid }
skills: { billing: {}, service: {} }
agents:
  ana: { name: Ana, skills: { billing: 8 } }
  luc: { name: Luc, skills: { billing: 3, service: 9 } }
  zoe: { name: Zoe }
groups:
  Helpdesk: { members: [zoe] }
`;

function drawn(text: string) {
  const source = makeSource("a.strategy", text);
  const { directory } = readDirectory([makeSource("directory.yaml", yaml)]);
  return timelines([{ source, file: parse(source).file }], directory).map(({ queue, steps, giveUp, rules }) => ({
    queue,
    rules,
    steps: steps.map(({ at, text: words, people, isConditional }) => [at, words, people, isConditional]),
    giveUp: giveUp && [giveUp.at, giveUp.text],
  }));
}

const inQueue = (lines: string) => `strategy "s" {
  entry "5000"
  default route to group Helpdesk
  queue Q {
    ${lines}
  }
}
`;

test("steps stand at their times, with the people they mean", () => {
  const lines = `ring for 15s
    at 0s agents with billing >= 5 and not group Helpdesk
    at 20s add group Helpdesk, agent luc
    at 40s add agents with service >= 5 when longest_wait(this) > 1m
    give up after 2m`;
  expect(drawn(inQueue(lines))).toEqual([
    {
      queue: "Q",
      rules: ["ring for 15s"],
      steps: [
        [0, "at 0s agents with billing >= 5 and not group Helpdesk", ["Ana"], false],
        [20_000, "at 20s add group Helpdesk, agent luc", ["Luc", "Zoe"], false],
        [40_000, "at 40s add agents with service >= 5 when longest_wait(this) > 1m", ["Luc"], true],
      ],
      giveUp: [120_000, "give up after 2m"],
    },
  ]);
});

test.each([
  ["a level of the call", "at 0s agents with billing >= call.data.level"],
  ["a party outside", "at 0s number duty_engineer for 30s"],
  ["nothing that could be read", "at 0s agents with"],
])("%s has no people of the directory", (_, step) => {
  expect(drawn(inQueue(`${step}\n    give up after 1m`))[0]?.steps.map(([, , people]) => people)).toEqual([undefined]);
});

test("a time that is computed is told in words only", () => {
  const [queue] = drawn(inQueue("at 0s group Helpdesk\n    give up after call.data.patience"));
  expect(queue?.giveUp).toEqual([undefined, "give up after call.data.patience"]);
});

test("the lines of a plan are drawn in the queue that takes it over", () => {
  const text = `queue plan orders {
  priority 40
  at 0s group Helpdesk
  give up after 1m
}

${inQueue("at 10s add agent ana").replace("queue Q {", "queue Q by orders {")}`;
  const [queue] = drawn(text);
  expect(queue?.rules).toEqual(["priority 40"]);
  expect(queue?.steps.map(([at, , people]) => [at, people])).toEqual([
    [0, ["Zoe"]],
    [10_000, ["Ana"]],
  ]);
});
