import type { CallCommand, Party } from "../commands.ts";
import type { BotTransfer, CallId, Event, Millis, OfferFailure, OfferId, TaskId } from "../events.ts";
import type { CallPort } from "../ports.ts";
import { asText } from "../strategy/format.ts";
import type { VirtualClock } from "./clock.ts";

/**
 * What somebody does when his phone rings. Without `talksMs` he talks until the other side hangs up; `over` is his trunk. `presses`
 * is the key that he presses after a prompt; without it, whichever he is asked for.
 */
export type Answering =
  | {
      act: "answers";
      afterMs: number;
      talksMs?: number;
      over?: string;
      presses?: (prompt: string) => string | undefined;
    }
  | { act: "fails"; afterMs: number; outcome: OfferFailure; sip?: number }
  | { act: "ignores" };

/** How a mailbox system takes a call: it lets the caller speak for `ms`, or fails. */
export type Deposit = { act: "records"; ms: number } | { act: "fails"; afterMs: number; sip?: number };

type BotOutcome = Extract<Event, { type: "bot.ended" }>["outcome"];

/** A bot that is done after a while in one way or another, or never. */
export type BotAct =
  | {
      act: "ends";
      afterMs: number;
      outcome: BotOutcome;
      transfer?: BotTransfer;
      sip?: number;
    }
  | { act: "stays" };

/** The people and things around a simulated switchboard; each is asked when it is called, and may answer differently each time. */
export interface Cast {
  answering(party: Party): Answering;
  deposit(trunk: string, call: CallId): Deposit;
  /** How long a caller speaks to a mailbox of ours. */
  speaksMs(call: CallId): number;
  /** What somebody does to whom a call is shown. */
  previewing(agent: string): Answering;
  /** What a bot does with a caller. */
  bot(name: string, trunks: readonly string[]): BotAct;
  /** What the caller's own network answers when it is asked to call `to`. */
  referred(to: string): Answering;
  /** Milliseconds, above 0; `undefined` when there is no such prompt. */
  promptMs(name: string, language: string): number | undefined;
}

export interface StageOptions {
  clock: VirtualClock;
  cast: Cast;
  deliver: (event: Event) => void;
  /** Told each prompt and music as it begins to sound for the caller. */
  onHeard?: (call: CallId, name: string, at: Millis) => void;
  /** Told the trunk over which somebody outside picks up. */
  onCarried?: (call: CallId, trunk: string, at: Millis) => void;
}

/** A stage of scripted callers and phones: what fills the call port when there is no telephony. */
export interface Stage {
  calls: CallPort;
  arrive: (call: Omit<Extract<Event, { type: "call.arrived" }>, "type">) => void;
  /** The caller hangs up; in a mailbox that ends the recording first. */
  hangUp: (call: CallId) => void;
  press: (call: CallId, digit: string) => void;
  /** The caller hangs up unless somebody talks to him. */
  loseHeart: (call: CallId) => void;
  /** The agent picks up the phone that rings, or declines. */
  pickUp: (agent: string) => void;
  decline: (agent: string) => void;
  /** The agent hangs up on whomever he is connected with. */
  release: (agent: string) => void;
  /** The bot that talks with the caller is done with him. */
  endBot: (call: CallId, outcome: BotOutcome, transfer?: BotTransfer) => void;
  /** Legs that still stand: callers who have not gone, phones that ring or talk. */
  legs: () => number;
}

export function createStage(options: StageOptions): Stage {
  const visits = new Map<CallId, Visit>();
  return {
    calls: {
      perform(command) {
        if (command.type === "open") {
          visits.set(command.call, visitOf(options, command.call, "nobody yet"));
          return;
        }
        const visit = visits.get(command.call);
        if (!visit) return;
        switch (command.type) {
          case "withdraw":
            return withdraw(visit, command.offer);
          case "hangup":
          case "reject":
          case "redirect":
            visits.delete(command.call);
            return close(visit);
          default:
            if (!visit.gone) serve(visit, command);
        }
      },
    },
    arrive(call) {
      visits.set(call.call, visitOf(options, call.call, "there"));
      options.deliver({ type: "call.arrived", ...call });
    },
    hangUp(call) {
      const visit = visits.get(call);
      if (visit && !visit.gone) callerGoes(visit);
    },
    press(call, digit) {
      if (visits.get(call)?.gone === false) options.deliver({ type: "digit.pressed", call, digit });
    },
    loseHeart(call) {
      const visit = visits.get(call);
      const isTalking = [...(visit?.offers.values() ?? [])].some(({ state }) => state === "connected");
      if (visit && !visit.gone && !isTalking) callerGoes(visit);
    },
    pickUp: (agent) => atPhone(visits, agent, "ringing", pickUp),
    decline: (agent) => atPhone(visits, agent, "ringing", (visit, offer) => fail(visit, offer, "rejected")),
    release: (agent) => atPhone(visits, agent, "connected", partyGoes),
    endBot(call, outcome, transfer) {
      const visit = visits.get(call);
      if (visit) botEnds(visit, outcome, transfer);
    },
    legs: () =>
      [...visits.values()].reduce(
        (sum, { gone, caller, offers }) => sum + (gone || caller !== "there" ? 0 : 1) + offers.size,
        0,
      ),
  };
}

