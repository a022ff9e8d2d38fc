import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { inPlace } from "../core.ts";
import { createEngine, type Engine, type Outcome } from "../engine.ts";
import type { Event } from "../events.ts";
import { startHost } from "../host.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Program } from "../strategy/program.ts";
import type { EventRecord } from "../records.ts";
import { house, programOf } from "./programs.ts";

const strategy = (body: string): string =>
  `strategy "s" { entry "5000" default route to group Reception answer ${body} }`;
const ready = (agent: string): Event => ({ type: "agent.readied", agent, source: "desk" });
const arrived = (call: string, data = {}): Event => ({ type: "call.arrived", call, from: "1", to: "5000", data });
const answered = (call: string): Event => ({ type: "call.answered", call });

test("row 3.16: a defect sends the call it shows in to the site's route, and gives back what it held; the others go on", () => {
  const program = loadProgram(
    programOf(strategy('queue Q { at 0s group Sales give up never while waiting { play "a" play "b" } }')),
  );
  const code = program.codes[1];
  const second = code?.ops.findLast(({ op }) => op === "play");
  if (second?.op !== "play") throw new Error("no second prompt");
  second.prompt = ({ call }) => {
    if (call.id === "A") throw new TypeError("a mistake of ours");
    return "b";
  };
  let now = 0;
  let wake: (() => void) | undefined;
  const commands: Command[] = [];
  const records: EventRecord[] = [];
  const defects: unknown[] = [];
  const engine = createEngine({ program, now: 0 });
  const host = startHost({
    engine,
    calls: { perform: (command) => commands.push(command) },
    clock: { now: () => now, wakeAt: (at, act) => (wake = at === undefined || at > now ? undefined : act) },
    watch: (record) => records.push(record),
    onDefect: (defect) => defects.push(defect),
  });
  for (const event of [ready("ana"), arrived("A"), answered("A"), arrived("B"), answered("B")]) host.deliver(event);
  expect(engine.agent("ana")?.work).toMatchObject([{ kind: "ringing", call: "A" }]);
  now = 1000;
  host.deliver({ type: "treatment.ended", call: "A", task: 1, outcome: "done" });
  expect(defects).toHaveLength(1);
  expect(records.at(-1)).toMatchObject({ type: "call.default_routed", call: "A", net: "entry" });
  expect(commands.at(-1)).toEqual({ type: "withdraw", call: "A", offer: "A/1", reason: "strategy" });
  host.deliver(ready("rita"));
  wake?.();
  expect(engine.agent("rita")?.work).toMatchObject([{ kind: "ringing", call: "A" }]);
  expect(engine.call("A")).toMatchObject({
    from: "1",
    answered: true,
    defaulted: "entry",
    queued: { name: "Reception" },
  });
  expect(engine.agent("ana")?.work).toMatchObject([{ kind: "ringing", call: "B" }]);
  host.deliver({ type: "treatment.ended", call: "B", task: 1, outcome: "done" });
  expect(commands.at(-1)).toMatchObject({ type: "play", call: "B", prompt: "b" });
  expect(engine.calls().map(({ id }) => id)).toEqual(["A", "B"]);
  host.deliver({ type: "offer.answered", call: "A", offer: "A/2" });
  host.deliver({ type: "call.connected", call: "A", offer: "A/2" });
  host.deliver({ type: "party.gone", call: "A", offer: "A/2" });
  expect(records.findLast(({ type }) => type === "call.ended")).toMatchObject({ disposition: "default_routed" });
});

test("a second defect ends its call, whichever route it took", () => {
  const endings = (directory: string, body: string): string[] => {
    const text = `strategy "s" { entry "5000" default route to group Reception answer ${body} }`;
    const program = loadProgram(programOf(text, directory));
    for (const { ops } of program.codes) {
      for (const op of ops) if (op.op === "music" || op.op === "ringback") Object.assign(op, { op: "broken" });
    }
    const engine = createEngine({ program, now: 0 });
    const events: Event[] = [arrived("A"), answered("A"), { type: "time.passed" }, { type: "time.passed" }];
    return events.flatMap((event) =>
      acceptOrAbandon(engine, event, 1).records.flatMap((each) =>
        each.type === "call.ended" || each.type === "call.default_routed" ? [each.type] : [],
      ),
    );
  };
  expect(endings(house, 'music "calm"')).toEqual(["call.default_routed", "call.ended"]);
  expect(endings(house.replace("entry_route: group Reception, ", ""), 'music "calm"')).toEqual([
    "call.default_routed",
    "call.ended",
  ]);
});

