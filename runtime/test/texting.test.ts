import { beforeEach, expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { createEngine, type Engine } from "../engine.ts";
import type { Event } from "../events.ts";
import { limits } from "../limits.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

/* Row 3.4: what agents write one another about a call. */

const program = loadProgram(
  programOf(
    `strategy "s" { entry "5000"  default route to group Reception  secret call.data.card  answer  queue Sales { at 0s group Sales  give up after 9m } }`,
  ),
);

let engine: Engine;
let now: number;
let out: Command[];
let records: EventRecord[];
const tell = (event: Event, at = now + 1): void => {
  const told = engine.accept(event, (now = at));
  out = told.commands.filter(({ type }) => type === "text");
  records = told.records;
};
const write = (parts: Partial<Extract<Event, { type: "text.sent" }>> = {}): void =>
  tell({ type: "text.sent", call: "A", by: "ana", to: "ben", text: "is it yours?", ...parts });
const texts = (call = "A") => engine.call(call)?.texts?.map(({ by, to, text }) => `${by} > ${to}: ${text}`);

beforeEach(() => {
  engine = createEngine({ program, now: 0 });
  now = 0;
  for (const call of ["A", "B"])
    tell({ type: "call.arrived", call, from: "1", to: "5000", data: { card: "4111222233334444" } });
});

test("they are kept in the call and told, and end with it", () => {
  write();
  expect(records).toEqual([
    { type: "text.sent", call: "A", by: "ana", to: "ben", text: "is it yours?", at: now, seq: expect.any(Number) },
  ]);
  write({ by: "ben", to: "ana", text: "yes" });
  expect(texts()).toEqual(["ana > ben: is it yours?", "ben > ana: yes"]);
  expect(out).toEqual([]);
  tell({ type: "call.gone", call: "A" });
  write();
  expect(records).toEqual([]);
});

test.each<[string, Parameters<typeof write>[0]]>([
  ["nobody", { to: "nobody" }],
  ["himself", { to: "ana" }],
  ["from nobody", { by: "__proto__" }],
  ["about no call", { call: "Z" }],
])("nothing comes of one to or %s", (_what, parts) => {
  write(parts);
  expect([records, texts()]).toEqual([[], undefined]);
});

test("whose desk is closed is told by the phone he sits at, and answers by it about the call of the last text", () => {
  tell({ type: "agent.seated", agent: "ben", device: "cleo" });
  write({ phone: true });
  expect(out).toEqual([
    {
      type: "text",
      call: "A",
      party: { kind: "agent", agent: "ben", device: "cleo" },
      from: "6101",
      text: "is it yours?",
    },
  ]);
  const answer = (to: string): void => tell({ type: "text.received", device: "cleo", to, text: "yes" });
  for (const stranger of ["6103", "nobody", "rita"]) {
    answer(stranger);
    expect(records).toEqual([]);
  }
  answer("6101");
  expect(texts()?.at(-1)).toBe("ben > ana: yes");
  write({ call: "B" });
  answer("6101");
  expect(texts("B")?.at(-1)).toBe("ben > ana: yes");
  tell({ type: "call.gone", call: "B" });
  answer("6101");
  expect(texts()).toHaveLength(3);
});

test("an answer by a phone goes to the phone of a writer whose desk has closed meanwhile", () => {
  tell({ type: "agent.seated", agent: "ben", device: "cleo" });
  write({ phone: true });
  const answer = (): void => tell({ type: "text.received", device: "cleo", to: "6101", text: "yes" });
  answer();
  expect(out).toEqual([]);
  const desk = { type: "agent.claimed", agent: "ana", source: "browser" } as const;
  tell({ ...desk, state: "offline", reason: "desk closed" });
  answer();
  expect(out).toMatchObject([{ type: "text", call: "A", party: { kind: "agent", agent: "ana" }, text: "yes" }]);
  tell(desk);
  answer();
  expect(out).toEqual([]);
});

test("what the strategy calls secret stays so, in the journal too", () => {
  const text = "his card is 4111222233334444";
  write({ text });
  expect(texts()).toEqual(["ana > ben: his card is •••"]);
  for (const event of [
    { type: "text.sent", call: "A", by: "ana", to: "ben", text } as const,
    { type: "text.received", device: "ben", to: "6101", text } as const,
  ])
    expect(engine.shown(event)).toEqual({ ...event, text: "his card is •••" });
});

test("so many at once, so long, and so many in all", () => {
  for (let nth = 0; nth < limits.textsAtOnce; nth++) write();
  write();
  expect(records).toMatchObject([{ type: "limit.reached", call: "A", limit: "texts" }]);
  write({ by: "ben", to: "ana" });
  expect(records).toMatchObject([{ type: "text.sent" }]);
  for (let nth = 0; nth < limits.texts; nth++) {
    now += limits.textsMs;
    write({ text: "x".repeat(limits.textLetters + 1) });
  }
  expect(texts()).toHaveLength(limits.texts);
  expect(texts()?.[0]).toHaveLength("ana > ben: ".length + limits.textLetters);
});