function visitOf(options: StageOptions, call: CallId, caller: Visit["caller"]): Visit {
  const still = { stopSound: nothing, stopPlacing: nothing, stopBot: nothing };
  return { ...options, call, gone: false, caller, ...still, offers: new Map() };
}

/** One caller's visit, with what it takes to answer the engine about it. */
interface Visit extends StageOptions {
  call: CallId;
  /** Nothing more happens to a caller who has gone; the phones that ring for him do so until they are withdrawn. */
  gone: boolean;
  /** Takes back the end of what sounds now. */
  stopSound(): void;
  /** A call that begins with us has none at first. */
  caller: "there" | "nobody yet";
  /** Takes back what he who is called to be the caller would do next. */
  stopPlacing(): void;
  /** Takes back what the bot would do next. */
  stopBot(): void;
  /** The bot that talks with the caller. */
  bot?: TaskId;
  offers: Map<OfferId, Ringing>;
  deposit?: { task: TaskId; startedAt?: Millis; cancel(): void };
}

interface Ringing {
  party: Party;
  talksMs?: number;
  presses?: (prompt: string) => string | undefined;
  /** The trunk over which he is reached. */
  over?: string;
  state: "ringing" | "answered" | "connected";
  /** Takes back what this phone would do next. */
  cancel(): void;
}

type Of<T extends CallCommand["type"]> = Extract<CallCommand, { type: T }>;

type Service = Exclude<CallCommand, { type: "open" | "withdraw" | "hangup" | "reject" | "redirect" }>;

/** What takes the place of the treatment that sounds. */
const SOUNDS = new Set<CallCommand["type"]>([
  "ask",
  "play",
  "say",
  "music",
  "ringback",
  "silence",
  "connect",
  "deposit",
  "takeMessage",
]);
/** How long one value is spoken. */
const SPOKEN_MS = 1500;
const RECORDING = { call: "started", pause: "paused", resume: "resumed", stop: "ended" } as const;
/** A recording shorter than this holds no message. */
const EMPTY_BELOW_MS = 2000;

const nothing = () => {};

function withdraw(visit: Visit, offer: OfferId): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
}

function close(visit: Visit): void {
  visit.gone = true;
  visit.stopSound();
  visit.stopBot();
  visit.stopPlacing();
  visit.deposit?.cancel();
  for (const ringing of visit.offers.values()) ringing.cancel();
}

