import type { Block, Handler, If, Loop, Match, Name, Queue, Run, RunValue, Statement, Sub } from "../../ast.ts";
import type { Declared, Names } from "../../names.ts";
import { plannedRules } from "../../planned.ts";
import type { Source } from "../../source.ts";
import { type Impossible, impossibleIn, isTried, type Tried, unhandled } from "../handlers.ts";
import type { Analysis, AtStatement, Exits, Here, Noted, Turn } from "./analysis.ts";
import { alwaysOf, fitsAlways } from "./constant.ts";
import { runIn } from "../../runs.ts";
import { deepest } from "./subs.ts";

/*
 * One walk along all ways of a call, for whatever is asked of them. An analysis says what it keeps on a way, how a statement
 * changes that and what holds where ways meet; how ways part, meet and end stands here. Subs are followed where they are run.
 */

interface Walk<S, N extends AtStatement> {
  analysis: Analysis<S, N>;
  source: Source;
  names: Names;
  notes: Noted<N>[];
  /** What can stand here: `leave`, `stop loop`, `return`. Elsewhere they lead nowhere, and that is told by others. */
  waiting: boolean;
  looping: boolean;
  inSub: boolean;
  through?: Name;
  running: readonly Sub[];
  covered: ReadonlyMap<Statement, boolean>;
  followed: Followed<S, N>;
}

/** Subs that were followed, by their name and what was known above them. */
export type Followed<S, N extends AtStatement> = Map<string, { exits: Exits<S>; notes: Noted<N>[] }>;

/** What a walk begins in: a text with its names, and whether it is a sub or stands inside `while waiting`. */
export interface Start {
  source: Source;
  names: Names;
  sub?: Sub;
  waiting?: boolean;
  /** What is known of each `match`: whether it has an arm for every call. Some show it themselves. */
  covered?: ReadonlyMap<Statement, boolean>;
}

/**
 * All ways through the body of a strategy or a sub, or through a block that is run by itself. Walks of one analysis may share what
 * they `followed`.
 */
export function waysThrough<S, N extends AtStatement>(
  body: Block,
  state: S,
  analysis: Analysis<S, N>,
  { source, names, sub, waiting, covered = new Map() }: Start,
  followed: Followed<S, N> = new Map(),
): { exits: Exits<S>; notes: Noted<N>[] } {
  const notes: Noted<N>[] = [];
  const walk: Walk<S, N> = {
    analysis,
    source,
    names,
    notes,
    waiting: waiting ?? sub !== undefined,
    looping: false,
    inSub: sub !== undefined,
    running: sub ? [sub] : [],
    covered,
    followed,
  };
  return { exits: throughBlock(body, state, walk), notes };
}

function throughBlock<S, N extends AtStatement>({ statements }: Block, start: S, walk: Walk<S, N>): Exits<S> {
  const { analysis } = walk;
  const exits: Exits<S> = { below: start };
  for (const statement of statements) {
    if (exits.below === undefined) {
      analysis.dead?.(statement);
      break;
    }
    const next = past(statement, exits.below, walk);
    analysis.done?.(statement, next);
    exits.below = next.below;
    exits.left = either(analysis, exits.left, next.left);
    exits.stopped = either(analysis, exits.stopped, next.stopped);
    exits.returned = either(analysis, exits.returned, next.returned);
  }
  return exits;
}

function hereIn<S, N extends AtStatement>({ notes, source, through }: Walk<S, N>): Here<N> {
  return { source, through, note: (what) => void notes.push({ what, source, through }) };
}

function meet<S, N extends AtStatement>(analysis: Analysis<S, N>, one: Exits<S>, other: Exits<S>): Exits<S> {
  return {
    below: either(analysis, one.below, other.below),
    left: either(analysis, one.left, other.left),
    stopped: either(analysis, one.stopped, other.stopped),
    returned: either(analysis, one.returned, other.returned),
  };
}

function either<S, N extends AtStatement>({ join }: Analysis<S, N>, one?: S, other?: S): S | undefined {
  return one === undefined ? other : other === undefined ? one : join(one, other);
}

/** From above a statement to wherever a call can go from it. */
function past<S, N extends AtStatement>(statement: Statement, above: S, walk: Walk<S, N>): Exits<S> {
  const call = runIn(statement);
  const ran = call ? throughSub(call, above, walk) : { below: above };
  if (ran.below === undefined) return ran;
  const state = walk.analysis.after(statement, ran.below, hereIn(walk));
  const exits = parting(statement, state, walk);
  return call ? meet(walk.analysis, { ...ran, below: undefined }, exits) : exits;
}

