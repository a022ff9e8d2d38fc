import type { Entrance } from "../../language/index.ts";
import { wrapUp } from "../agents.ts";
import type { Call } from "../call.ts";
import { callOf, change, command, type Core, record, resume } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import type { NotHandedOn } from "../records.ts";
import { thing, type Value } from "../values.ts";
import { limits } from "../limits.ts";
import { leavesPhone } from "./own-calls.ts";
import { dropConsulted } from "./consulting.ts";
import { entranceOf, goInto, isHandedOnTooOften, refusal, takeBrought } from "./entering.ts";
import { startOver } from "./frames.ts";
import { takeDefaultRoute } from "./nets.ts";
import { entry, isThing, phoneOf, whom } from "./things.ts";
import { endTreatment } from "./treatments.ts";
import { isBarred, isOutOfReach } from "./trunks.ts";
import { becomesParty } from "./turning.ts";
import { tellUnreached } from "./unreached.ts";

/*
 * Who talks hands the call on at once, at his desk or by his phone.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/** Nobody could be joined to it: back to who handed it on, else by default. */
export function comeBack(core: Core, id: CallId): void {
  const { handedOn } = callOf(core, id);
  tellUnreached.notHandedOn(core, callOf(core, id), null, null);
  if (handedOn?.by === undefined) return takeDefaultRoute(core, id, "it could not be joined again");
  change(core, "call", id, (call) => void (call.handedOn = undefined));
  goTo(core, id, thing("agent", handedOn.by));
}

/** Whom, or which queue, the call goes to from here on; where that serves nobody, back to who handed it on. */
function goTo(core: Core, id: CallId, to: Value): void {
  change(core, "call", id, (call) => {
    const program = core.programs.get(call.program);
    const wait = isThing(to, "queue") || isThing(to, "group") ? program?.waits.get(`${to.noun} ${to.name}`) : undefined;
    startOver(core, call, wait ?? program?.handOn ?? 0, 0);
    if (wait === undefined) call.locals[0] = to;
  });
  resume(core, id);
}

/** Handed on without asking: who talked is free, and the call goes where he wants it, back to him, or its default route. */
export function transferAsked(core: Core, event: EventOf<"transfer.asked">): void {
  const { call: id, to } = event;
  const { wait, party: before } = callOf(core, id);
  if (wait.for !== "talk" || !before) return;
  const wanted = whom(core, to) ?? waitingPlace(core, id, to);
  const number = wanted === null ? undefined : phoneOf(wanted, core.directory);
  const entrance = number === undefined ? undefined : entranceOf(core, number);
  const outcome = wanted === null ? "unreachable" : whyNot(core, id, number, entrance);
  if (outcome !== undefined) return record(core, { type: "transfer.failed", call: id, to, outcome });
  if (!becomesParty(core, id, event.by, event.side)) return;
  const { party = before } = callOf(core, id);
  letGo(core, id, party);
  if (event.side === "caller") leavesPhone(core, id);
  takeBrought(core, id, event);
  if (entrance && number !== undefined) return goInto(core, id, entrance, number, party.agent);
  change(core, "call", id, (call) => {
    call.handedOn = { by: party.agent, to };
    call.handOns = (call.handOns ?? 0) + 1;
  });
  record(core, { type: "call.handed_on", call: id, to, by: party.agent });
  goTo(core, id, wanted);
}

/** What keeps it here; undefined: nothing. */
function whyNot(
  core: Core,
  id: CallId,
  number: string | undefined,
  entrance: Entrance | undefined,
): NotHandedOn | undefined {
  if (!entrance && number !== undefined && isBarred(core, number)) return "unreachable";
  if (!entrance && number !== undefined && isOutOfReach(core, number)) return "no_trunk";
  if (!entrance) return isHandedOnTooOften(core, id) ? "handed on too often" : undefined;
  const code = refusal(core, id, entrance);
  if (code === undefined) return undefined;
  return code === limits.loopCode ? "handed on too often" : "full";
}

/** Who talked is free, and whoever he has asked. */
function letGo(core: Core, id: CallId, { agent, offer }: NonNullable<Call["party"]>): void {
  const { held } = callOf(core, id);
  dropConsulted(core, id);
  command(core, { type: "withdraw", call: id, offer, reason: "strategy" });
  if (agent !== undefined) wrapUp(core, agent, offer);
  change(core, "call", id, (call) => {
    call.party = undefined;
    call.held = undefined;
    // A queue that he is in himself asks others first.
    if (agent !== undefined) call.failures[agent] = core.now;
    if (held === undefined) endTreatment(core, call, "interrupted");
  });
}

/** `Sales`, or, where that is the name of several, `group Sales`: a queue of its program comes before a group, and a group before a mailbox. */
function waitingPlace(core: Core, id: CallId, to: string): Value {
  const waits = core.programs.get(callOf(core, id).program)?.waits;
  const [, noun, name = to] = /^(queue|group|mailbox) (.+)$/.exec(to) ?? [];
  const has = {
    queue: waits?.has(`queue ${name}`),
    group: waits?.has(`group ${name}`),
    mailbox: entry(core.directory.mailboxes, name),
  };
  const found = (["queue", "group", "mailbox"] as const).find((each) => has[each] && (noun ?? each) === each);
  return found ? thing(found, name) : null;
}
