import type { Command } from "../commands.ts";
import type { CallId, Event, Millis, OfferId } from "../events.ts";
import { limits } from "../limits.ts";
import type { EventRecord } from "../records.ts";

/*
 * What an engine has said and been told, kept by somebody who trusts nothing but the contracts: commands, events and
 * records. It knows nothing of the engine's own state, so a wrong state cannot hide here.
 */

interface LedgerCall {
  answerAsked: boolean;
  connectAsked: boolean;
  /** `hangup` or `reject` has been performed; one `hangup` may follow a `reject`. */
  closed: boolean;
  rejected: boolean;
  endedAt?: Millis;
  answered: boolean;
  queued: boolean;
  inConversation: boolean;
  inVoicemail: boolean;
  /** Who asked for it at his desk, and is its caller. */
  dialler?: string;
  sounding?: string;
  /** Offers made and not ended, by the commands. */
  out: Map<OfferId, { agent?: string; answered: boolean; hungUp?: boolean }>;
  everOffered: Set<OfferId>;
  /** To whom it is shown, by the records; whoever has accepted stays until he is rung or free. */
  shown: Map<string, string>;
  /** Leases made and not ended, by the records. */
  leases: Map<string, { madeAt: Millis; ringFor: number }>;
}

export class Ledger {
  readonly calls = new Map<CallId, LedgerCall>();
  /** Claims by agent and source. */
  readonly claims = new Map<string, Map<string, string>>();
  private lastSeq = 0;
  private now = 0;
  private readonly report: (violation: string) => void;
  private readonly capacityOf: (agent: string) => number;

  constructor(report: (violation: string) => void, capacityOf: (agent: string) => number) {
    this.report = report;
    this.capacityOf = capacityOf;
  }

  take(event: Event, now: Millis, commands: readonly Command[], records: readonly EventRecord[]): void {
    this.noteEvent(event);
    this.now = now;
    const about = "offer" in event ? event.offer : undefined;
    for (const each of records) {
      // Commands of a callback come before its records, which tell what it is.
      if (each.type === "callback.booked" || each.type === "call.dialled")
        this.calls.set(each.call, { ...newCall(), answerAsked: true });
      if (each.type === "preview.ended" || each.type === "agent.state") this.noteShown(each);
    }
    for (const command of commands) this.noteCommand(command, about);
    for (const record of records) this.noteRecord(record, now);
    for (const [id, call] of this.calls) {
      if (call.endedAt === undefined) this.checkLive(id, call, now);
      else if (call.endedAt === now) this.checkEnded(id, call);
    }
  }

  /** Agents a phone rings or talks for, with the calls that hold them. */
  holders(): Map<string, CallId[]> {
    const held = new Map<string, CallId[]>();
    for (const [id, call] of this.calls) {
      for (const { agent } of call.out.values()) {
        if (agent !== undefined) held.set(agent, [...(held.get(agent) ?? []), id]);
      }
      if (call.dialler !== undefined) held.set(call.dialler, [...(held.get(call.dialler) ?? []), id]);
      for (const agent of call.shown.values()) held.set(agent, [...(held.get(agent) ?? []), id]);
    }
    return held;
  }

  private noteEvent(event: Event): void {
    if (event.type === "agent.claimed") {
      const claims = this.claims.get(event.agent) ?? new Map<string, string>();
      if (event.state === undefined) claims.delete(event.source);
      else claims.set(event.source, event.state);
      this.claims.set(event.agent, claims);
    }
    if (event.type === "agent.readied") {
      for (const source of ["desk", "login", event.source]) this.claims.get(event.agent)?.delete(source);
    }
    if (event.type === "call.arrived" && !this.calls.has(event.call)) this.calls.set(event.call, newCall());
    const returning = event.type === "call.returned" ? this.calls.get(event.call) : undefined;
    // He may have to be answered, and joined, once more.
    if (returning) Object.assign(returning, { answerAsked: returning.answered, connectAsked: false });
    if (!("offer" in event) || event.offer === undefined) return;
    const call = this.calls.get(event.call);
    const offer = call?.out.get(event.offer);
    if (!call || !offer) return;
    if (event.type === "offer.answered") offer.answered = true;
    if (event.type === "connect.failed" || event.type === "party.gone") call.connectAsked = false;
    if (event.type === "offer.failed") call.out.delete(event.offer);
    if (event.type === "party.gone") offer.hungUp = true;
  }

