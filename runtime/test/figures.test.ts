import { expect, test } from "vitest";
import { ladder, tell } from "./ladder.ts";

/*
 * What queues and agents have counted at the end of a story.
 */

const sales = (rules: string) => `strategy "s" {
  entry "5000"
  default route to group Reception
  wait 4s
  queue Sales { ${rules} at 0s group Sales  give up after 5m }
}`;

function figuresOf(strategy: string, happenings: string) {
  const { engine } = tell(strategy, ladder(happenings));
  const [queue] = engine.queues();
  const calls = engine.agents().flatMap(({ id, calls: count }) => (count > 0 ? [`${id} ${count}`] : []));
  return { entered: queue?.entered, answered: queue?.answered, abandoned: queue?.abandoned, asa: queue?.asaMs, calls };
}

test("who picks up and cannot be joined has answered nobody", () => {
  const figures = figuresOf(
    sales(""),
    `
    0s ana ready
    0s ben ready
    1s A calls 5000
    6s A/1 answers
    7s A/1 unconnected
    8s A/2 answers
    9s A/2 gone
    10s A gone`,
  );
  expect(figures).toEqual({ entered: 1, answered: 0, abandoned: 1, asa: undefined, calls: [] });
});

test("who leaves while the two are being joined has left", () => {
  const figures = figuresOf(
    sales(""),
    `
    0s ana ready
    1s A calls 5000
    6s A/1 answers
    7s A gone`,
  );
  expect(figures).toEqual({ entered: 1, answered: 0, abandoned: 1, asa: undefined, calls: [] });
});

test("a wait is counted from its place, until the two are joined", () => {
  const story = `
    0s ana ready
    1s A calls 5000
    6s A/1 answers
    6s A/1 connected
    9s A gone`;
  expect(figuresOf(sales(""), story)).toEqual({ entered: 1, answered: 1, abandoned: 0, asa: 1000, calls: ["ana 1"] });
  expect(figuresOf(sales("keep place of call.arrived"), story)).toMatchObject({ asa: 5000 });
});
