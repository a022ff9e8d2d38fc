import { noAnswerSettings } from "../../language/index.ts";
import { lease, type Made, release, talk } from "../agents.ts";
import { type Confirm, newOffer, type NoAnswer, type Offer } from "../call.ts";
import type { Command, Party } from "../commands.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId, Millis, OfferId } from "../events.ts";
import { limits } from "../limits.ts";
import type { SentAlong } from "../along.ts";
import type { Level, OfferOutcome, RecordBody } from "../records.ts";
import { entry } from "../strategy/things.ts";
import { overTrunks, trunkOf } from "../strategy/trunks.ts";
import type { Value } from "../values.ts";

/*
 * An offer is a lease of a call to one party. It is made in one place and ends in one place, whatever its outcome, and what
 * each outcome does to the agent is a table.
 */

export interface Proposal {
  party: Party;
  /** Whose lease it is; an agent may be rung at an outside number. */
  agent?: string;
  /** Without one: as the agent's phone, else as the site has it. */
  ringMs?: Millis;
  queue?: string;
  showing?: Record<string, Value>;
  noAnswerMakes?: NoAnswer;
  /** No answer is for the directory to say; it may want the phone to ring on. */
  overflows?: boolean;
  confirm?: Confirm;
  /** The number shown; the caller's where absent. */
  from?: string;
  along?: SentAlong;
  apart?: true;
}

export function makeOffer(core: Core, call: CallId, proposal: Proposal): OfferId {
  const { agent, queue, showing, ringMs: asked, noAnswerMakes, overflows, confirm, along, apart } = proposal;
  const party = overTrunks(core, proposal.party);
  const device = party.kind === "number" ? party.number : party.device;
  const { ring } = unanswered(core, { agent, device, ringMs: asked, noAnswerMakes, overflows });
  const trunk = trunkOf(core, party);
  const ofTrunk = entry(core.directory.trunks, trunk ?? "")?.noAnswerMs ?? Infinity;
  const ringMs = Math.max(0, Math.min(ring.value, limits.ringMs, ofTrunk));
  const { id, from } = change(core, "call", call, (changing) => {
    const offer = newOffer(changing);
    const deadline = core.deadlines.add(core.now + ringMs, { what: "offer", call, offer });
    const number = party.kind === "number" ? party.number : undefined;
    const { accepted, showing: previewed } = changing.preview ?? {};
    const shown = showing ?? (accepted?.agent === agent ? previewed : undefined);
    const its = { id: offer, agent, device, number, trunk, queue, deadline, noAnswerMakes, confirm };
    changing.offers.push({ ...its, ...(shown && { showing: shown }) });
    return { id: offer, from: changing.from };
  });
  const destination = party.kind === "number" ? party.number : undefined;
  const by = party.kind === "number" ? trunk : undefined;
  const made = { call, offer: id, agent, destination, trunk: by, queue, ringFor: ringMs, level: ring.level };
  record(core, { type: "offer.made", ...made });
  if (agent !== undefined) lease(core, agent, call, { id, queue, device: party.kind === "agent" ? device : undefined });
  command(core, { type: "offer", call, offer: id, party, from: proposal.from ?? from, queue, showing, along, apart });
  return id;
}

/** What holds for an offer that nobody answers, and whose word it is: the strategy's before all others. */
export interface Unanswered {
  ring: Said<Millis>;
  makes: Said<NoAnswer>;
}

interface Said<T> {
  value: T;
  level: Level;
}

/** An outside number at which an agent is rung has no device of his. */
export function unanswered(
  { directory }: Core,
  { agent, device, ringMs, noAnswerMakes, overflows }: Omit<Proposal, "party"> & { device?: string },
): Unanswered {
  const { afterMs, makes, overflow } = noAnswerSettings(directory, { agent, device });
  const stays = overflows && overflow.value.find(({ kind }) => kind !== "recall")?.kind === "stay";
  const said = stays ? { value: limits.ringMs, level: overflow.level } : afterMs;
  return {
    ring: ringMs === undefined ? said : { value: ringMs, level: "strategy" },
    makes: noAnswerMakes
      ? { value: noAnswerMakes, level: "strategy" }
      : { value: { state: byDirectory[makes.value], reason: "no_answer" }, level: makes.level },
  };
}

