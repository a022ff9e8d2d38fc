import { type Agent, isReachable } from "../agent.ts";
import { lease, talk } from "../agents.ts";
import { newCall, newOffer } from "../call.ts";
import { arm, callOf, change, command, type Core, disarm, record, resume } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId, Event, OfferFailure } from "../events.ts";
import { limits } from "../limits.ts";
import { unanswered } from "../queue/offers.ts";
import type { RecordBody } from "../records.ts";
import { weigh } from "./assignment.ts";
import { customerFailed } from "./calling-back.ts";
import { endCall } from "./ending.ts";
import { startOver } from "./frames.ts";
import type { Value } from "../values.ts";
import { entranceOf } from "./entering.ts";
import { entry, phoneOf, whom } from "./things.ts";
import { isBarred, overTrunks, trunkOf } from "./trunks.ts";

/*
 * Calls that begin at a desk (RFC 3725, flow I): the phone of who asks is called first and is the caller, then whom he wants is rung as
 * anybody is. Such a call has no strategy; where an agent lets it ring, the directory's `no_answer.then` says what follows.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function dialled(core: Core, { call: id, agent, to, data = {} }: EventOf<"call.dialled">): void {
  const person = core.tables.agent.get(agent);
  const its = entry(core.directory.agents, agent);
  if (!person || !its || core.tables.call.has(id)) return;
  const fits = weigh({ is: "record", fields: data }, limits.callDataCharacters) >= 0;
  const { program } = core;
  const wanted = whom(core, to);
  const call = newCall({
    id,
    program: program.hash,
    home: 0,
    slots: 0,
    from: its.extension ?? agent,
    to,
    language: core.directory.site.languages[0] ?? "en",
    data: fits ? data : {},
    arrivedAt: core.now,
  });
  core.tables.call.set(id, call);
  change(core, "call", id, (changing) => {
    startOver(core, changing, program.desk, 0);
    changing.locals[0] = wanted;
    // Not before he is there.
    changing.wait = { for: "idle" };
  });
  record(core, { type: "call.dialled", call: id, agent, from: call.from, to, data: call.data });
  if (!fits) record(core, { type: "limit.reached", call: id, limit: "call.data" });
  command(core, { type: "open", call: id });
  if (wanted === null || isNowhere(core, wanted)) return fail(core, id, { agent, outcome: "unreachable" });
  const failed = cannotBeRung(core, person);
  if (failed) return fail(core, id, { agent, outcome: failed, by: "agent" });
  place(core, id, person);
}

/** His own phone need not ring for a number that nobody may call. */
function isNowhere(core: Core, wanted: Value): boolean {
  const number = phoneOf(wanted, core.directory);
  return number !== undefined && !entranceOf(core, number) && isBarred(core, number);
}

/** Ready or not; his phone must be there, and a line of it free. */
function cannotBeRung(core: Core, person: Agent): "busy" | "unreachable" | undefined {
  if (!isReachable(person) || !entry(core.directory.devices, person.device)) return "unreachable";
  const inHand = person.work.filter(({ kind }) => kind !== "wrap_up");
  return inHand.length < person.capacity ? undefined : "busy";
}

function place(core: Core, id: CallId, { id: agent, device }: Agent): void {
  const { ring } = unanswered(core, { agent, device });
  const party = overTrunks(core, { kind: "agent", agent, device });
  const { offer, to } = change(core, "call", id, (call) => {
    const offer = newOffer(call);
    call.dialler = { agent, offer, trunk: trunkOf(core, party), placing: true };
    arm(core, call, "place", core.now + Math.min(ring.value, limits.placeMs));
    return { offer, to: call.to };
  });
  lease(core, agent, id, { id: offer, device });
  command(core, { type: "place", call: id, party, from: to });
}

/** He has picked up: now whom he wants is rung. */
export function diallerAnswered(core: Core, id: CallId): void {
  const { dialler } = callOf(core, id);
  invariant(dialler, `nobody dialled ${id}`);
  change(core, "call", id, (call) => {
    disarm(core, call, "place");
    if (call.dialler) delete call.dialler.placing;
  });
  talk(core, dialler.agent, dialler.offer);
  resume(core, id);
}

/** Who was to be the caller cannot be: whoever is called back, or who has dialled and does not pick up himself. */
export function placeFailed(core: Core, id: CallId, outcome: OfferFailure | "no_answer", sip?: number): void {
  const { dialler } = callOf(core, id);
  if (!dialler) return customerFailed(core, id, outcome, sip);
  if (!dialler.placing) return;
  if (outcome === "no_answer") command(core, { type: "unplace", call: id });
  fail(core, id, { agent: dialler.agent, outcome, by: "agent", sip });
}

function fail(
  core: Core,
  id: CallId,
  { agent, ...what }: Omit<Extract<RecordBody, { type: "dial.failed" }>, "type" | "call" | "to">,
): void {
  record(core, { type: "dial.failed", call: id, agent, to: callOf(core, id).to, ...what });
  endCall(core, id, { by: "system", disposition: "failed" });
}