test("a new program: calls under way keep theirs, people change at once", () => {
  const at = (directory: string, body: string) => loadProgram(programOf(strategy(body), directory));
  const before = at(
    house,
    'queue Q { at 0s agents with sales >= 8 give up after 1m on give_up { note "old" } } hangup',
  );
  const library = new Map<string, Program>();
  const engine = createEngine({ program: before, now: 0, library });
  const tell = (event: Event, now: number) => engine.accept(event, now);
  for (const event of [ready("ben"), arrived("A"), answered("A")]) tell(event, 1);
  expect(engine.call("A")?.offers).toEqual([]);
  const changed = house
    .replace('ben: { extension: "6102", skills: { sales: 7,', 'ben: { extension: "6102", skills: { sales: 8,')
    .replace(
      '  cleo: { extension: "6103", skills: { sales: 4, billing: 9 } }\n',
      '  dan: { extension: "6104", auto_login: yes }\n',
    )
    .replace("[ana, ben, cleo]", "[ana, ben, dan]");
  const after = at(changed, 'note "new" hangup');
  library.set(after.hash, after);
  const { commands, records } = engine.accept({ type: "program.loaded", program: after.hash, zones: {} }, 2);
  expect(records).toContainEqual(
    expect.objectContaining({ type: "strategy.loaded", hash: after.hash, strategies: ["s"] }),
  );
  expect(commands).toMatchObject([{ type: "offer", call: "A", party: { agent: "ben" } }]);
  expect(engine.agents().map(({ id, state }) => `${id} ${state}`)).toEqual([
    "rita offline",
    "ana offline",
    "ben ringing",
    "cleo offline",
    "dan ready",
  ]);
  tell(arrived("B"), 3);
  const notes = [tell(answered("B"), 3), tell({ type: "time.passed" }, 60_001)].flatMap((outcome) =>
    outcome.records.flatMap((record) => (record.type === "call.noted" ? [record.text] : [])),
  );
  expect(notes).toEqual(["new", "old"]);
});

test("a reload that leaves nobody who could come is noticed", () => {
  const text = strategy('queue Q { at 0s agents with sales >= 8 give up after 1m on nobody { note "nobody" } } hangup');
  const at = (directory: string) => loadProgram(programOf(text, directory));
  const after = at(house.replace("sales: 9,", "sales: 1,"));
  const engine = createEngine({ program: at(house), now: 0, library: new Map([[after.hash, after]]) });
  for (const event of [ready("ana"), arrived("A"), answered("A")]) engine.accept(event, 1);
  engine.accept({ type: "offer.failed", call: "A", offer: "A/1", outcome: "rejected" }, 2);
  engine.accept({ type: "program.loaded", program: after.hash, zones: {} }, 3);
  const { records } = engine.accept({ type: "time.passed" }, 5003);
  expect(records).toContainEqual(expect.objectContaining({ type: "call.noted", text: "nobody" }));
});

test("ten thousand statements without waiting are too many", () => {
  const flood = Array.from({ length: 10_001 }, () => "set call.data.x = 1").join("\n");
  const engine = createEngine({ program: loadProgram(programOf(strategy(`${flood}\nhangup`))), now: 0 });
  engine.accept(arrived("A"), 0);
  const { records } = engine.accept(answered("A"), 0);
  expect(records.map((record) => (record.type === "call.default_routed" ? record.reason : record.type))).toEqual([
    "call.answered",
    "limit.reached",
    "limit: 10000 statements without waiting (test.strategy:10000)",
    "treatment.started",
    "call.queued",
  ]);
});

test("data that is too large is left at the door", () => {
  const engine = createEngine({ program: loadProgram(programOf(strategy("hangup"))), now: 0 });
  const { records } = engine.accept(arrived("A", { big: "x".repeat(70_000) }), 0);
  expect(records.slice(0, 2)).toMatchObject([
    { type: "call.arrived", data: {} },
    { type: "limit.reached", limit: "call.data" },
  ]);
});

