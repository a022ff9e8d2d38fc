import { mailboxesAt } from "../../language/index.ts";
import { type Depositing, newCall } from "../call.ts";
import { callOf, change, type Core, record, resume } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import { flagAt } from "../house.ts";
import { limits } from "../limits.ts";
import { countIn, refusedBy } from "./admission.ts";
import { depositEnded } from "./answers.ts";
import { weigh } from "./assignment.ts";
import { customerAnswered, endCallback } from "./calling-back.ts";
import { diallerAnswered, placeFailed } from "./desk.ts";
import { endCall, served } from "./ending.ts";
import { findEntry, patternText } from "./entries.ts";
import { dialsFlag } from "./flags.ts";
import { takesPhone } from "./own-calls.ts";
import { beginRecording } from "./recording.ts";
import { masked } from "./secrets.ts";
import { startTreatment } from "./treatments.ts";
import { startVisit } from "./visiting.ts";
import { goOnDepositing } from "./voicemail.ts";

/*
 * How a call begins, is answered, and is left by its caller.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function arrived(core: Core, event: EventOf<"call.arrived">): void {
  const { call: id, from, to, trunk, headers, conversation, dialog } = event;
  if (core.tables.call.has(id)) return;
  const { program } = core;
  const mailboxes = mailboxesAt(to, core.directory);
  const service = mailboxes.length > 0 ? "mailbox" : flagAt(core, to);
  const entrance = service ? undefined : findEntry(program.entries, to);
  const home = (entrance && program.codeOf.get(entrance.strategy)) ?? 0;
  const entry = entrance && patternText(entrance);
  const tooMuch =
    event.data !== undefined && weigh({ is: "record", fields: event.data }, limits.callDataCharacters) < 0;
  const call = newCall({
    id,
    program: program.hash,
    home,
    slots: program.codes[home]?.slots ?? 0,
    from,
    to,
    trunk,
    entry,
    headers,
    conversation,
    dialog,
    language: core.directory.site.languages[0] ?? "en",
    data: tooMuch ? {} : event.data,
    arrivedAt: core.now,
  });
  core.tables.call.set(id, call);
  const refused = entrance && refusedBy(core, call, entrance);
  countIn(core, call);
  const strategy = entrance && program.codes[home]?.name;
  record(core, {
    type: "call.arrived",
    call: id,
    from,
    to,
    entry,
    strategy,
    ...(service && { service: service === "mailbox" ? service : "flag" }),
    trunk,
    data: masked(core, call, call.data),
  });
  if (tooMuch) record(core, { type: "limit.reached", call: id, limit: "call.data" });
  if (event.phone !== undefined) takesPhone(core, id, event.phone);
  if (service === "mailbox") startVisit(core, id, mailboxes);
  else if (service) dialsFlag(core, id, service, event.phone);
  else if (refused !== undefined) refuse(core, id, refused);
  else if (entrance) resume(core, id);
  else takeEntryRoute(core, id);
}

/** It never was a call of the strategy, which therefore has nothing to say after it. */
function refuse(core: Core, id: CallId, sip: number): void {
  record(core, { type: "limit.reached", call: id, limit: "entry" });
  change(core, "call", id, (call) => {
    call.home = 0;
  });
  endCall(core, id, { by: "system", disposition: "rejected", sip });
}

/** No strategy wants the call: the second net, or a refusal. */
function takeEntryRoute(core: Core, id: CallId): void {
  if (core.program.directory.defaults.entryRoute === undefined) {
    return endCall(core, id, { by: "system", disposition: "rejected", sip: limits.noEntryCode });
  }
  record(core, { type: "call.default_routed", call: id, net: "entry", reason: "no entry takes the number" });
  change(core, "call", id, (call) => {
    call.defaulted = "entry";
  });
  resume(core, id);
}

export function answered(core: Core, id: CallId): void {
  const { wait, answered: already, callback, dialler } = callOf(core, id);
  const placing = callback?.placing;
  if (already || (callback && !placing)) return;
  change(core, "call", id, (call) => {
    call.answered = true;
  });
  record(core, { type: "call.answered", call: id });
  if (placing) {
    beginRecording(core, id);
    return customerAnswered(core, id);
  }
  if (dialler?.placing) return diallerAnswered(core, id);
  if (wait.for === "deposit") return goOnDepositing(core, id);
  if (wait.for !== "answer") return;
  if (wait.ringback) change(core, "call", id, (call) => startTreatment(core, call, "ringback"));
  resume(core, id);
}

export function gone(core: Core, id: CallId, sip?: number): void {
  const call = callOf(core, id);
  if (call.dialler?.placing) return placeFailed(core, id, "unreachable");
  if (call.callback && !call.answered) return endCallback(core, id, "unreachable");
  const left = leftAway(core, id);
  if (left) return depositEnded(core, { type: "voicemail.ended", call: id, task: left.task, outcome: "left_message" });
  if (sip !== undefined) return endCall(core, id, { by: "system", disposition: "failed", sip });
  // Who has heard his messages waited for nobody.
  const alone = call.wait.for === "visit" ? "hung_up" : "abandoned";
  endCall(core, id, { by: "caller", disposition: call.wait.for === "talk" ? served(call, "answered") : alone });
}

/** The message of one who was at a mailbox elsewhere when the run was killed: he and the mailbox have gone on by themselves, and nobody else tells of it. */
function leftAway(core: Core, id: CallId): Depositing | undefined {
  const { away, deposit } = callOf(core, id);
  if (!away || deposit?.takenAt === undefined) return undefined;
  return core.now - deposit.takenAt >= limits.leastMessageMs ? deposit : undefined;
}
