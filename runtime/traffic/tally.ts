import { invariant } from "../defect.ts";
import type { CallId, Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";

/** What happened at one queue, or to all calls, in a day. Waits are those of answered calls, from entering the queue. */
export interface QueueTally {
  entered: number;
  answered: number;
  /** Of them within the goal's time. */
  answeredInGoal: number;
  abandoned: number;
  /** Left by another way: gave up, nobody, left. */
  others: number;
  waits: Millis[];
  /** The waits of everybody, and the longest line there was. */
  waitedMs: Millis;
  longest: number;
  pieces: Piece[];
}

/** One piece of the day, for charts. By when calls entered; `length` is the mean length of the line in it. */
export interface Piece {
  from: Millis;
  entered: number;
  answered: number;
  answeredInGoal: number;
  abandoned: number;
  waitedMs: Millis;
  length: number;
}

export interface DayTally {
  calls: number;
  dispositions: Record<string, number>;
  queues: Record<string, QueueTally>;
  /** Of all agents: logged in, and on calls or at work after one. */
  staffedMs: Millis;
  busyMs: Millis;
  defects: string[];
}

export interface TallyOptions {
  startedAt: Millis;
  pieceMs: Millis;
  /** The goal's wait. */
  within: Millis;
}

/** Counts a day from its records as they come. */
export class Counting {
  private readonly options: TallyOptions;
  readonly tally: DayTally = { calls: 0, dispositions: {}, queues: {}, staffedMs: 0, busyMs: 0, defects: [] };
  private readonly waiting = new Map<CallId, { queue: string; since: Millis }>();
  private readonly lines = new Map<string, { length: number; since: Millis }>();
  private readonly agents = new Map<string, { state: string; since: Millis }>();

  constructor(options: TallyOptions) {
    this.options = options;
  }

  see(record: EventRecord): void {
    switch (record.type) {
      case "call.arrived":
        this.tally.calls++;
        return;
      case "call.queued":
        return this.queued(record.call, record.queue, record.at);
      case "call.dequeued":
        return this.dequeued(record.call, record.outcome, record.at);
      case "agent.state":
        return this.agent(record.agent, record.state, record.at);
      case "call.ended":
        this.tally.dispositions[record.disposition] = (this.tally.dispositions[record.disposition] ?? 0) + 1;
        return;
      default:
    }
  }

  /** The day is over: the time of everybody who is still there counts up to now. */
  close(at: Millis): DayTally {
    for (const agent of this.agents.keys()) this.agent(agent, "offline", at);
    for (const queue of this.lines.keys()) this.lengthen(queue, 0, at);
    for (const queue of Object.values(this.tally.queues)) {
      for (const piece of queue.pieces) piece.length /= this.options.pieceMs;
    }
    return this.tally;
  }

  private queued(call: CallId, queue: string, at: Millis): void {
    this.waiting.set(call, { queue, since: at });
    const tally = this.queue(queue);
    const length = this.lengthen(queue, 1, at);
    tally.entered++;
    tally.longest = Math.max(tally.longest, length);
    this.piece(tally, at).entered++;
  }

  private dequeued(call: CallId, outcome: string, at: Millis): void {
    const place = this.waiting.get(call);
    if (!place) return;
    this.waiting.delete(call);
    const tally = this.queue(place.queue);
    const waited = at - place.since;
    const piece = this.piece(tally, place.since);
    this.lengthen(place.queue, -1, at);
    tally.waitedMs += waited;
    piece.waitedMs += waited;
    if (outcome === "answered") {
      tally.answered++;
      tally.waits.push(waited);
      piece.answered++;
      if (waited > this.options.within) return;
      tally.answeredInGoal++;
      piece.answeredInGoal++;
    } else if (outcome === "abandoned") {
      tally.abandoned++;
      piece.abandoned++;
    } else tally.others++;
  }

  /** The line has grown or shrunk; how long it was until now counts in every piece through which that lasted. */
  private lengthen(queue: string, by: number, now: Millis): number {
    const line = this.lines.get(queue) ?? { length: 0, since: now };
    const tally = this.queue(queue);
    for (let at = line.since; at < now && line.length > 0; ) {
      const piece = this.piece(tally, at);
      const until = Math.min(now, piece.from + this.options.pieceMs);
      piece.length += line.length * (until - at);
      at = until;
    }
    const length = line.length + by;
    this.lines.set(queue, { length, since: now });
    return length;
  }

  private agent(agent: string, state: string, at: Millis): void {
    const before = this.agents.get(agent);
    this.agents.set(agent, { state, since: at });
    if (!before || before.state === "offline") return;
    this.tally.staffedMs += at - before.since;
    if (busyStates.has(before.state)) this.tally.busyMs += at - before.since;
  }

  private queue(name: string): QueueTally {
    return (this.tally.queues[name] ??= {
      entered: 0,
      answered: 0,
      answeredInGoal: 0,
      abandoned: 0,
      others: 0,
      waits: [],
      waitedMs: 0,
      longest: 0,
      pieces: [],
    });
  }

  private piece({ pieces }: QueueTally, at: Millis): Piece {
    const { startedAt, pieceMs } = this.options;
    const nth = Math.max(0, Math.floor((at - startedAt) / pieceMs));
    for (let next = pieces.length; next <= nth; next++) {
      const from = startedAt + next * pieceMs;
      pieces.push({ from, entered: 0, answered: 0, answeredInGoal: 0, abandoned: 0, waitedMs: 0, length: 0 });
    }
    const piece = pieces[nth];
    invariant(piece, "a piece of the day that was just made");
    return piece;
  }
}

const busyStates = new Set(["talking", "hold", "wrap_up", "ringing"]);
