import type { Entrance } from "../../language/index.ts";
import { holds, wrapUp } from "../agents.ts";
import type { Call } from "../call.ts";
import { callOf, change, command, type Core, record, resume } from "../core.ts";
import type { CallId, Event, OfferId } from "../events.ts";
import { endOffer, makeOffer } from "../queue/offers.ts";
import type { Unanswered } from "../records.ts";
import { thing, type Value } from "../values.ts";
import { limits } from "../limits.ts";
import { entranceOf, goInto, isHandedOnTooOften, refusal, takeBrought } from "./entering.ts";
import { startOver } from "./frames.ts";
import { takeDefaultRoute } from "./nets.ts";
import { partyOf } from "./ringing.ts";
import { entry, isThing, phoneOf, whom } from "./things.ts";
import { endTreatment, startTreatment } from "./treatments.ts";
import type { Scope } from "./world.ts";

/*
 * What who talks does with the call at his desk, or by his phone: holds it, goes on, asks somebody else first, hands it on. Every step is
 * one of ours (3pcc): the caller's leg stays here, and phones are only told where media are.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/** The two are parted, and the caller hears music. */
export function holdAsked(core: Core, id: CallId): void {
  const { wait, held, dialler } = callOf(core, id);
  // Who dialled is the caller himself: there is nobody else's leg to hold.
  if (wait.for !== "talk" || held || dialler) return;
  change(core, "call", id, (call) => void (call.held = "parting"));
  command(core, { type: "part", call: id, offer: wait.offer });
}

export function parted(core: Core, { call: id, offer, parted: done }: EventOf<"call.parted">): void {
  const { wait, held, consult, party } = callOf(core, id);
  if (wait.for !== "talk" || wait.offer !== offer || held !== "parting") return;
  change(core, "call", id, (call) => {
    call.held = done ? "parted" : undefined;
    if (!done) call.consult = undefined;
  });
  if (!done) return record(core, { type: "hold.failed", call: id });
  record(core, { type: "call.held", call: id, agent: party?.agent, destination: party?.destination });
  tellHolder(core, id);
  soundHold(core, id);
  if (consult?.to !== undefined) ringConsulted(core, id, consult.to);
}

/** Who holds the caller is in `hold`, but while he talks with whom he has asked. */
function tellHolder(core: Core, id: CallId): void {
  const { party, held, consult } = callOf(core, id);
  if (party?.agent === undefined) return;
  const isApart = held === "parted" || held === "joining";
  holds(core, party.agent, party.offer, isApart && !consult?.joined ? "hold" : "talking");
}

function soundHold(core: Core, id: CallId): void {
  const { trunks, prompts } = core.directory;
  const { language, trunk } = callOf(core, id);
  const wanted = entry(trunks, trunk ?? "")?.hold ?? prompts.hold ?? prompts.music;
  const music = wanted === "silence" ? undefined : wanted;
  const task = change(core, "call", id, (call) => startTreatment(core, call, music ? "music" : "silence", music));
  if (music) command(core, { type: "music", call: id, task, name: music, language });
  else command(core, { type: "silence", call: id, task });
}

/** The two go on; whoever was asked meanwhile is let go. */
export function retrieveAsked(core: Core, id: CallId): void {
  const { wait, held } = callOf(core, id);
  if (wait.for !== "talk" || held !== "parted") return;
  dropConsulted(core, id);
  change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.held = "joining";
    call.wait = { for: "connect", offer: wait.offer };
  });
  command(core, { type: "connect", call: id, offer: wait.offer });
}

/** Joined again after a hold; false where it was none. */
export function retrieved(core: Core, id: CallId, offer: OfferId): boolean {
  const { held, party } = callOf(core, id);
  if (held !== "joining") return false;
  change(core, "call", id, (call) => {
    call.held = undefined;
    call.wait = { for: "talk", offer };
  });
  record(core, { type: "call.retrieved", call: id, agent: party?.agent, destination: party?.destination });
  tellHolder(core, id);
  return true;
}

/** Whether it is being joined again, or with whom who talked has asked: its strategy was done with it before. */
export function isResumed(core: Core, id: CallId): boolean {
  const { held, handedOn } = callOf(core, id);
  return held === "joining" || handedOn?.asked === true;
}

/** Nobody could be joined to it: back to who handed it on, else by default. */
export function comeBack(core: Core, id: CallId): void {
  const { handedOn } = callOf(core, id);
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
  const { wait, party, dialler } = callOf(core, id);
  if (wait.for !== "talk" || !party || dialler) return;
  const wanted = whom(core, to) ?? waitingPlace(core, id, to);
  const number = wanted === null ? undefined : phoneOf(wanted, core.directory);
  const entrance = number === undefined ? undefined : entranceOf(core, number);
  const outcome = wanted === null ? "unreachable" : whyNot(core, id, entrance);
  if (outcome !== undefined) return record(core, { type: "transfer.failed", call: id, to, outcome });
  letGo(core, id, party);
  takeBrought(core, id, event);
  if (entrance && number !== undefined) return goInto(core, id, entrance, number, party.agent);
  change(core, "call", id, (call) => {
    call.handedOn = { by: party.agent };
    call.handOns = (call.handOns ?? 0) + 1;
  });
  record(core, { type: "call.handed_on", call: id, to, by: party.agent });
  goTo(core, id, wanted);
}

