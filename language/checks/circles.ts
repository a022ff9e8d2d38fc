import type { Expr, Statement, Strategy } from "../ast.ts";
import { statementsIn } from "../blocks.ts";
import type { Agent, Destination, Directory } from "../directory/directory.ts";
import { entranceFor } from "../entries.ts";
import type { Names } from "../names.ts";
import { normalise } from "../phone.ts";
import { reached } from "../runs.ts";
import type { Range, Source } from "../source.ts";
import { type Checking, report } from "./checking.ts";
import { fixedName } from "./things.ts";

/*
 * Fallbacks that lead back to themselves: default routes, transfers and redirections to numbers of our own entries, phones whose
 * unanswered calls go on. What a caller chose by a key is no fallback.
 */

interface Judged {
  checking: Checking;
  strategy: Strategy;
  names: Names;
}

/** A strategy, or an agent whose phone sends unanswered calls on. */
type Stop = Strategy | Agent;

interface Leg {
  to: Stop;
  /** Taken whenever the one before ends; a transfer may be taken. */
  always: boolean;
  at?: { source: Source; range: Range };
}

/** One finding for each circle, at its first strategy. */
export function checkCircles(all: readonly Judged[]): void {
  const [{ checking } = {}] = all;
  if (!checking) return;
  const { agents } = checking.directory;
  const legs = new Map<Stop, Leg[]>(all.map((judged) => [judged.strategy, legsOf(judged)]));
  for (const agent of Object.values(agents)) legs.set(agent, overflowOf(agent, checking));
  const round = endless(legs);
  for (const judged of all) {
    if (!round.has(judged.strategy)) continue;
    const { strategy } = judged;
    const circle = circleFrom(strategy, legs, round);
    if (circle) tell(judged, strategy, circle);
    else tellPhones(judged, legs, round);
    for (const leg of circle ?? []) round.delete(leg.to);
  }
}

function legsOf({ checking, strategy, names }: Judged): Leg[] {
  const { source } = checking;
  const { defaultRoute } = strategy;
  const first = defaultRoute && stopOf(defaultRoute.to, checking);
  const legs: Leg[] = first ? [{ to: first, always: true, at: { source, range: defaultRoute.to.range } }] : [];
  const contents = reached([strategy.body], source, names);
  const chosen = new Set(contents.flatMap((one) => behindKeys(one.statement)));
  for (const { statement, source: there } of contents) {
    if (chosen.has(statement)) continue;
    if (statement.kind !== "transfer" && statement.kind !== "redirect" && statement.kind !== "refer") continue;
    const to = stopOf(statement.to, checking);
    if (to) legs.push({ to, always: false, at: { source: there, range: statement.to.range } });
  }
  return legs;
}

/** What a key of the caller leads to. */
function behindKeys(statement: Statement): Statement[] {
  if (statement.kind !== "collect") return [];
  const pressed = statement.handlers.filter(({ outcomes }) =>
    outcomes.some(({ digits, name }) => digits || name.text === "digits"),
  );
  return statementsIn(pressed.map(({ body }) => body));
}

/** Where a destination that is written out comes to; nothing where it is a group, a mailbox or a number elsewhere. */
function stopOf(to: Expr, checking: Checking): Stop | undefined {
  if (to.kind === "text") return stopAt(fixedName(to)?.replace(/^tel:/, "") ?? "", checking);
  if (to.kind !== "thing" || to.noun !== "agent") return undefined;
  return agentNamed(fixedName(to.name), checking.directory);
}

function stopAt(number: string, { doors, people, directory }: Checking): Stop | undefined {
  if (number === "") return undefined;
  const { country } = directory.site;
  const door = entranceFor(number, doors, country);
  if (door) return door.strategy;
  const dialled = normalise(number, country);
  return people.find(({ extension }) => extension !== undefined && normalise(extension, country) === dialled);
}

const agentNamed = (name: string | undefined, { agents }: Directory): Agent | undefined =>
  name !== undefined && Object.hasOwn(agents, name) ? agents[name] : undefined;