function parting<S, N extends AtStatement>(statement: Statement, state: S, walk: Walk<S, N>): Exits<S> {
  const { analysis } = walk;
  switch (statement.kind) {
    case "hole":
      return { below: state, left: state, stopped: state, returned: state };
    case "hangup":
    case "reject":
    case "redirect":
      return {};
    case "leave":
      return walk.waiting ? { left: state } : { below: state };
    case "stopLoop":
      return walk.looping ? { stopped: state } : { below: state };
    case "return":
      return walk.inSub ? { returned: state } : { below: state };
    case "if":
      return throughIf(statement, state, walk);
    case "match":
      return throughMatch(statement, state, walk);
    case "split":
      return meetAll(
        walk,
        statement.branches.map(({ body }) => into(statement, body, state, walk)),
      );
    case "loop":
      return throughLoop(statement, state, walk);
    case "once":
    case "every":
      return meet(analysis, into(statement, statement.body, state, walk), { below: state });
    case "uninterrupted":
      return into(statement, statement.body, state, walk);
    case "try": {
      const tried = into(statement, statement.body, state, walk);
      // What fails may do so at the first statement or at the last.
      const failed = tried.below === undefined ? state : analysis.join(state, tried.below);
      const caught = statement.handlers.map((handler) => into(statement, handler.body, failed, walk, handler));
      return meetAll(walk, [tried, ...caught]);
    }
    case "queue":
      return throughQueue(statement, state, walk);
    default: {
      if (!isTried(statement)) return { below: state };
      // After the callback there is another call.
      if (statement.kind === "callback" && statement.afterCallback)
        into(statement, statement.afterCallback, state, walk);
      const impossible = impossibleIn(statement);
      analysis.tried?.(statement, impossible);
      return throughHandlers({ of: statement, handlers: statement.handlers, impossible }, state, walk);
    }
  }
}

function meetAll<S, N extends AtStatement>({ analysis }: Walk<S, N>, ways: readonly Exits<S>[]): Exits<S> {
  return ways.reduce((one, other) => meet(analysis, one, other), {});
}

function into<S, N extends AtStatement>(
  of: Statement,
  block: Block,
  state: S,
  walk: Walk<S, N>,
  handler?: Handler,
): Exits<S> {
  const { enter } = walk.analysis;
  const turn: Turn = { into: "block", of, block, ...(handler && { handler }) };
  return throughBlock(block, enter ? enter(turn, state, hereIn(walk)) : state, walk);
}

function passBy<S, N extends AtStatement>(
  of: Statement,
  state: S,
  walk: Walk<S, N>,
  outcomes?: readonly string[],
): Exits<S> {
  const turn: Turn = { into: "none", of, ...(outcomes && { outcomes }) };
  return { below: walk.analysis.enter?.(turn, state, hereIn(walk)) ?? state };
}

function throughIf<S, N extends AtStatement>(first: If, state: S, walk: Walk<S, N>): Exits<S> {
  const ways: Exits<S>[] = [];
  let below: S = state;
  for (let at: If = first; ; ) {
    const always = alwaysOf(at.condition);
    if (always === false || (always && at.else)) walk.analysis.shut?.(at.condition, always);
    if (always !== false) ways.push(into(at, at.then, below, walk));
    const otherwise: Block | If | undefined = at.else;
    if (always === true) break;
    if (otherwise?.kind === "if") {
      below = passBy(at, below, walk).below ?? below;
      at = otherwise;
      continue;
    }
    ways.push(otherwise ? into(at, otherwise, below, walk) : passBy(at, below, walk));
    break;
  }
  return meetAll(walk, ways);
}

function throughMatch<S, N extends AtStatement>(match: Match, state: S, walk: Walk<S, N>): Exits<S> {
  const blocks = [...match.arms.map((arm) => arm.body), ...(match.else ? [match.else] : [])];
  const ways = blocks.map((block) => into(match, block, state, walk));
  if (!fitsAlways(match) && !walk.covered.get(match)) ways.push(passBy(match, state, walk));
  return meetAll(walk, ways);
}

/** A second round starts from what the first one left, if that is more; further rounds find nothing that these two do not. */
function throughLoop<S, N extends AtStatement>(loop: Loop, state: S, outer: Walk<S, N>): Exits<S> {
  const { analysis } = outer;
  const walk = { ...outer, looping: true };
  let round = into(loop, loop.body, state, walk);
  const again = round.below === undefined ? state : analysis.join(state, round.below);
  if (analysis.key(again) !== analysis.key(state)) {
    const told = new Set(walk.notes.map(({ what }) => what.at));
    const notes: Noted<N>[] = [];
    round = into(loop, loop.body, again, { ...walk, notes });
    for (const note of notes) if (!told.has(note.what.at)) walk.notes.push(note);
  }
  const { stopped, ...exits } = round;
  const never = loop.times.kind === "number" && loop.times.value >= 1 ? {} : { below: state };
  return meetAll(walk, [exits, { below: stopped }, never]);
}

const quietly = <S, N extends AtStatement>(analysis: Analysis<S, N>): Analysis<S, N> => ({
  ...analysis,
  dead: undefined,
  shut: undefined,
  tried: undefined,
  done: undefined,
});

