import { expect, test } from "vitest";
import { createEngine, restoreEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { checkedEngine } from "./invariants.ts";
import { house, programOf, roomyHouse } from "./programs.ts";

/* Who calls from the phone that he is logged in at has it in use: no call is offered to him meanwhile, his own least of all. */

const text = `
strategy "q" { entry "5000"  default route to group Reception  answer  queue Q { at 0s group Sales  give up never } }
strategy "r" { entry "5001"  default route to group Reception
  answer  ring agent ana for 20s { on busy { note "busy" } on rejected, no_answer, unreachable { hangup } }  hangup }
strategy "out" { entry "0*"  default route to group Reception  dial "+34600000900" via trunk pstn { on busy, no_answer, failed { hangup } } }`;

function begin(directory = house) {
  const checked = programOf(text, directory);
  const program = loadProgram(checked);
  const { engine, violations } = checkedEngine(createEngine({ program, now: 0 }), checked, false);
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  const tell = (at: number, ...events: Event[]) => events.flatMap((event) => engine.accept(event, at).commands);
  return { engine, violations, tell, program };
}

const calls = (call: string, to: string, phone?: string): Event[] => [
  { type: "call.arrived", call, from: phone ? "6101" : "+34600000001", to, phone },
  { type: "call.answered", call },
];
const offered = (commands: { type: string; call: string }[]) =>
  commands.flatMap(({ type, call }) => (type === "offer" ? [call] : []));

test.each([
  ["one line", house],
  ["two lines", roomyHouse],
])("who waits in a queue that is his own is not offered his own call, nor another: %s", (_, directory) => {
  const { engine, tell, violations } = begin(directory);
  expect(offered(tell(10, ...calls("A", "5000", "ana")))).toEqual([]);
  expect(engine.agent("ana")).toMatchObject({ state: "not_ready", reasons: ["on-the-phone"] });
  expect(offered(tell(20, ...calls("B", "5000")))).toEqual([]);
  expect(offered(tell(30, { type: "call.gone", call: "A" }))).toEqual(["B"]);
  expect(violations).toEqual([]);
});

test("nor is he rung by name, whoever calls", () => {
  const { tell, violations } = begin();
  expect(offered(tell(10, ...calls("A", "5001", "ana")))).toEqual([]);
  const { tell: other } = begin();
  other(10, ...calls("A", "0600", "ana"));
  expect(offered(other(20, ...calls("B", "5001")))).toEqual([]);
  expect(violations).toEqual([]);
});

test("what he dials through us keeps him busy until the last of his calls is over, also through a restart", () => {
  const { engine, tell, program } = begin();
  tell(10, ...calls("A", "0600", "ana"), ...calls("B", "0601", "ana"));
  const again = restoreEngine(structuredClone(engine.snapshot()), { library: new Map([[program.hash, program]]) });
  again.accept({ type: "call.gone", call: "A" }, 20);
  expect(again.agent("ana")?.state).toBe("not_ready");
  again.accept({ type: "call.gone", call: "B" }, 30);
  expect(again.agent("ana")?.state).toBe("ready");
});

test("who has handed his own call on by his phone is free", () => {
  const { engine, tell } = begin();
  tell(10, ...calls("A", "0600", "ana"));
  tell(20, { type: "offer.answered", call: "A", offer: "A/1" }, { type: "call.connected", call: "A", offer: "A/1" });
  tell(30, { type: "transfer.asked", call: "A", by: "phone", side: "caller", to: "6001" });
  expect(engine.agent("ana")?.state).toBe("ready");
});

test.each<[string, Event]>([
  ["leaves", { type: "guest.changed", call: "A", who: "rita", state: "left" }],
  ["sees end", { type: "call.gone", call: "A" }],
])("who attends two calls and %s one of them still attends the other", (_, event) => {
  const { engine, tell, violations } = begin();
  engine.accept({ type: "agent.readied", agent: "rita", source: "desk" }, 0);
  tell(10, ...calls("A", "5000"), ...calls("B", "5000"));
  tell(
    20,
    { type: "guest.changed", call: "A", who: "rita", state: "listens" },
    { type: "guest.changed", call: "B", who: "rita", state: "talks" },
  );
  tell(30, event);
  expect(engine.agent("rita")).toMatchObject({ state: "not_ready", reasons: ["attending"] });
  tell(40, { type: "guest.changed", call: "B", who: "rita", state: "left" });
  expect(engine.agent("rita")?.state).toBe("ready");
  expect(violations).toEqual([]);
});
