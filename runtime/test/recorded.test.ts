import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

/* What is to be recorded is, also where the caller is not on the line meanwhile: a callback, or a restart. */

type RecordingState = Extract<Event, { type: "recording.changed" }>["state"];

/** An answered caller, whose strategy goes on by this; every recording that is asked for begins at once. */
function calling(statements: string) {
  const program = loadProgram(
    programOf(`strategy "s" { entry "5000"  default route to group Reception  answer  ${statements} }`),
  );
  const engine = createEngine({ program, now: 0, library: new Map([[program.hash, program]]) });
  let now = 0;
  const shown: string[] = [];
  const states = { call: "started", pause: "paused", resume: "resumed", stop: "ended" } as const;
  const tell = (event: Event): void => {
    now += 1000;
    const { commands } = engine.accept(event, now);
    for (const each of commands.filter(({ type }) => type === "record" || type === "place" || type === "offer")) {
      shown.push(textOf(each));
      if (each.type !== "record") continue;
      recordingIs(each.call, states[each.what]);
      if (each.paused) recordingIs(each.call, "paused");
    }
  };
  const recordingIs = (call: string, state: RecordingState): void => tell({ type: "recording.changed", call, state });
  tell({ type: "call.arrived", call: "A", from: "+34600000001", to: "5000" });
  tell({ type: "call.answered", call: "A" });
  return { tell, shown, recording: (call: string) => engine.call(call)?.recording };
}

function textOf(command: Command): string {
  return command.type === "record" ? `${command.what}${command.paused ? " paused" : ""} ${command.call}` : command.type;
}

const queue = (rest: string): string =>
  `queue Sales { at 0s agent ana  give up after 5m  while waiting { ${rest} music "calm" } }`;
const ready: Event = { type: "agent.readied", agent: "ana", source: "desk" };

test.each([
  ["record call", "record call wait 1s", ["call A"], ["call A~callback"], "on"],
  ["record call, just before", "record call", ["call A"], ["call A~callback"], "on"],
  [
    "record call and pause",
    "record call record pause wait 1s",
    ["call A", "pause A"],
    ["call paused A~callback"],
    "paused",
  ],
  ["nothing", "wait 1s", [], [], undefined],
])("a callback is recorded as its call was to be, once he has picked up: %s", (_, said, before, again, state) => {
  const { tell, shown, recording } = calling(
    `${said} ${queue("callback to call.from { expires after 1h on accepted { hangup } }")}`,
  );
  const callback = "A~callback";
  tell({ type: "time.passed" });
  expect(shown).toEqual(before);
  expect(recording(callback)).toBeUndefined();
  tell(ready);
  tell({ type: "call.answered", call: callback });
  expect(shown.slice(before.length)).toEqual(["place", ...again, "offer"]);
  expect(recording(callback)).toBe(state);
});

test.each([
  ["", ["call A"], "on"],
  ["record pause", ["call paused A"], "paused"],
])("who was recorded when the process died is again, once he has returned: %s", (pause, again, state) => {
  const { tell, shown, recording } = calling(`record call wait 1s ${pause} ${queue("")}`);
  tell({ type: "time.passed" });
  const before = shown.length;
  // Nobody has come before the process dies again.
  tell({ type: "run.restarted" });
  tell({ type: "run.restarted" });
  expect(recording("A")).toBeUndefined();
  expect(shown).toHaveLength(before);
  tell({ type: "call.returned", call: "A" });
  expect(shown.slice(before)).toEqual(again);
  expect(recording("A")).toBe(state);
});

test("a recording that somebody has stopped, or that has failed, does not begin again", () => {
  for (const state of ["ended", "failed"] as const) {
    const { tell, shown } = calling(`record call wait 1s ${queue("")}`);
    tell({ type: "recording.changed", call: "A", state });
    tell({ type: "run.restarted" });
    tell({ type: "call.returned", call: "A" });
    expect(shown).toEqual(["call A"]);
  }
});
