import type { Command } from "../commands.ts";
import { Deadlines } from "../deadlines.ts";
import type { Engine } from "../engine.ts";
import type { CallId, Event, Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { actFor } from "../simulation/hosts.ts";
import { type Presses, takePress } from "../simulation/keys.ts";
import type { Caller } from "./arrivals.ts";
import { type Law, lotsOf, quantileOf } from "./laws.ts";
import type { TrafficPlan } from "./plan.ts";

/*
 * Callers and agents by chance, around the live engine. What a caller draws hangs on his number alone, not on the order in which he is
 * served, so that two strategies are compared on the same callers. Nothing is ever taken back here: what the engine no longer has, it
 * passes over.
 */

/** A shift of one agent; without an end until the last call is over. */
export interface Shift {
  agent: string;
  from: Millis;
  to?: Millis;
}

export interface CrowdOptions {
  engine: Engine;
  plan: TrafficPlan;
  callers: readonly Caller[];
  shifts: readonly Shift[];
  seed: number;
  promptMs: (name: string, language: string) => Millis | undefined;
  /** After this nothing happens any more, whoever still waits. */
  until: Millis;
  watch: (record: EventRecord) => void;
  onDefect: (defect: unknown) => void;
  /** Told now and then how far the day has come; `false` ends it. */
  onTime?: (at: Millis) => boolean;
}

/** Somebody who missed a call is back at his desk after so long. */
const BACK_AFTER_MS = 60_000;
/** How long one value of `say` is spoken. */
const SPOKEN_MS = 1500;
/** How long a voicemail lasts. */
const MESSAGE_MS = 10_000;

/** What no line of a `traffic` block says and is taken for granted: whoever reads the figures should know. */
export function assumptionsOf({ arrivals, hosts, bots }: Pick<TrafficPlan, "arrivals" | "hosts" | "bots">): string[] {
  const press = arrivals.some(({ presses }) => presses);
  const hostsThat = hosts.length > 0 ? "hosts answer all calls alike, and other paths than those of a line" : "hosts";
  const botsThat = Object.keys(bots).length > 0 ? "bots treat all calls alike, and those that no line names" : "bots";
  return [
    "agents pick up at once",
    `whoever misses a call is back after ${BACK_AFTER_MS / 1000} s`,
    press ? "callers press the keys of their line, each once, and no other" : "callers press no key",
    `${hostsThat} do not answer, so that every \`fetch\` and \`send\` ${hosts.length > 0 ? "there " : ""}times out`,
    `${botsThat} are not there, so that \`ask bot\` fails`,
    "who is shown a preview accepts it at once",
    "nobody is reached who is called back, or to whom `refer` sends",
    `a message in a mailbox lasts ${MESSAGE_MS / 1000} s`,
  ];
}

const EVENTS_BETWEEN_LOOKS = 50_000;

/** A caller as the crowd knows him. */
interface Visit {
  /** His number of the day, by which he draws. */
  nth: number;
  waits: boolean;
  connected: boolean;
  /** What he has still to press. */
  presses: Presses[];
}

/** Plays a day to its end. Returns when that was, and how many events it took. */
export function play(options: CrowdOptions): { endedAt: Millis; events: number } {
  return new Crowd(options).run();
}

class Crowd {
  private readonly options: CrowdOptions;
  private now: Millis = 0;
  private events = 0;
  private offered = 0;
  private readonly ahead = new Deadlines<Event>();
  private readonly visits = new Map<CallId, Visit>();
  /** How often each agent has worked after a call. */
  private readonly worked = new Map<string, number>();
  private readonly draws: ReturnType<typeof drawsOf>;

  constructor(options: CrowdOptions) {
    this.options = options;
    this.draws = drawsOf(options.plan, options.seed);
    for (const { agent, from, to } of options.shifts) {
      this.ahead.add(from, { type: "agent.readied", agent, source: "desk" });
      // A call in hand is finished first: it is stronger than the claim.
      if (to !== undefined) this.ahead.add(to, { type: "agent.claimed", agent, source: "desk", state: "offline" });
    }
  }

  run(): { endedAt: Millis; events: number } {
    const { engine, callers, until, onTime } = this.options;
    let looked = 0;
    // What is still ahead when the last call is over concerns calls that were over before.
    for (let next = 0; next < callers.length || this.visits.size > 0; ) {
      const caller = callers[next];
      const arrives = caller?.at ?? Infinity;
      const at = Math.min(arrives, this.ahead.next() ?? Infinity, engine.nextDeadline() ?? Infinity);
      if (at > until) break;
      this.now = at;
      if (caller && arrives === at) this.arrive(caller, next++);
      else this.deliver(this.ahead.take(at) ?? { type: "time.passed" });
      if (this.events - looked < EVENTS_BETWEEN_LOOKS) continue;
      looked = this.events;
      if (onTime?.(at) === false) break;
    }
    return { endedAt: this.now, events: this.events };
  }

  private arrive({ from, to, data, presses = [] }: Caller, nth: number): void {
    const call = `C${nth}`;
    this.visits.set(call, { nth, waits: false, connected: false, presses: [...presses] });
    this.accept({ type: "call.arrived", call, from, to, data });
  }

  /** What comes to pass only where it still can. */
  private deliver(event: Event): void {
    if (event.type === "call.gone") {
      const visit = this.visits.get(event.call);
      // Patience is over, but he is being talked to.
      if (!visit || visit.connected) return;
      this.visits.delete(event.call);
    }
    this.accept(event);
  }

  private accept(event: Event): void {
    this.events++;
    const { engine, onDefect } = this.options;
    try {
      this.follow(engine.accept(event, this.now));
    } catch (defect) {
      onDefect(defect);
      this.follow(engine.abandon(this.now));
    }
  }

  private follow({ commands, records }: ReturnType<Engine["accept"]>): void {
    for (const record of records) {
      this.options.watch(record);
      if (record.type === "call.queued") this.waits(record.call);
      else if (record.type === "agent.state") this.sees(record);
      else if (record.type === "preview.offered") this.accepts(record);
    }
    for (const command of commands) this.perform(command);
  }

  private later(ms: Millis, event: Event): void {
    this.ahead.add(this.now + ms, event);
  }

  /** Patience counts from the first queue. */
  private waits(call: CallId): void {
    const visit = this.visits.get(call);
    if (!visit || visit.waits) return;
    visit.waits = true;
    const patience = this.options.callers[visit.nth]?.patience ?? this.draws.patience?.(visit.nth);
    if (patience !== undefined) this.later(patience, { type: "call.gone", call });
  }

  private sees({ agent, state, reasons }: Extract<EventRecord, { type: "agent.state" }>): void {
    if (state === "wrap_up") {
      const nth = (this.worked.get(agent) ?? 0) + 1;
      this.worked.set(agent, nth);
      this.later(this.draws.wrapUp(agent, nth), { type: "agent.readied", agent, source: "desk" });
    } else if (state === "not_ready" && reasons.includes("no_answer")) {
      this.later(BACK_AFTER_MS, { type: "agent.readied", agent, source: "desk" });
    }
  }

  private accepts({ call, preview, agent }: Extract<EventRecord, { type: "preview.offered" }>): void {
    this.later(0, { type: "preview.accepted", call, preview, agent });
  }

  private perform(command: Command): void {
    const { call } = command;
    switch (command.type) {
      case "answer":
        return this.later(0, { type: "call.answered", call });
      case "play": {
        const { task, prompt, otherwise, language } = command;
        const { promptMs } = this.options;
        const found = promptMs(prompt, language);
        const ms = found ?? (otherwise === undefined ? undefined : promptMs(otherwise, language));
        if (ms !== undefined) this.press(call, found === undefined ? (otherwise ?? prompt) : prompt);
        return this.later(ms ?? 0, {
          type: "treatment.ended",
          call,
          task,
          outcome: ms === undefined ? "missing" : "done",
        });
      }
      case "say":
        return this.later(command.values.length * SPOKEN_MS, {
          type: "treatment.ended",
          call,
          task: command.task,
          outcome: "done",
        });
      case "ask":
        return this.ask(command);
      case "request":
        return this.request(command);
      case "refer":
        return this.later(0, { type: "refer.ended", call, task: command.task, outcome: "failed" });
      case "place":
        return this.later(0, { type: "place.failed", call, outcome: "unreachable" });
      case "music":
        this.press(call, command.name);
        if (command.ms === undefined) return;
        return this.later(command.ms, { type: "treatment.ended", call, task: command.task, outcome: "done" });
      case "offer":
        return this.ring(command);
      case "connect":
        return this.connect(command);
      case "deposit":
      case "takeMessage":
        return this.later(MESSAGE_MS, { type: "voicemail.ended", call, task: command.task, outcome: "left_message" });
      case "visit":
        this.later(0, { type: "call.answered", call });
        return this.later(0, { type: "visit.ended", call });
      case "hangup":
      case "reject":
      case "redirect":
        this.visits.delete(call);
        return;
      default:
    }
  }

  /** Hears something, and presses what he does then. */
  private press(call: CallId, heard: string): void {
    const visit = this.visits.get(call);
    if (!visit || visit.presses.length === 0) return;
    for (const { key, inMs } of takePress(visit.presses, heard)) {
      this.later(inMs, { type: "digit.pressed", call, digit: key });
    }
  }

  private ask({ call, task, bot }: Extract<Command, { type: "ask" }>): void {
    const act = this.options.plan.bots[bot];
    if (act?.act === "stays") return;
    const { afterMs, outcome, transfer, sip } = act ?? { afterMs: 0, outcome: "failed" as const };
    this.later(afterMs, { type: "bot.ended", call, task, outcome, transfer, sip });
  }

  private request(command: Extract<Command, { type: "request" }>): void {
    const { call, task } = command;
    const { afterMs = 0, reply } = actFor(this.options.plan.hosts, command) ?? {};
    if (reply) this.later(afterMs, { type: "request.ended", call, task, ...reply });
  }

  private ring({ call, offer }: Extract<Command, { type: "offer" }>): void {
    if (this.draws.answers(++this.offered)) this.later(0, { type: "offer.answered", call, offer });
  }

  private connect({ call, offer }: Extract<Command, { type: "connect" }>): void {
    const visit = this.visits.get(call);
    if (!visit) return;
    visit.connected = true;
    const talk = this.options.callers[visit.nth]?.talk ?? this.draws.talk(visit.nth);
    this.later(0, { type: "call.connected", call, offer });
    this.later(talk, { type: "party.gone", call, offer });
  }
}

function drawsOf({ talk, wrapUp, patience, noAnswer }: TrafficPlan, seed: number) {
  const drawing = (law: Law, stream: string) => {
    const quantile = quantileOf(law);
    const lots = lotsOf(seed, stream);
    return (nth: number) => Math.round(quantile(lots(nth)));
  };
  const wrapUpQuantile = quantileOf(wrapUp);
  const answering = lotsOf(seed, "no_answer");
  return {
    talk: drawing(talk, "talk"),
    patience: patience && drawing(patience, "patience"),
    wrapUp: (agent: string, nth: number) => Math.round(wrapUpQuantile(lotsOf(seed, agent)(nth))),
    answers: (nth: number) => answering(nth) >= noAnswer,
  };
}