  /**
   * An accepted preview keeps its agent until he is rung for the call; any other frees him. What else he has in hand hides the end of
   * that, so of who may hold several calls it is not looked at.
   */
  private noteShown(record: Of<"preview.ended"> | Of<"agent.state">): void {
    const holdsOne = this.capacityOf(record.agent) === 1;
    if (record.type === "preview.ended" && (record.outcome !== "accepted" || !holdsOne)) {
      this.calls.get(record.call)?.shown.delete(record.preview);
    }
    if (record.type === "agent.state" && record.state !== "ringing" && holdsOne) {
      for (const { shown } of this.calls.values()) {
        for (const [preview, agent] of shown) if (agent === record.agent) shown.delete(preview);
      }
    }
  }

  private noteCommand(command: Command, about: OfferId | undefined): void {
    const call = this.calls.get(command.call);
    const wrong = (what: string) => this.report(`${command.call}: ${command.type} ${what}`);
    if (!call) return wrong("for a call that never arrived");
    const isCleaning = command.type === "withdraw" && command.offer === about;
    if (command.type === "request" || command.type === "abandonRequest") return;
    if (call.closed && !isCleaning && !(command.type === "hangup" && call.rejected)) return wrong("after the end");
    switch (command.type) {
      case "answer":
        if (call.answerAsked) wrong("twice");
        call.answerAsked = true;
        return;
      case "play":
      case "music":
      case "ringback":
      case "silence":
        if (call.connectAsked) wrong("into a conversation");
        if (!call.answerAsked) wrong("before answer");
        return;
      case "offer": {
        if (call.everOffered.has(command.offer)) wrong(`${command.offer} twice`);
        const agent = command.party.kind === "agent" ? command.party.agent : undefined;
        for (const [preview, shownTo] of call.shown) if (shownTo === agent) call.shown.delete(preview);
        const holders = agent === undefined ? [] : (this.holders().get(agent) ?? []);
        if (agent !== undefined && holders.length >= this.capacityOf(agent))
          wrong(`to ${agent}, who is taken by ${holders.join(", ")}`);
        call.everOffered.add(command.offer);
        call.out.set(command.offer, { agent, answered: false });
        return;
      }
      case "confirm": {
        // The time to confirm begins when somebody has picked up.
        const lease = call.leases.get(command.offer);
        if (lease) call.leases.set(command.offer, { madeAt: this.now, ringFor: limits.confirmMs });
        return;
      }
      case "announce": {
        const lease = call.leases.get(command.offer);
        if (lease) call.leases.set(command.offer, { madeAt: this.now, ringFor: 2 * limits.placeMs });
        return;
      }
      case "place":
        if (command.party.kind === "agent") call.dialler = command.party.agent;
        return;
      case "withdraw":
        if (!call.out.delete(command.offer) && !isCleaning) wrong(`${command.offer}, which is not out`);
        return;
      case "connect":
        if (!call.out.get(command.offer)?.answered) wrong(`${command.offer}, which nobody answered`);
        if (call.connectAsked) wrong("twice");
        call.connectAsked = true;
        return;
      case "hangup":
      case "reject":
        call.rejected = command.type === "reject";
        call.closed = true;
        delete call.dialler;
        for (const [offer, { answered, hungUp }] of call.out) {
          if (!hungUp && !(answered && call.connectAsked)) wrong(`while ${offer} is out`);
        }
        call.out.clear();
        return;
      default:
    }
  }

