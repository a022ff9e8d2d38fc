import type { CheckedProgram } from "../../language/index.ts";
import { effectiveState, type InHand } from "../agent.ts";
import type { Engine } from "../engine.ts";
import type { Event, Millis, OfferId } from "../events.ts";
import type { EventRecord } from "../records.ts";
import type { AgentView, CallView, QueueView } from "../views.ts";
import { Ledger } from "./ledger.ts";
import { type Pair, pairsDue } from "./reference-matcher.ts";

export interface CheckedEngine {
  engine: Engine;
  /** What was wrong, each with the event after which it was. */
  violations: string[];
  /** Every event the engine was told, for replay. */
  journal: { at: Millis; event: Event }[];
}

/** What the engine shows after an event. */
export interface Shown {
  calls: Map<string, CallView>;
  agents: AgentView[];
}

export type Report = (violation: string) => void;

export function capacityIn({ directory: { agents, defaults } }: CheckedProgram, id: string): number {
  return agents[id]?.capacity ?? defaults.capacity;
}

/**
 * The engine itself, with everything that must always hold looked at after every event. `exact`: also that all that was offered is what the
 * reference would have offered; what it does not know of would look wrong there.
 */
export function checkedEngine(engine: Engine, checked: CheckedProgram, exact = true): CheckedEngine {
  const violations: string[] = [];
  const journal: CheckedEngine["journal"] = [];
  let current = "";
  const report: Report = (violation) => void violations.push(`${current}: ${violation}`);
  const ledger = new Ledger(report, (id) => capacityIn(checked, id));

  const accept: Engine["accept"] = (event, now) => {
    current = `+${now - (journal[0]?.at ?? now)} ms ${JSON.stringify(event)}`;
    journal.push({ at: now, event });
    const outcome = engine.accept(event, now);
    const calls = new Map(engine.calls().map((call) => [call.id, call]));
    const shown = { calls, agents: engine.agents() };
    ledger.take(event, now, outcome.commands, outcome.records);
    checkCalls(shown, ledger, report);
    checkAgents(shown, ledger, report);
    checkMatches(shown, checked, exact ? outcome.records : [], now, report);
    // A call that has ended is not shown, but may still do what stands in `after call`.
    if (exact) checkDeadlines(shown, engine.nextDeadline(), now, report);
    checkFigures(engine.queues(), report);
    return outcome;
  };
  return { engine: { ...engine, accept }, violations, journal };
}

/** The engine knows the calls that live and no others, each in exactly one phase, and none keeps anything it does not use. */
function checkCalls({ calls }: Shown, ledger: Ledger, report: Report): void {
  for (const [id, { endedAt }] of ledger.calls) {
    if (calls.has(id) !== (endedAt === undefined)) report(`${id} is ${calls.has(id) ? "kept after its end" : "lost"}`);
  }
  for (const call of calls.values()) {
    const phases = [call.queued?.joined, call.party, call.deposit].filter(Boolean);
    if (phases.length > 1) report(`${call.id} is in ${phases.length} phases`);
    const seen = ledger.calls.get(call.id);
    const offers = call.offers.map((offer) => offer.id);
    if (seen && offers.some((offer) => !seen.out.has(offer))) report(`${call.id} keeps an offer that is not out`);
    const due = Object.entries(call.due).flatMap(([what, deadline]) => (deadline && OF_QUEUES.has(what) ? [what] : []));
    if (!call.queued?.joined && due.length > 0) report(`${call.id} waits in no queue, but ${due.join(", ")} is due`);
    if (call.wait.for === "nothing" && !call.away) report(`${call.id} waits for nothing`);
  }
}

const OF_QUEUES = new Set(["step", "give_up", "cap", "nobody", "retry", "poll", "hold"]);