const byDirectory = { ready: "ready", not_ready: "not_ready", logout: "offline" } as const;

type Withdrawal = Extract<Command, { type: "withdraw" }>["reason"];

/** Whoever picked up is asked to confirm it; the time for that begins. */
export function askToConfirm(core: Core, id: CallId, offer: OfferId): void {
  const { language } = callOf(core, id);
  const confirm = change(core, "call", id, (call) => {
    const its = call.offers.find((each) => each.id === offer);
    invariant(its?.confirm, `${offer} asks for no key`);
    core.deadlines.cancel(its.deadline);
    its.deadline = core.deadlines.add(core.now + limits.confirmMs, { what: "offer", call: id, offer });
    its.confirming = true;
    return { ...its.confirm };
  });
  command(core, { type: "confirm", call: id, offer, ...confirm, language });
}

type Ended = Pick<Extract<RecordBody, { type: "offer.ended" }>, "outcome" | "caller" | "sip"> & {
  /** Why the phone must stop; absent, it has stopped by itself or was answered. */
  withdrawn?: Withdrawal;
};

/** The one way an offer ends. */
export function endOffer(core: Core, call: CallId, id: OfferId, { outcome, caller, sip, withdrawn }: Ended): Offer {
  const offer = core.tables.call.get(call)?.offers.find((each) => each.id === id);
  invariant(offer, `offer ${id} ends twice`);
  const { agent, number } = offer;
  change(core, "call", call, (changing) => {
    changing.offers = changing.offers.filter((each) => each.id !== id);
    if (agent !== undefined && effects[outcome].restsPair) changing.failures[agent] = core.now;
  });
  core.deadlines.cancel(offer.deadline);
  if (withdrawn) command(core, { type: "withdraw", call, offer: id, reason: withdrawn });
  const level = agent !== undefined && outcome === "no_answer" ? unanswered(core, offer).makes.level : undefined;
  record(core, { type: "offer.ended", call, offer: id, agent, destination: number, outcome, caller, sip, level });
  if (agent !== undefined) affect(core, agent, offer, outcome);
  return offer;
}

/** Ends every offer of a call because of what the call, or its strategy, did. */
export function withdrawAll(core: Core, id: CallId, reason: "caller_gone" | "lost_race" | "strategy"): void {
  const outcome = reason === "caller_gone" ? "caller_gone" : "lost_race";
  for (const offer of callOf(core, id).offers) endOffer(core, id, offer.id, { outcome, withdrawn: reason });
}

/** What each outcome means for the pair of call and agent, and for the agent. */
const effects: Record<OfferOutcome, { restsPair: boolean; claim?: (core: Core, offer: Offer) => Made | undefined }> = {
  answered: { restsPair: false },
  lost_race: { restsPair: false },
  caller_gone: { restsPair: false },
  not_reached: { restsPair: false },
  no_answer: { restsPair: true, claim: afterNoAnswer },
  not_confirmed: { restsPair: true },
  rejected: { restsPair: true, claim: (core) => rest("rejected", core.directory.defaults.coolDownMs) },
  busy: { restsPair: true, claim: () => rest("busy", limits.busyRest) },
  unreachable: { restsPair: true, claim: () => rest("unreachable", limits.unreachableRest) },
};

function affect(core: Core, agent: string, offer: Offer, outcome: OfferOutcome): void {
  if (outcome === "answered") return talk(core, agent, offer.id);
  const { restsPair, claim } = effects[outcome];
  release(core, agent, offer.id, claim?.(core, offer) ?? (restsPair ? "idle from now" : "unharmed"));
}

function rest(reason: string, forMs: number): Made | undefined {
  return forMs > 0 ? { source: reason, state: "not_ready", reason, forMs } : undefined;
}

function afterNoAnswer(core: Core, offer: Offer): Made | undefined {
  const { state, reason } = unanswered(core, offer).makes.value;
  if (state === "ready") return undefined;
  return state === "offline"
    ? { source: "login", state: "offline", reason }
    : { source: "no_answer", state: "not_ready", reason };
}
