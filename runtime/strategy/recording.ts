import { callOf, change, command, type Core, record } from "../core.ts";
import type { Event } from "../events.ts";

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/*
 * The recording of a call, whoever has asked for it: its strategy, or somebody at a desk (row 2.24).
 */

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
  });
  record(core, { type: "recording.changed", call: id, state });
}
