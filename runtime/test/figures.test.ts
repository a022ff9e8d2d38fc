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

const asking = (text: string) => `strategy "s" {
  entry "5000"
  entry "5001"
  default route to group Reception
  if call.to == "5001" { note "${text}"  reject 486 }
  answer
  queue Sales { at 0s group Sales  give up after 5m }
}`;

/** What a strategy is told of a figure after 20 calls were taken by one agent, one after another, each 30 s long, and one waits. */
function told(figure: string): string | undefined {
  const calls = Array.from({ length: 20 }, (_, nth) => {
    const at = 10 + nth * 60;
    return `${at}s C${nth} calls 5000\n${at}s C${nth} answered\n${at}s C${nth}/1 answers\n${at}s C${nth}/1 connected\n${at + 30}s C${nth} gone`;
  });
  const story = `0s ana ready\n${calls.join("\n")}
    1210s W calls 5000\n1210s W answered\n1210s W/1 answers\n1210s W/1 connected
    1220s X calls 5000\n1220s X answered\n1221s Q calls 5001`;
  const { records } = tell(asking(figure), ladder(story));
  const note = records.find((record) => record.type === "call.noted");
  return note?.type === "call.noted" ? note.text : undefined;
}

test.each([
  ["{asa(queue Sales)} {abandon_rate(queue Sales)} {service_level(queue Sales, 20s)}", "0s 0% 100%", "a queue"],
  // 20 gaps of 60 s were seen, and by the work there is the gap would be 30 s: 20/32 · 60 + 12/32 · 30; one stands before.
  ["{ewt(queue Sales)}", "1m37s500ms", "the wait of who came now"],
  ["{aht(agent ana)} {occupancy(agent ana)} {idle(agent ana)}", "28s571ms 50%", "an agent who talks"],
  ['{active(trunk pstn)} {calls("5000")} {waiting(queue Sales)}', "0 2 1", "calls in the house"],
])("a strategy is told %s", (text, wanted) => {
  expect(told(text)).toMatch(wanted.startsWith("28") ? /^28s571(\.4\d+)?ms / : wanted);
});

/** The expected wait of a queue that nobody stands in, told to a caller who has not entered it. */
function expected(queue: string, happenings: string): string | undefined {
  const text = `strategy "s" { entry "5000"  default route to group Reception
    let lang = call.data.lang ?? "en"
    note "{ewt(queue Fresh)}"
    queue Fresh { ${queue}  give up after 5m } }`;
  const { records } = tell(text, ladder(`${happenings}\n9s A calls 5000`));
  const note = records.find((record) => record.type === "call.noted");
  return note?.type === "call.noted" ? note.text : undefined;
}

test.each([
  ["somebody is ready", "at 0s group Sales", "0s ana ready", "0s"],
  ["all who are there talk", "at 0s group Sales", "0s ana ready\n1s ana claims desk lunch", "3m"],
  ["nobody could ever come", "at 0s group Sales", "", "never"],
  ["only a later step has people", "at 0s group Reception  at 30s add group Sales", "0s ana ready", "30s"],
  [
    "its condition does not hold now",
    "at 0s group Sales when ready(group Sales) > 5  at 20s add agents with sales >= 1",
    "0s ana ready",
    "20s",
  ],
  ["only a condition is in the way", "at 0s group Sales when ready(group Sales) > 5", "0s ana ready", "0s"],
  ["nobody knows the language yet", "at 0s agents with sales >= 1 and language(lang) >= 3", "0s ana ready", "0s"],
  ["a step asks about the queue itself", "at 0s group Sales when ewt(queue Fresh) > 5m", "0s ana ready", "0s"],
  ["a phone outside can be called", 'at 0s group Sales  at 40s add number "+34600000009"', "", "40s"],
])("an empty queue is expected to take as long as it would: %s", (_when, queue, happenings, wanted) => {
  expect(expected(queue, happenings)).toBe(wanted);
});

test("a call for which a phone rings is not told that nobody is ready", () => {
  const text = `strategy "s" { entry "5000"  default route to group Reception
    answer
    queue Sales { at 0s group Sales  give up after 5m  while waiting { wait 3s  note "{ewt(this)}" } } }`;
  const { records } = tell(
    text,
    ladder(`
    0s ana ready
    1s A calls 5000
    1s A answered
    3s A/1 rings
    6s A/1 fails rejected
    12s A gone`),
  );
  const notes = records.flatMap((record) => (record.type === "call.noted" ? [record.text] : []));
  expect(notes).toEqual(["0s", "3m", "3m"]);
});