  private noteRecord(record: EventRecord, now: Millis): void {
    if (record.seq !== ++this.lastSeq) this.report(`record ${record.seq} where ${this.lastSeq} was due`);
    if (record.at !== now) this.report(`record ${record.seq} ${record.type} is of ${record.at}, not of ${now}`);
    if (!("call" in record) || record.call === undefined) return;
    const call = this.calls.get(record.call);
    const wrong = (what: string) => this.report(`${record.call}: record ${record.type} ${what}`);
    if (!call) return wrong("of a call that never arrived");
    if (call.endedAt !== undefined) return AFTER_CALL.has(record.type) ? undefined : wrong("after call.ended");
    switch (record.type) {
      case "call.queued":
        if (call.queued) wrong("twice");
        call.queued = true;
        return;
      case "call.dequeued":
        if (!call.queued) wrong("without call.queued");
        call.queued = false;
        return;
      case "treatment.started":
        if (call.sounding !== undefined) wrong(`while ${call.sounding} sounds`);
        call.sounding = `${record.kind} ${record.name ?? ""}`;
        return;
      case "treatment.ended":
        if (call.sounding === undefined) wrong("without treatment.started");
        call.sounding = undefined;
        return;
      case "preview.offered":
        call.shown.set(record.preview, record.agent);
        call.leases.set(record.preview, { madeAt: now, ringFor: record.forMs });
        return;
      case "preview.ended":
        call.leases.delete(record.preview);
        return;
      case "offer.made":
        call.leases.set(record.offer, { madeAt: now, ringFor: record.ringFor });
        return;
      case "offer.ended":
        return this.endLease(call, record, wrong);
      case "call.answered":
        if (call.answered) wrong("twice");
        call.answered = true;
        return;
      case "call.connected":
        if (call.inConversation) wrong("twice");
        call.inConversation = true;
        return;
      case "voicemail.started":
        call.inVoicemail = true;
        return;
      case "voicemail.ended":
        call.inVoicemail = false;
        return;
      case "call.ended":
        call.endedAt = now;
        return;
      default:
    }
  }

  private endLease(call: LedgerCall, record: Of<"offer.ended">, wrong: (what: string) => void): void {
    const lease = call.leases.get(record.offer);
    if (!lease) return wrong(`of ${record.offer}, which was not open`);
    call.leases.delete(record.offer);
    const rang = record.at - lease.madeAt;
    if (record.outcome === "no_answer" && rang !== lease.ringFor) wrong(`rang ${rang} ms, not ${lease.ringFor}`);
  }

  private checkLive(id: CallId, call: LedgerCall, now: Millis): void {
    const phases = [call.queued, call.inConversation, call.inVoicemail].filter(Boolean).length;
    if (phases > 1) this.report(`${id} is in ${phases} phases at once`);
    for (const [offer, { madeAt, ringFor }] of call.leases) {
      if (now > madeAt + ringFor) this.report(`${id}: the lease ${offer} has outlived its ${ringFor} ms`);
    }
  }

  private checkEnded(id: CallId, call: LedgerCall): void {
    const wrong = (what: string) => this.report(`${id} has ended, but ${what}`);
    if (!call.closed) wrong("its legs were not closed");
    if (call.out.size > 0) wrong(`${[...call.out.keys()].join(", ")} still ring`);
    if (call.leases.size > 0) wrong(`no record ended ${[...call.leases.keys()].join(", ")}`);
    if (call.sounding !== undefined) wrong(`no record ended ${call.sounding}`);
    if (call.queued) wrong("no record took it out of the queue");
    if (call.inVoicemail) wrong("no record ended its voicemail");
  }
}

/** What `after call` may still tell. */
const AFTER_CALL = new Set<EventRecord["type"]>([
  "call.noted",
  "request.ended",
  "after_call.failed",
  "call.split",
  "counter.counted",
  "limit.reached",
  "preview.late",
]);

type Of<T extends EventRecord["type"]> = Extract<EventRecord, { type: T }>;

function newCall(): LedgerCall {
  return {
    answerAsked: false,
    connectAsked: false,
    closed: false,
    rejected: false,
    answered: false,
    queued: false,
    inConversation: false,
    inVoicemail: false,
    out: new Map(),
    everOffered: new Set(),
    shown: new Map(),
    leases: new Map(),
  };
}