/** What is done for a caller who is there. */
function serve(visit: Visit, command: Service): void {
  if (SOUNDS.has(command.type)) visit.stopSound();
  switch (command.type) {
    case "answer":
      soon(visit, { type: "call.answered", call: visit.call });
      return;
    case "play":
      return play(visit, command);
    case "say":
      visit.onHeard?.(visit.call, command.values.map(asText).join(", "), visit.clock.now());
      return sound(visit, command.task, command.values.length * SPOKEN_MS);
    case "place":
      return place(visit, command);
    case "unplace":
      return visit.stopPlacing();
    case "announce":
    case "text":
    case "listen":
      return;
    case "ask":
      return ask(visit, command);
    case "dismiss":
      delete visit.bot;
      return visit.stopBot();
    case "refer":
      return refer(visit, command);
    case "record":
      soon(visit, { type: "recording.changed", call: visit.call, state: RECORDING[command.what] });
      return;
    case "music":
      visit.onHeard?.(visit.call, command.name, visit.clock.now());
      return sound(visit, command.task, command.ms);
    case "ringback":
    case "silence":
      return sound(visit, command.task, undefined);
    case "offer":
      return ring(visit, command);
    case "confirm":
      return confirm(visit, command);
    case "connect":
      return connect(visit, command);
    case "part": {
      const { call, offer } = command;
      const ringing = visit.offers.get(offer);
      if (ringing) ringing.state = "answered";
      ringing?.cancel();
      soon(visit, { type: "call.parted", call, offer, parted: ringing !== undefined });
      return;
    }
    case "turn": {
      const { offer, as, agent } = command;
      visit.offers.get(offer)?.cancel();
      visit.offers.delete(offer);
      const party: Party = { kind: "agent", agent, device: agent };
      visit.offers.set(as, { party, state: "connected", cancel: nothing });
      return;
    }
    case "join": {
      const { call, offer } = command;
      soon(visit, {
        type: "parties.joined",
        call,
        offer,
        joined: visit.offers.has(offer) && visit.offers.has(command.with),
      });
      return;
    }
    case "deposit":
      return deposit(visit, command.task, visit.cast.deposit(command.trunk, visit.call));
    case "takeMessage": {
      const ms = Math.min(visit.cast.speaksMs(visit.call), command.mostMs);
      return deposit(visit, command.task, { act: "records", ms });
    }
    case "abandonDeposit":
      visit.deposit?.cancel();
      delete visit.deposit;
  }
}

function after(visit: Visit, ms: number, act: () => void): () => void {
  return visit.clock.plan(visit.clock.now() + ms, act);
}

/** Answers a command: not at once, for nothing may happen while the engine still hands out commands. */
function soon(visit: Visit, event: Event): () => void {
  return after(visit, 0, () => {
    if (!visit.gone) visit.deliver(event);
  });
}

function sound(visit: Visit, task: TaskId, ms: number | undefined): void {
  const ended = () => visit.deliver({ type: "treatment.ended", call: visit.call, task, outcome: "done" });
  visit.stopSound = ms === undefined ? nothing : after(visit, ms, ended);
}

function play(visit: Visit, { task, prompt, otherwise, language }: Of<"play">): void {
  for (const name of otherwise === undefined ? [prompt] : [prompt, otherwise]) {
    const ms = visit.cast.promptMs(name, language);
    if (ms === undefined) continue;
    visit.onHeard?.(visit.call, name, visit.clock.now());
    return sound(visit, task, ms);
  }
  visit.stopSound = soon(visit, { type: "treatment.ended", call: visit.call, task, outcome: "missing" });
}

/** Somebody outside is called to be the caller. */
function place(visit: Visit, { call, party }: Of<"place">): void {
  const answering = visit.cast.answering(party);
  if (answering.act === "ignores") return;
  visit.stopPlacing = after(visit, answering.afterMs, () => {
    visit.stopPlacing = nothing;
    if (answering.act === "fails") return visit.deliver({ type: "place.failed", call, outcome: answering.outcome });
    visit.caller = "there";
    visit.deliver({ type: "call.answered", call });
  });
}

function ask(visit: Visit, { task, bot, trunks }: Of<"ask">): void {
  const act = visit.cast.bot(bot, trunks);
  visit.bot = task;
  if (act.act === "stays") return;
  const { afterMs, outcome, transfer, sip } = act;
  visit.stopBot = after(visit, afterMs, () => botEnds(visit, outcome, transfer, sip));
}

function botEnds(visit: Visit, outcome: BotOutcome, transfer?: BotTransfer, sip?: number): void {
  const { call, bot: task } = visit;
  visit.stopBot();
  visit.stopBot = nothing;
  delete visit.bot;
  if (task !== undefined && !visit.gone) visit.deliver({ type: "bot.ended", call, task, outcome, transfer, sip });
}

/** The caller's network reaches whom it is told to, or not, as any number outside is reached. */
function refer(visit: Visit, { call, task, to }: Of<"refer">): void {
  const answering = visit.cast.referred(to);
  const sip = answering.act === "fails" ? answering.sip : undefined;
  const outcome = answering.act === "fails" ? (answering.outcome === "unreachable" ? "failed" : "refused") : "accepted";
  soon(visit, { type: "refer.ended", call, task, outcome, ...(sip === undefined ? {} : { sip }) });
}

