import type { Millis } from "./events.ts";
import type { EventRecord } from "./records.ts";
import type { AgentView } from "./views.ts";

/*
 * What each agent has done in a span of time (row 3.15), people and knowledge workers alike, from event records alone: the desk and
 * `cordboard report` tell the same of the same records.
 */

const kinds = ["agent.state", "offer.made", "offer.ended", "preview.offered", "preview.ended"] as const;

/** The records that count. */
export type AgentFact = Extract<EventRecord, { type: (typeof kinds)[number] }>;

export interface AgentFigures {
  agent: string;
  /** Calls that rang for him in the span, and what became of them; `otherwise`: busy, unreachable, somebody was quicker, the caller hung up, rings still. */
  offered: number;
  answered: number;
  noAnswer: number;
  declined: number;
  otherwise: number;
  talkMs: Millis;
  holdMs: Millis;
  wrapUpMs: Millis;
  /** All of the span that is known, the longest first. */
  states: { state: string; custom?: string; reasons: string[]; ms: Millis }[];
  /** `responseMs`: how long he took to accept or decline, on average; absent where he did neither. */
  previews: {
    offered: number;
    accepted: number;
    declined: number;
    timeout: number;
    otherwise: number;
    responseMs?: Millis;
  };
}

export function isAgentFact(record: EventRecord): record is AgentFact {
  return kinds.some((kind) => kind === record.type);
}

/** How he stands before the first record that is known of him. */
export function standingOf({ id, state, custom, reasons, stateSince }: AgentView): AgentFact {
  return { type: "agent.state", agent: id, state, custom, reasons, source: "run", at: stateSince, seq: 0 };
}

/** `facts` in order of time. What was begun in the span counts in it, however it ended later; `to` is not in the future. */
export function agentFigures(facts: Iterable<AgentFact>, { from, to }: { from: Millis; to: Millis }): AgentFigures[] {
  const ledgers = new Map<string, Ledger>();
  const isIn = (at: Millis): boolean => at >= from && at < to;
  for (const fact of facts) {
    if (fact.agent === undefined) continue;
    const its = ledgers.get(fact.agent) ?? newLedger(fact.agent);
    ledgers.set(fact.agent, its);
    if (fact.type === "agent.state") {
      stands(its, Math.min(Math.max(fact.at, from), to));
      its.stands = fact;
    } else if (fact.type === "offer.made") {
      if (isIn(fact.at)) its.offers.set(fact.offer, "rings");
    } else if (fact.type === "offer.ended") {
      if (its.offers.has(fact.offer)) its.offers.set(fact.offer, fact.outcome);
    } else if (fact.type === "preview.offered") {
      if (isIn(fact.at)) its.previews.set(fact.preview, { outcome: "shown", responseMs: 0 });
    } else if (its.previews.has(fact.preview)) its.previews.set(fact.preview, fact);
  }
  for (const its of ledgers.values()) stands(its, to);
  return [...ledgers.values()].map(totals);
}

interface Ledger {
  agent: string;
  offers: Map<string, string>;
  previews: Map<string, { outcome: string; responseMs: Millis }>;
  /** How he stands, and up to when that has been counted. */
  stands?: Extract<AgentFact, { type: "agent.state" }>;
  counted: Millis;
  states: Map<string, AgentFigures["states"][number]>;
}

const newLedger = (agent: string): Ledger => ({
  agent,
  offers: new Map(),
  previews: new Map(),
  counted: 0,
  states: new Map(),
});

/** Until then he stood as he did. */
function stands(its: Ledger, until: Millis): void {
  const { stands: fact, counted } = its;
  its.counted = until;
  if (!fact || until <= counted) return;
  const { state, custom, reasons } = fact;
  const key = JSON.stringify([state, custom, reasons]);
  const sum = its.states.get(key) ?? { state, ...(custom !== undefined && { custom }), reasons, ms: 0 };
  sum.ms += until - counted;
  its.states.set(key, sum);
}

function totals({ agent, offers, previews, states }: Ledger): AgentFigures {
  const calls = countOf([...offers.values()]);
  const shown = [...previews.values()];
  const its = countOf(shown.map(({ outcome }) => outcome));
  const all = [...states.values()].toSorted((a, b) => b.ms - a.ms);
  const timeIn = (state: string): Millis => all.reduce((sum, each) => sum + (each.state === state ? each.ms : 0), 0);
  const decided = shown.filter(({ outcome }) => outcome === "accepted" || outcome === "declined");
  const responseMs = decided.reduce((sum, each) => sum + each.responseMs, 0) / decided.length;
  return {
    agent,
    offered: offers.size,
    answered: calls("answered"),
    noAnswer: calls("no_answer"),
    declined: calls("rejected"),
    otherwise: offers.size - calls("answered", "no_answer", "rejected"),
    talkMs: timeIn("talking"),
    holdMs: timeIn("hold"),
    wrapUpMs: timeIn("wrap_up"),
    states: all,
    previews: {
      offered: shown.length,
      accepted: its("accepted"),
      declined: its("declined"),
      timeout: its("timeout"),
      otherwise: shown.length - its("accepted", "declined", "timeout"),
      ...(decided.length > 0 && { responseMs: Math.round(responseMs) }),
    },
  };
}

const countOf =
  (outcomes: readonly string[]) =>
  (...of: string[]): number =>
    outcomes.filter((outcome) => of.includes(outcome)).length;

export type NamedFigures = AgentFigures & { name: string; kind: string };

/** A table of them, times in seconds: the first row names the columns. */
export function figureRows(all: readonly NamedFigures[]): (string | number)[][] {
  return [Object.keys(columns), ...all.map((its) => Object.values(columns).map((cellOf) => cellOf(its)))];
}

const seconds = (ms: Millis): number => Math.round(ms / 1000);

const timeIn =
  (state: string) =>
  ({ states }: AgentFigures): number =>
    seconds(states.reduce((sum, each) => sum + (each.state === state ? each.ms : 0), 0));

/** `lunch: 1800; meeting: 600` */
const reasonsIn =
  (state: string) =>
  ({ states }: AgentFigures): string =>
    states
      .filter((each) => each.state === state)
      .map(({ custom, reasons, ms }) => `${reasons.join(", ") || (custom ?? state)}: ${seconds(ms)}`)
      .join("; ");

const columns: Record<string, (its: NamedFigures) => string | number> = {
  agent: (its) => its.agent,
  name: (its) => its.name,
  kind: (its) => its.kind,
  offered: (its) => its.offered,
  answered: (its) => its.answered,
  no_answer: (its) => its.noAnswer,
  declined: (its) => its.declined,
  otherwise: (its) => its.otherwise,
  talk_s: (its) => seconds(its.talkMs),
  hold_s: (its) => seconds(its.holdMs),
  wrap_up_s: (its) => seconds(its.wrapUpMs),
  ringing_s: timeIn("ringing"),
  ready_s: timeIn("ready"),
  not_ready_s: timeIn("not_ready"),
  not_ready_for: reasonsIn("not_ready"),
  offline_s: timeIn("offline"),
  offline_for: reasonsIn("offline"),
  previews: ({ previews }) => previews.offered,
  previews_accepted: ({ previews }) => previews.accepted,
  previews_declined: ({ previews }) => previews.declined,
  previews_timeout: ({ previews }) => previews.timeout,
  previews_otherwise: ({ previews }) => previews.otherwise,
  response_ms: ({ previews }) => previews.responseMs ?? "",
};