/** The agent's own word, else that of his phone, else that of all. */
function overflowOf(agent: Agent, checking: Checking): Leg[] {
  const { devices, defaults } = checking.directory;
  const overflow = agent.noAnswer.overflow ?? devices[agent.device]?.noAnswer.overflow ?? defaults.overflow;
  return overflow.flatMap((one): Leg[] => {
    const to = destinationOf(one, checking);
    return to ? [{ to, always: true }] : [];
  });
}

function destinationOf(one: { kind: string } | Destination, checking: Checking): Stop | undefined {
  if ("number" in one) return stopAt(one.number, checking);
  return "name" in one && one.kind === "agent" ? agentNamed(one.name, checking.directory) : undefined;
}

/** The stops from which one can go on for ever. */
function endless(legs: ReadonlyMap<Stop, Leg[]>): Set<Stop> {
  const round = new Set(legs.keys());
  const into = new Map<Stop, Stop[]>();
  const left = new Map<Stop, number>();
  for (const [from, all] of legs) {
    left.set(from, all.length);
    for (const { to } of all) into.set(to, [...(into.get(to) ?? []), from]);
  }
  const ended = [...legs.keys()].filter((stop) => left.get(stop) === 0);
  for (let stop = ended.pop(); stop; stop = ended.pop()) {
    round.delete(stop);
    for (const before of into.get(stop) ?? []) {
      const rest = (left.get(before) ?? 0) - 1;
      left.set(before, rest);
      if (rest === 0) ended.push(before);
    }
  }
  return round;
}

/** The shortest way from a stop back to it; where both are as short, one that is always taken. */
function circleFrom(start: Stop, legs: ReadonlyMap<Stop, Leg[]>, round: ReadonlySet<Stop>): Leg[] | undefined {
  const came = new Map<Stop, { from: Stop; leg: Leg }>();
  const open = [start];
  for (let nth = 0; nth < open.length; nth++) {
    const from = open[nth];
    for (const leg of (from && legs.get(from)) ?? []) {
      if (!from || !round.has(leg.to) || came.has(leg.to)) continue;
      came.set(leg.to, { from, leg });
      if (leg.to === start) return backTo(start, came);
      open.push(leg.to);
    }
  }
  return undefined;
}

function backTo(start: Stop, came: ReadonlyMap<Stop, { from: Stop; leg: Leg }>): Leg[] {
  const circle: Leg[] = [];
  let at = came.get(start);
  for (; at; at = at.from === start ? undefined : came.get(at.from)) circle.unshift(at.leg);
  return circle;
}

function tell({ checking }: Judged, start: Stop, circle: readonly Leg[], at = circle[0]?.at): void {
  if (!at) return;
  const way = [start, ...circle.map(({ to }) => to)].map(nameOf).join(" → ");
  const always = circle.every((leg) => leg.always);
  const message = always ? `this leads back to itself, for ever: ${way}` : `a call can go round here: ${way}`;
  const related = circle.flatMap((leg) =>
    leg.at && leg.at !== at ? [{ path: leg.at.source.path, range: leg.at.range, message: "and on here" }] : [],
  );
  const hint = "send the call to a group or a mailbox";
  report({ ...checking, source: at.source }, always ? "error" : "warning", "S419", at.range, message, {
    hint,
    related,
  });
}

/** Unanswered calls that go from phone to phone and back, where a strategy leads to one of these. */
function tellPhones(judged: Judged, legs: ReadonlyMap<Stop, Leg[]>, round: Set<Stop>): void {
  for (const { to, at } of legs.get(judged.strategy) ?? []) {
    const circle = round.has(to) && !("entries" in to) ? circleFrom(to, legs, round) : undefined;
    if (!circle) continue;
    tell(judged, to, circle, at);
    for (const leg of circle) round.delete(leg.to);
  }
}

const nameOf = (stop: Stop): string =>
  "entries" in stop ? `\`${fixedName(stop.name) ?? ""}\`` : `agent \`${stop.id}\``;
