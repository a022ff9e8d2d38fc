import type { Call } from "../call.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import type { RecordOp } from "./program.ts";

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/*
 * The recording of a call, whoever has asked for it: its strategy, or somebody at a desk (row 2.24).
 */

/** What a strategy says. The call may be copied, or the process die, before the answer is there. */
export function recordStated(core: Core, call: Call, what: RecordOp["what"]): void {
  if (what === "call") call.toRecord = "on";
  else if (call.toRecord) call.toRecord = what === "pause" ? "paused" : "on";
  command(core, { type: "record", call: call.id, what });
}

/** Its caller is there, and is recorded as he was to be. */
export function beginRecording(core: Core, id: CallId): void {
  const { toRecord } = callOf(core, id);
  if (!toRecord) return;
  command(core, { type: "record", call: id, what: "call", ...(toRecord === "paused" && { paused: true }) });
}

/** Nothing is recorded before the call is answered, and nothing else paused than what is recorded. */
export function recordAsked(core: Core, { call: id, what }: EventOf<"record.asked">): void {
  const { answered, recording } = callOf(core, id);
  if (what === "call" ? answered && !recording : recording) command(core, { type: "record", call: id, what });
}

export function recordingChanged(core: Core, { call: id, state }: EventOf<"recording.changed">): void {
  change(core, "call", id, (call) => {
    if (state === "started" || state === "resumed") call.recording = "on";
    else if (state === "paused") call.recording = "paused";
    else call.recording = undefined;
    if (call.recording === undefined || call.recording === call.toRecord) call.toRecord = undefined;
  });
  record(core, { type: "recording.changed", call: id, state });
}
