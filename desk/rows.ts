import { type Agent as Person, choicesAfter, type Directory } from "../language/index.ts";
import { type AgentView, type CallView, chosenOf, isOnPrivateCall, redirectOf } from "../runtime/index.ts";
import type { AgentRow, CallRow } from "./answers.ts";

/* What is told of snapshots, and to whom how much of it. */

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

export function agentRow(view: AgentView, { agents, states }: Directory): AgentRow {
  const person = Object.hasOwn(agents, view.id) ? agents[view.id] : undefined;
  const isBound = Object.values(states).some(({ next, from }) => next ?? from);
  const calls = view.work.flatMap((each) => ("call" in each ? [each.call] : []));
  const wrapUp = wrapUpOf(view);
  return {
    ...called(view.id, person),
    state: view.state,
    custom: view.custom,
    since: iso(view.stateSince),
    reasons: view.reasons,
    ...(isBound && { choices: choicesAfter(states, chosenOf(view)) }),
    device: view.device,
    claims: Object.entries(view.claims).map(([source, { state, reason }]) => ({ source, state, reason })),
    redirect: redirectOf(person, view),
    ...(isOnPrivateCall(view) && { privateCall: true }),
    call: calls[0],
    wrapUpUntil: wrapUp && iso(wrapUp.deadline.at),
    ...(view.capacity > 1 && { capacity: view.capacity, inHand: view.work.length, calls }),
  };
}

/** Work after a call; of several, the one that began first. */
export const wrapUpOf = ({ work }: AgentView) => work.flatMap((each) => (each.kind === "wrap_up" ? [each] : []))[0];

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
    connectedAt: view.connectedAt === undefined ? undefined : iso(view.connectedAt),
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
    guests: guestsOf(view),
    recording: view.recording,
    mailbox: deposit?.mailbox,
    fromBot: view.fromBot,
    showing: shownOf(view),
    data: view.data,
  };
}

/** To whom it rings or is shown: who calls, and what the strategy shows of it. */
export function offeredRow(view: CallView, agent: string): CallRow {
  const { id, from, to, program, arrivedAt, answered, offers } = view;
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
    showing: shownOf(view, agent),
    data: {},
  };
}

function guestsOf({ guests = [], listeners = [] }: CallView): CallRow["guests"] {
  const all = [...guests.map((who) => ({ who, talks: true })), ...listeners.map((who) => ({ who, talks: false }))];
  return all.length > 0 ? all : undefined;
}

/** Whoever is rung sees what is shown with that; who is rung by who talked, what that one saw. */
function shownOf({ party, offers, preview, showing }: CallView, agent?: string): CallRow["showing"] {
  const its = agent === undefined ? offers : offers.filter((each) => each.agent === agent);
  const rung = party && agent === undefined ? undefined : its.find((each) => each.showing)?.showing;
  return rung ?? showing ?? preview?.showing;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
