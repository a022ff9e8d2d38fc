import type { AgentView, CallView, Value } from "../runtime/index.ts";

/** An agent as the API tells of him. Instants are ISO 8601 in UTC. */
export interface AgentRow {
  id: string;
  state: AgentView["state"];
  /** Which of the directory's own states that is. */
  custom?: string;
  since: string;
  reasons: string[];
  /** The phone he sits at. */
  device: string;
  /** Who says what of him; the most restrictive claim counts. */
  claims: { source: string; state: string; reason?: string }[];
  /** The call that rings for him or that he talks to. */
  call?: string;
  /** Of who may hold several calls at once: how many, how many he has, work after calls with them, and which. */
  capacity?: number;
  inHand?: number;
  calls?: string[];
}

/** A call as the API tells of it. */
export interface CallRow {
  id: string;
  from: string;
  to: string;
  /** The hash of the texts it came with, and keeps. */
  program: string;
  strategy?: string;
  /** Where it is in them, outermost first: offsets of the statement it is at. */
  stack: { name: string; path?: string; at?: { start: number; end: number }; variables: Record<string, Value> }[];
  arrivedAt: string;
  answered: boolean;
  /** What the caller hears, as `music moh/calm`. */
  hears?: string;
  queue?: { name: string; position?: number; score?: number; step: number; since: string };
  /** Whom it rings for, and until when. */
  offers: { agent?: string; destination?: string; until: string }[];
  /** Who has picked up. */
  party?: { agent?: string; destination?: string };
  mailbox?: string;
  data: Record<string, Value>;
}

export function agentRow(view: AgentView): AgentRow {
  const calls = view.work.flatMap((each) => ("call" in each ? [each.call] : []));
  return {
    id: view.id,
    state: view.state,
    custom: view.custom,
    since: iso(view.stateSince),
    reasons: view.reasons,
    device: view.device,
    claims: Object.entries(view.claims).map(([source, { state, reason }]) => ({ source, state, reason })),
    call: calls[0],
    ...(view.capacity > 1 && { capacity: view.capacity, inHand: view.work.length, calls }),
  };
}

/** `pathOf`: a path as the site's texts are listed by. */
export function callRow(view: CallView, pathOf: (path: string) => string): CallRow {
  const { treatment, queued, party, deposit } = view;
  return {
    id: view.id,
    from: view.from,
    to: view.to,
    program: view.program,
    strategy: view.strategy,
    stack: view.stack.map(({ path, ...standing }) => ({
      ...standing,
      ...(path !== undefined && { path: pathOf(path) }),
    })),
    arrivedAt: iso(view.arrivedAt),
    answered: view.answered,
    hears: treatment && [treatment.kind, treatment.name].filter(Boolean).join(" "),
    queue: queued && {
      name: queued.name,
      position: view.position,
      score: view.score,
      step: queued.step,
      since: iso(queued.place.since),
    },
    offers: view.offers.map(({ agent, number, deadline }) => ({ agent, destination: number, until: iso(deadline.at) })),
    party: party && { agent: party.agent, destination: party.destination },
    mailbox: deposit?.mailbox,
    data: view.data,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
