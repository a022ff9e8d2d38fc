import type { Call } from "./call.ts";
import { callOf, change, command, type Core, disarm, record, resume } from "./core.ts";
import type { CallId } from "./events.ts";
import { stopPlacing } from "./queue/callbacks.ts";
import { tryAgain } from "./queue/matching.ts";
import { withdrawAll } from "./queue/offers.ts";
import { dropPreview } from "./queue/previews.ts";
import { takeStand } from "./queue/stand.ts";
import { deviceChanged, trunkChanged } from "./seating.ts";
import { freeGuests } from "./strategy/attending.ts";
import { botEnded, referEnded, answeredRequest } from "./strategy/answers.ts";
import { endCollect } from "./strategy/collecting.ts";
import { partyGone } from "./strategy/connecting.ts";
import { placeFailed } from "./strategy/desk.ts";
import { beginRecording, recordingChanged } from "./strategy/recording.ts";
import { visitEnded } from "./strategy/visiting.ts";
import { endTreatment } from "./strategy/treatments.ts";

/*
 * Whoever performed the commands has died, and another goes on from the journal. Nothing that was begun outside stands any more, but for the
 * legs of callers, whom a signalling endpoint of its own has kept: they return one by one, or not at all. Until then a call is `away`: it
 * keeps its place, nobody is rung for it, and its strategy stands still.
 */

/** A call whose caller may return. */
export type AwayCall = Pick<Call, "id" | "dialog" | "from" | "to" | "trunk" | "conversation" | "answered" | "legs">;

/** To be told at the instant of the last event before, so that nobody is blamed for what fell due while nothing ran. */
export function restarted(core: Core): void {
  // Both are found out anew, and a trunk is taken to be well until then.
  for (const device of core.upDevices) deviceChanged(core, device, false);
  for (const trunk of core.downTrunks) trunkChanged(core, trunk, true);
  const living = [...core.tables.call.values()].filter(({ ended }) => !ended).map(({ id }) => id);
  for (const id of living) strand(core, id);
  record(core, { type: "run.restarted", calls: away(core).length });
}

/** Whoever rings for it does not any more, and is not blamed. */
function strand(core: Core, id: CallId): void {
  const { dialler, callback, answered, recording, toRecord } = callOf(core, id);
  if (dialler?.placing) return placeFailed(core, id, "unreachable");
  withdrawAll(core, id, "strategy");
  stopPlacing(core, id, true);
  dropPreview(core, id, "withdrawn");
  if (recording) {
    recordingChanged(core, { type: "recording.changed", call: id, state: "ended" });
    change(core, "call", id, (call) => void (call.toRecord = toRecord ?? recording));
  }
  // A promised callback has nobody on the line, and goes on by itself.
  const isAway = !callback || answered;
  freeGuests(core, id);
  if (isAway) change(core, "call", id, (call) => void (call.away = true));
  if (!isAway) command(core, { type: "open", call: id, conversation: callOf(core, id).conversation });
  takeStand(core, id);
  if (isAway) change(core, "call", id, (call) => disarm(core, call, "nobody"));
  else tryAgain(core, id);
}

export function away(core: Core): AwayCall[] {
  return [...core.tables.call.values()].flatMap(
    ({ id, dialog, from, to, trunk, conversation, answered, legs, away }) =>
      away ? [{ id, dialog, from, to, trunk, conversation, answered, legs }] : [],
  );
}

/** The caller is on the line again: he hears what he heard, and his strategy goes on as if what it waited for had failed. */
export function returned(core: Core, id: CallId): void {
  if (!callOf(core, id).away) return;
  change(core, "call", id, (call) => {
    call.away = undefined;
  });
  record(core, { type: "call.returned", call: id });
  beginRecording(core, id);
  soundAgain(core, id);
  if (callOf(core, id).queued) tryAgain(core, id);
  goOnWaiting(core, id);
}

/** What has an end of its own is over. */
function soundAgain(core: Core, id: CallId): void {
  const { treatment, wait, language } = callOf(core, id);
  if (!treatment) return;
  const { kind, name = "", task } = treatment;
  const isWaitedFor = wait.for === "treatment" && wait.task === task;
  if (kind === "music" && !isWaitedFor) command(core, { type: "music", call: id, task, name, language });
  else if (kind === "ringback") command(core, { type: "ringback", call: id, task });
  else if (kind !== "silence") change(core, "call", id, (call) => endTreatment(core, call, "failed"));
}

function goOnWaiting(core: Core, id: CallId): void {
  const { wait } = callOf(core, id);
  switch (wait.for) {
    case "nothing":
    case "treatment":
    case "offers":
      return resume(core, id);
    case "answer":
      return command(core, { type: "answer", call: id, ringback: wait.ringback });
    // Whoever was rung is rung again, and by `dial` the trunks are tried from the first.
    case "ring":
      change(core, "call", id, (call) => disarm(core, call, "ringback"));
      return resume(core, id);
    case "connect":
    case "talk":
      return partyGone(core, id, wait.offer);
    // He is asked from the beginning, and shown again.
    case "digits":
      change(core, "call", id, (call) => endCollect(core, call));
      return resume(core, id);
    case "preview":
      return resume(core, id);
    case "request":
      return answeredRequest(core, { type: "request.ended", call: id, task: wait.task, code: 0 });
    case "bot":
      return botEnded(core, { type: "bot.ended", call: id, task: wait.task, outcome: "failed" });
    case "refer":
      return referEnded(core, { type: "refer.ended", call: id, task: wait.task, outcome: "failed" });
    // Who he is was known to the run that died.
    case "visit":
      return visitEnded(core, id);
    // He goes on leaving his message; what he has said before is one of its own.
    case "deposit":
      change(core, "call", id, (call) => void (call.deposit = undefined));
      return resume(core, id);
    // His time or his place in the queue have gone on without him.
    case "time":
    case "idle":
  }
}
