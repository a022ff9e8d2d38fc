import { release, wrapUp } from "../agents.ts";
import type { Call, CallDue, Ending } from "../call.ts";
import type { CallbackOutcome } from "../tried.ts";
import { arm, callOf, change, command, type Core, disarm, record, resume } from "../core.ts";
import type { CallId } from "../events.ts";
import { freeGuests } from "./attending.ts";
import { codeOf, startOver } from "./frames.ts";
import { countOut } from "./admission.ts";
import { interrupt } from "./interrupt.ts";
import { limits } from "../limits.ts";
import { leavesPhone } from "./own-calls.ts";
import type { Disposition } from "../records.ts";
import { stopPlacing } from "../queue/callbacks.ts";
import { withdrawAll } from "../queue/offers.ts";
import { dropPreview } from "../queue/previews.ts";
import { countLeft, leaveQueue } from "../queue/queue.ts";
import { endTreatment } from "./treatments.ts";

/**
 * The one end of a call: leases are given back, the place is given up, everything that sounds stops, and one `call.ended` and one
 * `hangup`, last of all, are what remains. A call that has ended is unknown.
 */
export function endCall(core: Core, id: CallId, ending: Ending): void {
  const byCaller = ending.by === "caller";
  change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.away = undefined; // what comes after the call needs nobody on the line
  });
  withdrawAll(core, id, byCaller ? "caller_gone" : "strategy");
  leaveQueue(core, id, byCaller ? "abandoned" : (callOf(core, id).callback?.outcome ?? ending.disposition));
  const { queued, calledBack, callback, wait } = callOf(core, id);
  if (queued && byCaller && calledBack === undefined) countLeft(core, queued, "abandoned");
  stopPlacing(core, id, false);
  dropPreview(core, id, byCaller ? "caller_gone" : "withdrawn");
  interrupt(core, id);
  freeConsulted(core, id);
  freeParty(core, id);
  freeDialler(core, id);
  leavesPhone(core, id);
  freeGuests(core, id);
  disarmAll(core, id);
  const { answered } = callOf(core, id);
  const { by, redirectTo } = ending;
  const disposition = calledBack !== undefined && isLeaving(ending.disposition) ? "callback" : ending.disposition;
  const outcome = callback && (callback.outcome ?? (wait.for === "talk" ? "answered" : "unreachable"));
  if (callback && outcome) record(core, { type: "callback.ended", call: id, of: callback.of, outcome });
  const sip = answered ? undefined : ending.sip;
  record(core, { type: "call.ended", call: id, by, disposition, sip });
  if (sip !== undefined) command(core, { type: "reject", call: id, code: sip });
  if (redirectTo !== undefined) command(core, { type: "redirect", call: id, to: redirectTo });
  command(core, { type: "hangup", call: id });
  core.freeCalls.delete(id);
  countOut(core, callOf(core, id));
  if (outcome) startAfterCallback(core, id, outcome);
  else startAfterCall(core, id, disposition);
}

/** What a caller does who has been promised a callback. */
function isLeaving(disposition: Disposition): boolean {
  return disposition === "hung_up" || disposition === "abandoned";
}

/** The same for a callback, which still stands where it was booked. */
function startAfterCallback(core: Core, id: CallId, outcome: CallbackOutcome): void {
  const call = callOf(core, id);
  const op = codeOf(core, call).ops[call.pc];
  const after = op?.op === "callback" ? op.after : undefined;
  if (after === undefined) {
    core.tables.call.delete(id);
    return;
  }
  change(core, "call", id, (changing) => {
    changing.ended = outcome;
    changing.queued = undefined;
    changing.pc = after;
    arm(core, changing, "after_call", core.now + limits.afterCallMs);
  });
  core.spent.delete(id);
  resume(core, id);
}

/** What the strategy still does when everybody has gone: it has 5 s, and nobody hears it. */
function startAfterCall(core: Core, id: CallId, disposition: Disposition): void {
  const { home, program } = callOf(core, id);
  const afterCall = core.programs.get(program)?.codes[home]?.afterCall;
  if (afterCall === undefined) {
    core.tables.call.delete(id);
    return;
  }
  change(core, "call", id, (call) => {
    call.ended = disposition;
    call.queued = undefined;
    startOver(core, call, home, afterCall);
    arm(core, call, "after_call", core.now + limits.afterCallMs);
  });
  core.spent.delete(id);
  resume(core, id);
}

/** `after call` is over too. */
export function forget(core: Core, id: CallId): void {
  interrupt(core, id);
  disarmAll(core, id);
  core.tables.call.delete(id);
}

function disarmAll(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys forgets what they are keys of
    for (const what of Object.keys(call.due) as CallDue[]) disarm(core, call, what);
  });
}

/** How a call ended that was served: by whatever served it, unless a default route brought it there. */
export function served(
  { defaulted, transferred }: Call,
  disposition: "answered" | "left_message" | "transferred",
): Disposition {
  if (defaulted) return "default_routed";
  return transferred && disposition === "answered" ? "transferred" : disposition;
}

/** Whoever has been asked meanwhile: his phone is hung up with all others. */
function freeConsulted(core: Core, id: CallId): void {
  const { agent, offer } = callOf(core, id).consult ?? {};
  if (agent !== undefined && offer !== undefined) wrapUp(core, agent, offer);
  change(core, "call", id, (call) => void (call.consult = undefined));
}

/** Who talked has work after the call; who was only about to is simply free again. */
function freeParty(core: Core, id: CallId): void {
  const { party, wait, held } = callOf(core, id);
  if (!party?.agent) return;
  if (wait.for === "talk" || held) wrapUp(core, party.agent, party.offer);
  else release(core, party.agent, party.offer, "unharmed");
}

/** Who asked for the call at his desk has work after it where he has talked to somebody. */
function freeDialler(core: Core, id: CallId): void {
  const { dialler, wait, held } = callOf(core, id);
  if (!dialler) return;
  if (wait.for === "talk" || held) wrapUp(core, dialler.agent, dialler.offer);
  else release(core, dialler.agent, dialler.offer, dialler.placing ? "unharmed" : "idle from now");
}
