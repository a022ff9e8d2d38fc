import type { Row } from "../chapter.ts";
import { CLASSES, engineOf, type Person, SKILLS } from "./site.ts";

/*
 * Somebody comes free and is offered the first call that wants him: how long that takes, however many agents there are and
 * however many calls wait, of 300 kinds. Next to it a scan of all that wait, which keeps no order and does nothing else.
 */

export interface Load {
  agents: number;
  waiting: number;
}

const TURNS = 5000;
const WARM_UP = 10_000;
/** Turns of which each is held against a scan. They come after those that are timed: a scan leaves nothing else in the processor's caches. */
const SCANS = 1000;
/** 200,000 decisions a second; 50 µs at most but for one in a hundred. */
const BUDGET_MS = 1 / 200;
const LATE_MS = 0.05;

const strategy = `strategy "s" {
  entry "5000"
  default route to group G
  answer
  queue Q {
    priority 40 rising 5 every 30s up to 80
    at 0s agents with skill("{call.data.skill}") >= call.data.level
    give up never
  }
}`;

/** Numbers that look drawn and are the same every time (Lehmer, 2^31 - 1). */
export function dice(): (sides: number) => number {
  let state = 20_261_129;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

function peopleFor(count: number): Person[] {
  const roll = dice();
  return Array.from({ length: count }, (_, nth) => ({
    id: `a${nth}`,
    skills: Object.fromEntries(Array.from({ length: 4 }, () => [`s${roll(SKILLS)}`, roll(11)])),
  }));
}

interface Waiting {
  call: string;
  skill: string;
  level: number;
  since: number;
}

export function deciding({ agents, waiting }: Load): Row[] {
  const people = peopleFor(agents);
  const engine = engineOf(strategy, people);
  const roll = dice();
  const scanned = new Map<string, Waiting>();
  let at = 1;
  let calls = 0;
  for (const { id } of people) away(id);
  // Each expression has been seen before.
  for (let kind = 0; kind < CLASSES; kind++) enter("first", kind);
  const heap = heapUsed();
  while (scanned.size < waiting) enter(`c${calls++}`, roll(CLASSES));
  const bytes = (heapUsed() - heap) / waiting;

  for (let turn = 0; turn < WARM_UP; turn++) decide();
  const turns = Array.from({ length: TURNS }, () => decide());
  const scans = Array.from({ length: SCANS }, () => decide(scan));
  const size = `${agents.toLocaleString("en")} agents, ${waiting.toLocaleString("en")} waiting`;
  const decided = turns.map((turn) => turn.decided);
  const entered = turns.map((turn) => turn.entered);
  const ms = quantile(decided, 0.5);
  const scanMs = quantile(
    scans.map((turn) => turn.scanned),
    0.5,
  );
  return [
    { what: "an agent comes free and is offered a call, p50", size, ms, ratio: 1, budget: BUDGET_MS },
    { what: "  p99", size, ms: quantile(decided, 0.99), budget: LATE_MS },
    { what: "  the call alone found by a linear scan, p50", size, ms: scanMs, ratio: scanMs / ms },
    { what: "  a call enters its queue, p50", size, ms: quantile(entered, 0.5) },
    ...(waiting >= 10_000 ? [{ what: "  a waiting call in memory", size, bytes, budget: 4096 }] : []),
  ];

  function scan(person: Person): string | undefined {
    return firstByScan(person, scanned.values(), at + 1);
  }

  function away(agent: string): void {
    engine.accept({ type: "agent.claimed", agent, source: "desk", state: "not_ready" }, at);
  }

  function enter(call: string, kind: number): number {
    const data = { skill: `s${kind % SKILLS}`, level: 3 + Math.floor(kind / SKILLS) };
    at++;
    engine.accept({ type: "call.arrived", call, from: "1", to: "5000", data }, at);
    const watch = clock();
    engine.accept({ type: "call.answered", call }, at);
    const took = watch();
    if (call === "first") engine.accept({ type: "call.gone", call }, at);
    else scanned.set(call, { call, ...data, since: at });
    return took;
  }

  /** One agent comes free, takes the call, talks and goes away; another call takes its place. */
  function decide(look?: (person: Person) => string | undefined): Turn {
    const person = people[roll(agents)];
    if (!person) throw new Error("nobody");
    const scanning = clock();
    const found = look?.(person);
    const scannedMs = scanning();
    const watch = clock();
    const { commands } = engine.accept({ type: "agent.claimed", agent: person.id, source: "desk" }, ++at);
    const decided = watch();
    const offer = commands.find(({ type }) => type === "offer");
    if (look && offer?.call !== found) throw new Error(`${offer?.call} and not ${found}`);
    if (offer?.type === "offer") {
      engine.accept({ type: "offer.answered", call: offer.call, offer: offer.offer }, ++at);
      engine.accept({ type: "call.connected", call: offer.call, offer: offer.offer }, ++at);
    }
    away(person.id);
    if (!offer) return { decided, scanned: scannedMs, entered: 0 };
    engine.accept({ type: "call.gone", call: offer.call }, ++at);
    scanned.delete(offer.call);
    return { decided, scanned: scannedMs, entered: enter(`c${calls++}`, roll(CLASSES)) };
  }
}

function quantile(all: number[], share: number): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0;
}

/** What the three parts of one turn took, milliseconds. */
interface Turn {
  decided: number;
  scanned: number;
  entered: number;
}

/** The call with the highest score that he may take, of those the first that came. */
function firstByScan({ skills }: Person, calls: Iterable<Waiting>, now: number): string | undefined {
  let best: string | undefined;
  let highest = -1;
  for (const { call, skill, level, since } of calls) {
    if ((skills[skill] ?? -1) < level) continue;
    const score = Math.min(80, 40 + (5 * (now - since)) / 30_000);
    if (score <= highest) continue;
    best = call;
    highest = score;
  }
  return best;
}

/** Of so short a time the processor's own count would be the larger part. */
function clock(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