/** A lease belongs to a live offer, an agent has as many as his capacity at most, and only what claims him keeps him from being ready. */
function checkAgents({ calls, agents }: Shown, ledger: Ledger, report: Report): void {
  const holders = ledger.holders();
  for (const agent of agents) {
    const { id, work } = agent;
    const held = holders.get(id) ?? [];
    const inHand = work.flatMap((each) => (each.kind === "wrap_up" ? [] : [each]));
    if (held.length > agent.capacity) report(`${id} is held by ${held.join(" and ")}`);
    if (work.length > agent.capacity) report(`${id} has ${work.length} things in hand`);
    if (new Set(inHand.map(({ call }) => call)).size < inHand.length) report(`${id} has a call in hand twice`);
    if (agent.state !== effectiveState(agent)) report(`${id} is shown ${agent.state}`);
    for (const each of inHand) checkLease(agent, each, held, calls, report);
    for (const [source, state] of ledger.claims.get(id) ?? []) {
      if (agent.claims[source]?.state !== state) report(`${id} has lost the claim ${state} of ${source}`);
    }
  }
}

function checkLease(
  { id, capacity }: AgentView,
  { kind, call: name, offer }: InHand,
  held: readonly string[],
  calls: Shown["calls"],
  report: Report,
): void {
  const call = calls.get(name);
  const isKept =
    call?.callback?.reserved?.offer === offer || (capacity > 1 && call?.preview?.accepted?.offer === offer);
  if (!held.includes(name) && !isKept) report(`${id} is ${kind} for nobody`);
  if (kind === "ringing" && !isLease(call, offer)) report(`${id} is held by ${offer}, which is no more`);
  const its = call?.dialler && !call.dialler.placing ? [call.party?.offer, call.dialler.offer] : [call?.party?.offer];
  if (kind !== "ringing" && !its.includes(offer)) report(`${id} talks on ${offer}, which is no more`);
}

function isLease(call: CallView | undefined, lease: string): boolean {
  const { offers = [], preview, callback, dialler } = call ?? {};
  const others = [...(preview?.shown ?? []).map(({ id }) => id), preview?.accepted?.offer, callback?.reserved?.offer];
  if (dialler?.placing) others.push(dialler.offer);
  return offers.some(({ id }) => id === lease) || others.includes(lease);
}

/** Who entered a queue left it once at most. */
function checkFigures(queues: readonly QueueView[], report: Report): void {
  for (const { name, entered, answered, abandoned, waiting } of queues) {
    if (entered < answered + abandoned + waiting) {
      report(`${name}: of ${entered} calls ${answered} were answered, ${abandoned} left, ${waiting} wait`);
    }
  }
}

/** What is due lies ahead and belongs to somebody: a call that lives, or an agent who rests. */
function checkDeadlines({ calls, agents }: Shown, next: Millis | undefined, now: Millis, report: Report): void {
  if (next === undefined) return;
  if (next <= now) report(`a deadline of ${next} is still due`);
  const resting = agents.some(
    ({ work, claims }) =>
      work.some(({ kind }) => kind === "wrap_up") ||
      Object.values(claims).some(({ deadline }) => deadline !== undefined),
  );
  if (calls.size === 0 && !resting) report(`a deadline of ${next} is left`);
}

/** What was offered is what the reference would have offered, and nobody who could be joined is left apart. */
export function checkMatches(
  { calls, agents }: Shown,
  checked: CheckedProgram,
  records: readonly EventRecord[],
  now: Millis,
  report: Report,
): void {
  const all = [...calls.values()];
  for (const { call, agent } of pairsDue(checked, all, agents, now)) report(`${call} and ${agent} are left apart`);
  const made = records.flatMap((r): (Pair & { offer: OfferId })[] => {
    if (r.type !== "offer.made" || r.queue === undefined || r.agent === undefined) return [];
    return [{ call: r.call, agent: r.agent, offer: r.offer }];
  });
  if (made.length === 0) return;
  const leases = new Set<unknown>(made.map(({ offer }) => offer));
  const isMade = (each: object) => "offer" in each && leases.has(each.offer);
  const before = all.map((call) => ({ ...call, offers: call.offers.filter(({ id }) => !leases.has(id)) }));
  const free = agents.map((agent) => ({ ...agent, work: agent.work.filter((each) => !isMade(each)) }));
  const due = pairsDue(checked, before, free, now);
  if (textOf(due) !== textOf(made)) report(`offered ${textOf(made)}, but ${textOf(due)} was due`);
}

function textOf(pairs: Pair[]): string {
  const texts = pairs.map(({ call, agent }) => `${call}→${agent}`);
  texts.sort();
  return texts.join(" ");
}