function ring(visit: Visit, { call, offer, party }: Of<"offer">): void {
  const answering = visit.cast.answering(party);
  const ringing: Ringing = { party, state: "ringing", cancel: nothing };
  visit.offers.set(offer, ringing);
  if (answering.act === "fails") {
    ringing.cancel = after(visit, answering.afterMs, () => fail(visit, offer, answering.outcome, answering.sip));
    return;
  }
  ringing.cancel = after(visit, 0, () => {
    if (answering.act === "answers") {
      const { talksMs, presses, over, afterMs } = answering;
      Object.assign(ringing, { talksMs, presses, over });
      ringing.cancel = after(visit, afterMs, () => pickUp(visit, offer));
    }
    visit.deliver({ type: "offer.ringing", call, offer });
  });
}

function pickUp(visit: Visit, offer: OfferId): void {
  const ringing = visit.offers.get(offer);
  if (!ringing) return;
  ringing.cancel();
  ringing.state = "answered";
  if (ringing.over !== undefined) visit.onCarried?.(visit.call, ringing.over, visit.clock.now());
  visit.deliver({ type: "offer.answered", call: visit.call, offer });
}

function fail(visit: Visit, offer: OfferId, outcome: OfferFailure, sip?: number): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
  const code = sip === undefined ? {} : { sip };
  visit.deliver({ type: "offer.failed", call: visit.call, offer, outcome, ...code });
}

/** Does something with the call at this agent's phone that is in this state. */
function atPhone(
  visits: ReadonlyMap<CallId, Visit>,
  agent: string,
  wanted: Ringing["state"],
  act: (visit: Visit, offer: OfferId) => void,
): void {
  for (const visit of visits.values()) {
    for (const [offer, { party, state }] of visit.offers) {
      if (state === wanted && party.kind === "agent" && party.agent === agent) return act(visit, offer);
    }
  }
}

function confirm(visit: Visit, { call, offer, prompt, key, language }: Of<"confirm">): void {
  const ringing = visit.offers.get(offer);
  if (!ringing) return;
  const pressed = ringing.presses ? ringing.presses(prompt) : key;
  if (pressed === undefined) return;
  const heardMs = visit.cast.promptMs(prompt, language) ?? 0;
  ringing.cancel = after(visit, heardMs, () =>
    visit.deliver({ type: "offer.confirmed", call, offer, confirmed: pressed === key }),
  );
}

function connect(visit: Visit, { call, offer }: Of<"connect">): void {
  const ringing = visit.offers.get(offer);
  if (ringing?.state !== "answered") {
    soon(visit, { type: "connect.failed", call, offer });
    return;
  }
  ringing.cancel = after(visit, 0, () => {
    ringing.state = "connected";
    const { talksMs } = ringing;
    if (talksMs !== undefined) ringing.cancel = after(visit, talksMs, () => partyGoes(visit, offer));
    if (!visit.gone) visit.deliver({ type: "call.connected", call, offer });
  });
}

function partyGoes(visit: Visit, offer: OfferId): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
  visit.deliver({ type: "party.gone", call: visit.call, offer });
}

function deposit(visit: Visit, task: TaskId, taken: Deposit): void {
  visit.deposit =
    taken.act === "fails"
      ? { task, cancel: after(visit, taken.afterMs, () => depositEnds(visit, "failed", taken.sip)) }
      : {
          task,
          startedAt: visit.clock.now(),
          cancel: after(visit, taken.ms, () => depositEnds(visit, recorded(taken.ms))),
        };
}

function depositEnds(visit: Visit, outcome: "left_message" | "empty" | "failed", sip?: number): void {
  const left = visit.deposit;
  if (!left) return;
  left.cancel();
  delete visit.deposit;
  const code = sip === undefined ? {} : { sip };
  visit.deliver({ type: "voicemail.ended", call: visit.call, task: left.task, outcome, ...code });
}

function recorded(ms: number): "left_message" | "empty" {
  return ms < EMPTY_BELOW_MS ? "empty" : "left_message";
}

function callerGoes(visit: Visit): void {
  const { clock, call, deliver } = visit;
  visit.gone = true;
  visit.stopSound();
  const { deposit: left } = visit;
  const recordedMs = left?.startedAt === undefined ? 0 : clock.now() - left.startedAt;
  if (recorded(recordedMs) === "left_message") depositEnds(visit, "left_message");
  else left?.cancel();
  deliver({ type: "call.gone", call });
}