/** Beside the wait runs what its body says; it can be cut off anywhere, and goes round again where it comes to its end. */
function throughQueue<S, N extends AtStatement>(queue: Queue, state: S, walk: Walk<S, N>): Exits<S> {
  const plan = queue.by && walk.names.plans.get(queue.by.text);
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const planned = plan && queue.by ? elsewhere(walk, plan, walk.through ?? queue.by) : walk;
  const { whileWaiting } = rules;
  let waited = state;
  let left: S | undefined;
  if (whileWaiting) {
    const where = fromPlan.has(whileWaiting) ? planned : walk;
    const ran = into(queue, whileWaiting, state, { ...where, waiting: true, looping: false, inSub: false });
    left = ran.left;
    const inside = ran.below ?? ran.left;
    if (inside !== undefined) waited = walk.analysis.resume?.(state, inside) ?? state;
  }
  const impossible = impossibleIn(queue, { rules, leaves: left !== undefined });
  walk.analysis.tried?.(queue, impossible);
  const place = (handler: Handler) => (fromPlan.has(handler) ? planned : walk);
  return throughHandlers({ of: queue, handlers: rules.handlers, impossible, left, place }, waited, walk);
}

/** The walk through what stands in another place. What there is to tell of that by itself is told there. */
function elsewhere<S, N extends AtStatement>(
  walk: Walk<S, N>,
  { source, names }: Declared<unknown>,
  through: Name,
): Walk<S, N> {
  return { ...walk, source, names, through, analysis: quietly(walk.analysis) };
}

interface Outcomes<S, N extends AtStatement> {
  of: Tried;
  handlers: readonly Handler[];
  impossible: Impossible;
  /** Where `leave` left the wait. */
  left?: S;
  /** Where a handler stands. */
  place?: (handler: Handler) => Walk<S, N>;
}

/** After an attempt exactly one of its outcomes holds: a handler runs, or none. */
function throughHandlers<S, N extends AtStatement>(
  { of, handlers, impossible, left, place = () => walk }: Outcomes<S, N>,
  start: S,
  walk: Walk<S, N>,
): Exits<S> {
  const { join } = walk.analysis;
  const open = new Set(unhandled(of, handlers, impossible));
  const ways: Exits<S>[] = [];
  let state = start;
  for (const handler of handlers) {
    const names = handler.outcomes.map((outcome) => outcome.name.text);
    if (names.every((name) => impossible[name])) continue;
    const others = names.some((name) => name !== "left");
    const from = left === undefined || !names.includes("left") ? state : others ? join(left, state) : left;
    const way = into(of, handler.body, from, place(handler), handler);
    if (of.kind === "preview" && names.includes("accepted")) {
      // The preview rests meanwhile, and goes on below.
      if (way.below !== undefined) state = join(state, way.below);
      ways.push({ ...way, below: undefined });
    } else if (of.kind === "callback" && names.includes("accepted")) {
      // The place is the callback's now: there is nothing left to wait for here.
      const { below, ...others } = way;
      ways.push(others, walk.waiting ? { left: below } : { below });
    } else ways.push(way);
  }
  if (of.kind === "preview") open.delete("accepted");
  if (of.kind === "callback" && walk.waiting && open.delete("accepted")) ways.push({ left: state });
  if (open.delete("left")) ways.push({ below: left });
  if (open.size > 0) ways.push(passBy(of, state, walk, [...open]));
  return meetAll(walk, ways);
}

/** A sub that is unknown or cannot be run may do anything, as what could not be read. */
function throughSub<S, N extends AtStatement>(call: Run | RunValue, state: S, walk: Walk<S, N>): Exits<S> {
  const { analysis, followed, running } = walk;
  const sub = walk.names.subs.get(call.sub.text);
  if (!sub || running.includes(sub.item) || running.length >= deepest) {
    return { below: analysis.after({ kind: "hole", range: call.range }, state, hereIn(walk)) };
  }
  const { inSub } = analysis;
  const through = walk.through ?? call.sub;
  const above = inSub ? inSub.above : state;
  const key = `${sub.source.path} ${sub.item.name.text} ${walk.waiting} ${analysis.key(above)}`;
  const found = followed.get(key) ?? follow(sub, call, above, walk);
  followed.set(key, found);
  for (const note of found.notes) walk.notes.push({ ...note, through });
  const here = (exit?: S) => (exit === undefined || !inSub ? exit : inSub.below(exit, state, through));
  const [below, left, returned] = [here(found.exits.below), here(found.exits.left), here(found.exits.returned)];
  const late = call.kind === "runValue" && call.within ? { below: state } : {};
  return meetAll(walk, [{ below, left }, { below: returned }, late]);
}

function follow<S, N extends AtStatement>(sub: Declared<Sub>, call: Run | RunValue, state: S, walk: Walk<S, N>) {
  const notes: Noted<N>[] = [];
  const there = elsewhere({ ...walk, notes }, sub, walk.through ?? call.sub);
  const inside = { ...there, looping: false, inSub: true, running: [...walk.running, sub.item] };
  const exits = throughBlock(sub.item.body, state, inside);
  // All of them are told where the sub is run, and there the first of each kind is enough.
  const first = new Map(notes.toReversed().map((note) => [note.what.of, note]));
  return { exits, notes: [...first.values()] };
}
