import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

/* A caller who is found again after the process has died: what he was being tried for is begun anew. */

const strategy = (statement: string, after: string): string => `
strategy "s" {
  entry "5000"
  default route to group Reception
  ${statement}
  note "not reached"
  ${after}
}`;

/** Rung before the process died and after it, and everything recorded. */
function restarted(statement: string, after = "") {
  const program = loadProgram(programOf(strategy(statement, after)));
  const engine = createEngine({ program, now: 0, library: new Map([[program.hash, program]]) });
  const records: EventRecord[] = [];
  const offered: string[][] = [];
  const tell = (at: number, ...events: Event[]): void => {
    const rung = events.flatMap((event) => {
      const outcome = engine.accept(event, at);
      records.push(...outcome.records);
      return outcome.commands.flatMap(told);
    });
    if (rung.length > 0) offered.push(rung);
  };
  tell(0, { type: "agent.readied", agent: "ana", source: "desk" });
  tell(1000, { type: "call.arrived", call: "A", from: "1", to: "5000" });
  return { tell, offered, records };
}

function told(command: Command): string[] {
  if (command.type === "takeMessage" || command.type === "deposit") return [`${command.type} ${command.mailbox}`];
  if (command.type !== "offer") return [];
  const { party } = command;
  return [party.kind === "agent" ? party.agent : `${party.number} ${party.trunks.join()}`];
}

const again: Event[] = [{ type: "run.restarted" }, { type: "call.returned", call: "A" }];

test.each([
  ["ring agent ana for 20s", [["ana"], ["ana"]]],
  ["transfer to agent ana", [["ana"], ["ana"]]],
  [
    'dial "+34910603100" via trunk backup, trunk pstn { ringback within 3s }',
    [["+34910603100 backup"], ["+34910603100 backup"]],
  ],
])("%s is begun anew, and nobody is blamed", (statement, rung) => {
  const { tell, offered, records } = restarted(statement);
  tell(2000, ...again);
  expect(offered).toEqual(rung);
  tell(3000, { type: "offer.answered", call: "A", offer: "A/2" }, { type: "call.connected", call: "A", offer: "A/2" });
  const types = records.map(({ type }) => type);
  expect(types).toContain("call.connected");
  expect(types).not.toContain("call.noted");
  expect(records.filter((each) => each.type === "offer.ended").map(({ outcome }) => outcome)).toEqual([
    "lost_race",
    "answered",
  ]);
});

test.each([
  ["in a mailbox of ours, greeted again", "ana", "takeMessage ana"],
  ["elsewhere", "sales", "deposit sales"],
])("who was leaving a message goes on leaving one: %s", (_, mailbox, taken) => {
  const { tell, offered, records } = restarted(
    `voicemail to mailbox ${mailbox} { on failed, empty { note "not reached" } }`,
  );
  const greeted = (task: number): Event => ({ type: "treatment.ended", call: "A", task, outcome: "done" });
  tell(2000, { type: "call.answered", call: "A" }, greeted(2));
  expect(offered).toEqual([[taken]]);
  tell(3000, ...again);
  tell(4000, greeted(4));
  expect(offered).toEqual([[taken], [taken]]);
  const task = mailbox === "ana" ? 3 : 2;
  tell(9000, { type: "voicemail.ended", call: "A", task, outcome: "left_message" });
  expect(records.filter(({ type }) => type === "call.noted")).toEqual([]);
  expect(records.at(-1)).toMatchObject({ type: "call.ended", disposition: "left_message" });
});

test.each([
  ["said for two seconds", 4000, "left_message", "left_message"],
  ["that had just begun", 3999, "empty", "abandoned"],
])("who has gone on leaving a message elsewhere while nobody served him: one %s", (_, at, outcome, disposition) => {
  const { tell, records } = restarted("voicemail to mailbox sales { on failed, empty {} }");
  tell(2000, { type: "voicemail.answered", call: "A", task: 1, dialog: "d" });
  tell(3000, { type: "run.restarted" });
  tell(at, { type: "call.gone", call: "A", reason: "hung up" });
  expect(records.filter(({ type }) => type === "voicemail.ended")).toMatchObject([{ mailbox: "sales", outcome }]);
  expect(records.at(-1)).toMatchObject({ type: "call.ended", by: "caller", disposition });
});

test("a trunk that was given its time before has all of it again", () => {
  const { tell, records } = restarted('dial "+34910603100" via trunk backup { ringback within 3s }');
  const ended = (at: number): number => {
    tell(at, { type: "agent.readied", agent: "ben", source: "desk" });
    return records.filter((each) => each.type === "offer.ended").length;
  };
  tell(2000, ...again);
  expect([ended(4500), ended(5500)]).toEqual([1, 2]);
});

test("who was refused by us has not hung up", () => {
  const { tell, records } = restarted("answer");
  tell(2000, { type: "call.gone", call: "A", reason: "no media: no codec in common", sip: 488 });
  expect(records.at(-1)).toMatchObject({ type: "call.ended", by: "system", disposition: "failed", sip: 488 });
});

test("of two who have talked on, what is to be done after the call is done", () => {
  const { tell, records } = restarted("ring agent ana for 20s", 'after call { note "after" }');
  tell(2000, { type: "offer.answered", call: "A", offer: "A/1" }, { type: "call.connected", call: "A", offer: "A/1" });
  tell(3000, { type: "run.restarted" });
  tell(60_000, { type: "call.gone", call: "A", reason: "hung up" });
  expect(records.flatMap((each) => (each.type === "call.noted" ? [each.text] : []))).toEqual(["after"]);
});
