import type { Agent as Person } from "../language/index.ts";
import { type AgentView, type CallView, isOnPrivateCall, redirectOf, type Value } from "../runtime/index.ts";

/** An agent as the API tells of him. Instants are ISO 8601 in UTC. */
export interface AgentRow {
  id: string;
  name: string;
  kind: Person["kind"];
  extension?: string;
  state: AgentView["state"];
  /** Which of the directory's own states that is. */
  custom?: string;
  since: string;
  reasons: string[];
  /** The phone he sits at. */
  device: string;
  /** Who says what of him; the most restrictive claim counts. */
  claims: { source: string; state: string; reason?: string }[];
  /** Where he takes calls elsewhere. */
  redirect?: string;
  /** He talks on his phone and not through here: nothing can be done with that call. */
  privateCall?: true;
  /** The call that rings for him or that he talks to. */
  call?: string;
  /** Of work after a call: when it ends by itself. */
  wrapUpUntil?: string;
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
  /** Who asked for it at his desk, and is its caller. */
  dialler?: string;
  /** Who has picked up. */
  party?: { agent?: string; destination?: string; identity?: string };
  /** Who is there now in the caller's place, or, at `party`, in the party's, as a trusted exchange says. */
  identity?: string;
  /** Who talked has parted from the caller, who hears music. */
  held?: true;
  /** Whom he asks meanwhile, and whether the two talk, or have and he is held. */
  consult?: { agent?: string; destination?: string; talking: boolean; held?: true };
  /** Whether it is being recorded. */
  recording?: "on" | "paused";
  mailbox?: string;
  /** With what a bot has handed it on. */
  fromBot?: { bot: string; reason?: string; transcript?: string };
  data: Record<string, Value>;
}

/** A call that was shown to somebody, and what became of that. */
export interface PreviewRow {
  id: string;
  call: string;
  agent: string;
  mode: string;
  offeredAt: string;
  /** The server's own countdown: after this instant nobody can accept it. */
  until: string;
  showing?: Record<string, Value>;
  sound?: string;
  outcome?: string;
  responseMs?: number;
}

/** What one agent wrote to another about a call; `from`: who calls. */
export interface TextRow {
  call: string;
  from: string;
  at: string;
  by: string;
  to: string;
  text: string;
}

/** A text of the site, by its path from the folder of the strategies. */
export interface SiteText {
  path: string;
  text: string;
}

/** Something that the checker says of texts. Lines and columns count from 1. */
export interface Finding {
  code: string;
  severity: "error" | "warning" | "hint";
  message: string;
  hint?: string;
  path: string;
  line: number;
  column: number;
}

/** Absent in the directory: he has been taken out of it. */
const called = (id: string, person: Person | undefined): Pick<AgentRow, "id" | "name" | "kind" | "extension"> => ({
  id,
  name: person?.name ?? id,
  kind: person?.kind ?? "agent",
  extension: person?.extension,
});

/** What his colleagues see. */
export function agentGlance({ id, state, custom, stateSince, device }: AgentView, person?: Person): AgentRow {
  return { ...called(id, person), state, custom, since: iso(stateSince), reasons: [], device, claims: [] };
}

export function agentRow(view: AgentView, person?: Person): AgentRow {
  const calls = view.work.flatMap((each) => ("call" in each ? [each.call] : []));
  const wrapUp = view.work.find((each) => each.kind === "wrap_up");
  return {
    ...called(view.id, person),
    state: view.state,
    custom: view.custom,
    since: iso(view.stateSince),
    reasons: view.reasons,
    device: view.device,
    claims: Object.entries(view.claims).map(([source, { state, reason }]) => ({ source, state, reason })),
    redirect: redirectOf(person, view),
    ...(isOnPrivateCall(view) && { privateCall: true }),
    call: calls[0],
    wrapUpUntil: wrapUp && "deadline" in wrapUp ? iso(wrapUp.deadline.at) : undefined,
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
    dialler: view.dialler?.agent,
    party: party && { agent: party.agent, destination: party.destination, identity: party.identity },
    identity: view.identity,
    held: view.held && true,
    consult: view.consult && {
      agent: view.consult.agent,
      destination: view.consult.destination,
      talking: view.consult.joined === true,
      held: view.consult.held && true,
    },
    recording: view.recording,
    mailbox: deposit?.mailbox,
    fromBot: view.fromBot,
    data: view.data,
  };
}

/** To whom it rings or is shown: who calls, and what the strategy shows of it. */
export function offeredRow(view: CallView, agent: string): CallRow {
  const { id, from, to, program, arrivedAt, answered, offers, queued } = view;
  const its = offers.filter((each) => each.agent === agent);
  return {
    id,
    from,
    to,
    program,
    stack: [],
    arrivedAt: iso(arrivedAt),
    answered,
    offers: its.map(({ deadline }) => ({ agent, until: iso(deadline.at) })),
    data: (its.length > 0 ? queued?.showing : undefined) ?? {},
  };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
