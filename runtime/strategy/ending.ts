import { release, wrapUp } from "../agents.ts";
import type { CallDue, Ending } from "../call.ts";
import { callOf, change, command, type Core, disarm, record } from "../core.ts";
import type { CallId } from "../events.ts";
import { endDeposit } from "./interrupt.ts";
import { withdrawAll } from "../queue/offers.ts";
import { countLeft, leaveQueue } from "../queue/queue.ts";
import { endTreatment } from "./treatments.ts";

/**
 * The one end of a call: leases are given back, the place is given up, everything that sounds stops, and one `call.ended` and one
 * `hangup`, last of all, are what remains. A call that has ended is unknown.
 */
export function endCall(core: Core, id: CallId, ending: Ending): void {
  const byCaller = ending.by === "caller";
  change(core, "call", id, (call) => endTreatment(core, call, "interrupted"));
  withdrawAll(core, id, byCaller ? "caller_gone" : "strategy");
  leaveQueue(core, id, byCaller ? "abandoned" : ending.disposition);
  const { queued } = callOf(core, id);
  if (queued && byCaller) countLeft(core, queued, "abandoned");
  endDeposit(core, id);
  freeParty(core, id);
  change(core, "call", id, (call) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys forgets what they are keys of
    for (const what of Object.keys(call.due) as CallDue[]) disarm(core, call, what);
  });
  const { answered } = callOf(core, id);
  const sip = answered ? undefined : ending.sip;
  record(core, { type: "call.ended", call: id, ...ending, sip });
  if (sip !== undefined) command(core, { type: "reject", call: id, code: sip });
  command(core, { type: "hangup", call: id });
  core.tables.call.delete(id);
  core.freeCalls.delete(id);
}

/** Who talked has work after the call; who was only about to is simply free again. */
function freeParty(core: Core, id: CallId): void {
  const { party, wait } = callOf(core, id);
  if (!party?.agent) return;
  if (wait.for === "talk") wrapUp(core, party.agent, party.offer);
  else release(core, party.agent, party.offer, "unharmed");
}

/**
 * Ends a call whose state can no longer be trusted: everything that names it is searched for and let go, nothing is followed from
 * one to the other.
 */
export function giveUpCall(core: Core, id: CallId): void {
  const call = core.tables.call.get(id);
  for (const agent of core.tables.agent.values()) {
    if ("call" in agent.work && agent.work.call === id) release(core, agent.id, agent.work.offer, "unharmed");
  }
  for (const { lines, bySince } of core.waiting.values()) {
    if (!call?.queued) break;
    lines.delete(call.queued.place);
    bySince.delete(call.queued.place);
  }
  for (const each of core.classes) {
    each.hopeful.delete(id);
    if (call?.queued) each.lines.delete(call.queued.place);
  }
  for (const { calls } of core.conditional.values()) calls.delete(id);
  core.freeCalls.delete(id);
  core.tables.call.delete(id);
  core.deadlines.cancelWhere((due) => "call" in due && due.call === id);
  record(core, { type: "call.ended", call: id, by: "system", disposition: "failed" });
  command(core, { type: "hangup", call: id });
}