/** What keeps it here; undefined: nothing. */
function whyNot(core: Core, id: CallId, entrance: Entrance | undefined): string | undefined {
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

/** He wants to ask somebody before he hands the call on: the caller is held meanwhile. */
export function consultAsked(core: Core, { call: id, to }: EventOf<"consult.asked">): void {
  const { wait, held, consult, dialler } = callOf(core, id);
  if (wait.for !== "talk" || consult || held === "parting" || dialler) return;
  const wanted = whom(core, to);
  if (wanted === null) return record(core, { type: "consult.ended", call: id, to, outcome: "unreachable" });
  change(core, "call", id, (call) => void (call.consult = { to: wanted }));
  if (held === "parted") ringConsulted(core, id, wanted);
  else holdAsked(core, id);
}

function ringConsulted(core: Core, id: CallId, to: Value): void {
  const call = callOf(core, id);
  const scope: Scope = { call, locals: [], world: core.world, failure: undefined };
  const target = typeof to === "string" ? thing("number", to) : to;
  const found = partyOf(core, target, null, scope) ?? "unreachable";
  if (typeof found === "string") return endConsult(core, id, found);
  const by = call.party?.agent;
  const from = (by === undefined ? undefined : entry(core.directory.agents, by)?.extension) ?? call.from;
  const offer = makeOffer(core, id, { ...found, from, apart: true });
  change(core, "call", id, (changing) => {
    const its = changing.offers.find((each) => each.id === offer);
    changing.consult = { offer, agent: its?.agent, destination: its?.number, trunk: its?.trunk };
  });
}

export function isConsulted({ consult }: Call, offer: OfferId): boolean {
  return consult?.offer === offer;
}

/** Whom he asks has picked up: the two are joined. */
export function consultAnswered(core: Core, id: CallId, offer: OfferId): void {
  const { party } = callOf(core, id);
  endOffer(core, id, offer, { outcome: "answered" });
  if (party) command(core, { type: "join", call: id, offer, with: party.offer });
}

export function joined(core: Core, { call: id, offer, joined: done }: EventOf<"parties.joined">): void {
  const { consult, party } = callOf(core, id);
  if (consult?.offer !== offer || consult.joined) return;
  if (!done) {
    dropConsulted(core, id);
    return;
  }
  change(core, "call", id, (call) => {
    if (call.consult) call.consult.joined = true;
  });
  record(core, {
    type: "call.consulted",
    call: id,
    by: party?.agent,
    agent: consult.agent,
    destination: consult.destination,
  });
  tellHolder(core, id);
}

/** He, or what rang him, says no. */
export function consultFailed(core: Core, id: CallId, offer: OfferId, outcome: Unanswered): void {
  endOffer(core, id, offer, { outcome, withdrawn: outcome === "no_answer" ? "no_answer" : undefined });
  endConsult(core, id, outcome);
}

/** He has hung up again; who asked him is still there. */
export function consultGone(core: Core, id: CallId): void {
  const { consult } = callOf(core, id);
  if (consult?.agent !== undefined && consult.offer !== undefined) wrapUp(core, consult.agent, consult.offer);
  endConsult(core, id, "hung_up");
}

function endConsult(core: Core, id: CallId, outcome: string): void {
  const { agent, destination } = callOf(core, id).consult ?? {};
  change(core, "call", id, (call) => void (call.consult = undefined));
  record(core, { type: "consult.ended", call: id, agent, destination, outcome });
  tellHolder(core, id);
}

/** Whoever is asked, or would be, is let go. */
export function dropConsulted(core: Core, id: CallId): void {
  const { consult, offers } = callOf(core, id);
  if (!consult) return;
  const { offer, agent } = consult;
  if (offer !== undefined && offers.some((each) => each.id === offer)) {
    endOffer(core, id, offer, { outcome: "lost_race", withdrawn: "strategy" });
  } else if (offer !== undefined) {
    command(core, { type: "withdraw", call: id, offer, reason: "strategy" });
    if (agent !== undefined) wrapUp(core, agent, offer);
  }
  endConsult(core, id, "withdrawn");
}

/** Whom he has asked takes the call, and he is free. */
export function completeAsked(core: Core, id: CallId): void {
  const { consult, party } = callOf(core, id);
  if (!consult?.joined || consult.offer === undefined || !party) return;
  const { offer, agent, destination, trunk } = consult;
  command(core, { type: "withdraw", call: id, offer: party.offer, reason: "strategy" });
  if (party.agent !== undefined) wrapUp(core, party.agent, party.offer);
  change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.consult = undefined;
    call.held = undefined;
    call.handedOn = { by: party.agent, asked: true };
    call.party = { offer, agent, destination, trunk };
    call.wait = { for: "connect", offer };
  });
  command(core, { type: "connect", call: id, offer });
}