test("hostile texts stay texts", () => {
  const engine = createEngine({
    program: loadProgram(
      programOf(strategy('set call.data.__proto__ = "x" note "{call.data.evil ?? "none"} {call.from}" hangup')),
    ),
    now: 0,
  });
  const data = JSON.parse('{"__proto__":{"evil":"yes"},"constructor":"c","evil":"a\\r\\nb\\u0000{call.to}"}');
  engine.accept(
    {
      type: "call.arrived",
      call: "__proto__",
      from: "x\r\n",
      to: "5000",
      data,
      headers: JSON.parse('{"__proto__":"h"}'),
    },
    0,
  );
  const { records } = engine.accept(answered("__proto__"), 0);
  expect(records.find(({ type }) => type === "call.noted")).toMatchObject({ text: "a\r\nb\u0000{call.to} x\r\n" });
  expect(Object.hasOwn(Object.prototype, "evil")).toBe(false);
});

test("time never runs backwards, and late news of time is one piece of news", () => {
  const engine = createEngine({
    program: loadProgram(programOf(strategy("queue Q { at 0s group Sales give up after 30s } hangup"))),
    now: 1000,
  });
  for (const event of [ready("ana"), arrived("A"), answered("A")]) engine.accept(event, 1000);
  expect(engine.accept({ type: "time.passed" }, 500)).toEqual({ commands: [], records: [] });
  const { records } = engine.accept({ type: "time.passed" }, 90_000);
  expect(records.map(({ type }) => type)).toEqual(["offer.ended", "agent.state", "call.dequeued", "call.ended"]);
  expect(new Set(records.map(({ at }) => at))).toEqual(new Set([90_000]));
  expect(engine.nextDeadline()).toBeUndefined();
});

test("a recipe that breaks while people come and go ends its own call and no other, once", () => {
  let broken = false;
  const engine = createEngine({
    program: loadProgram(programOf(strategy("queue Q { at 0s group Sales give up never }"))),
    now: 0,
    drive: (kind, table, id, recipe) => {
      if (broken && kind === "call" && id === "P") throw new TypeError("a mistake of ours");
      return inPlace(kind, table, id, recipe);
    },
  });
  const away: Event = { type: "agent.claimed", agent: "ana", source: "registration", state: "offline" };
  for (const call of ["I", "P"]) for (const event of [arrived(call), answered(call)]) engine.accept(event, 1);
  engine.accept(ready("ana"), 2);
  broken = true;
  const ended = [
    away,
    { type: "time.passed" } as const,
    { type: "offer.ringing", call: "I", offer: "x" } as const,
  ].flatMap((event) =>
    acceptOrAbandon(engine, event, 3).records.flatMap((each) => (each.type === "call.ended" ? [each.call] : [])),
  );
  expect(ended).toEqual(["P"]);
  expect(engine.calls().map(({ id }) => id)).toEqual(["I"]);
  expect(engine.nextDeadline()).toBeGreaterThan(3);
});

test("a mistake that concerns no call ends none, and does not come again by itself", () => {
  const program = loadProgram(
    programOf(
      strategy("queue Q { at 0s group Sales give up never }"),
      house.replace("cool_down: 10s", "cool_down: 0s"),
    ),
  );
  const op = program.codes[1]?.ops.find((each) => each.op === "queue");
  if (op?.op !== "queue") throw new Error("no queue");
  const { chooser } = op.plan;
  let broken = false;
  op.plan.chooser = {
    key: chooser.key,
    get terms() {
      if (broken) throw new TypeError("a mistake of ours");
      return chooser.terms;
    },
  };
  const engine = createEngine({ program, now: 0 });
  for (const event of [ready("ana"), arrived("A"), answered("A")]) engine.accept(event, 1);
  broken = true;
  const { records } = acceptOrAbandon(
    engine,
    { type: "offer.failed", call: "A", offer: "A/1", outcome: "rejected" },
    2,
  );
  expect(records.filter(({ type }) => type === "call.ended")).toEqual([]);
  expect(engine.calls().map(({ id }) => id)).toEqual(["A"]);
  expect(engine.nextDeadline()).toBeGreaterThan(2);
});

/** As the host does. */
function acceptOrAbandon(engine: Engine, event: Event, now: number): Outcome {
  try {
    return engine.accept(event, now);
  } catch {
    return engine.abandon(now);
  }
}

test("what is drawn does not depend on what else is told", () => {
  const lotAfter = (body: string): number | undefined => {
    const engine = createEngine({ program: loadProgram(programOf(strategy(body))), now: 0 });
    for (const event of [arrived("A"), answered("A"), ready("ana")]) engine.accept(event, 1);
    return engine.agent("ana")?.lot;
  };
  expect(lotAfter('note "a" note "b" wait 1m')).toBe(lotAfter("wait 1m"));
});
