import type { CheckedProgram, Directory, Expr, Queue, Statement, Step } from "../../language/index.ts";
import type { Agent } from "../agent.ts";
import type { Call } from "../call.ts";
import type { CallId, Millis } from "../events.ts";
import { limits } from "../limits.ts";

/*
 * Who should get whom, worked out the slow and obvious way: every waiting call against every ready agent, straight from the
 * tree and the directory. It shares nothing with the engine but the facts of calls and agents, and knows only what the
 * fault tests use: steps `when` a field of the call's data is something or a queue is longer than something, skills with literal
 * levels, groups, agents.
 */

export interface Pair {
  call: CallId;
  agent: string;
}

/** The pairs that must be made now, in the documented order of calls, each with the agent of its block's choice. */
export function pairsDue(
  checked: CheckedProgram,
  calls: readonly Call[],
  agents: readonly Agent[],
  now: Millis,
): Pair[] {
  // What each has in hand, here and with what is given to him here.
  const hands = new Map(
    agents.map(({ id, work }) => [id, work.map((each) => ("call" in each ? each.call : "work after one"))]),
  );
  const handsOf = (id: string): string[] => hands.get(id) ?? [];
  const isFree = ({ id, capacity, claims }: Agent, call: CallId): boolean =>
    handsOf(id).length < capacity &&
    !handsOf(id).includes(call) &&
    !Object.values(claims).some(({ state }) => state !== "ready");
  if (!agents.some((agent) => isFree(agent, "any"))) return [];
  const blocks = queueBlocks(checked);
  const waiting = calls.filter((call) => call.queued?.joined && roomOf(call) > 0);
  waiting.sort((a, b) => comparePlaces(a, b, now));
  const pairs: Pair[] = [];
  for (const call of waiting) {
    const name = call.queued?.name ?? "";
    const block = blocks.get(name);
    const able = agents.filter(({ id }) => mayServe(id, call, block, checked.directory, now, calls));
    const free = able.filter((one) => isFree(one, call.id) && isRested(one.id, call, able, checked.directory, now));
    free.sort((a, b) => compareAgents(a, b, block, checked.directory, (id) => handsOf(id).length));
    for (const { id } of free.slice(0, roomOf(call))) {
      handsOf(id).push(call.id);
      pairs.push({ call: call.id, agent: id });
    }
  }
  return pairs;
}

/** How many people more may be rung for a call. */
function roomOf({ queued, offers, callback, wait, away }: Call): number {
  const passedOver =
    away || queued?.heldUntil !== undefined || wait.for === "offers" || callback?.placing || callback?.resting;
  if (passedOver) return 0;
  return (queued?.most ?? 0) - offers.filter(({ agent }) => agent !== undefined).length;
}

/** A pair that failed rests for a minute; for the cool-down only, when nobody else could be reached for this call. */
function isRested(id: string, call: Call, able: readonly Agent[], directory: Directory, now: Millis): boolean {
  const failedAt = call.failures[id];
  if (failedAt === undefined || now - failedAt >= limits.pairRest) return true;
  if (now - failedAt < directory.defaults.coolDownMs) return false;
  return !able.some(
    (other) => other.id !== id && !Object.values(other.claims).some(({ state }) => state === "offline"),
  );
}

function comparePlaces(a: Call, b: Call, now: Millis): number {
  const [left, right] = [a.queued?.place, b.queued?.place];
  if (!left || !right) return 0;
  const score = (place: typeof left) =>
    Math.min(place.upTo, place.base + (place.by * (now - place.since)) / place.every);
  return (
    left.tier - right.tier || score(right) - score(left) || left.since - right.since || left.sequence - right.sequence
  );
}

/** By the terms of the block, without any by `longest_idle`; then who has less in hand, the last tie by name. */
function compareAgents(
  a: Agent,
  b: Agent,
  block: Queue | undefined,
  directory: Directory,
  inHand: (id: string) => number,
): number {
  const terms = block?.choose?.map(({ name, skill }) => ({ name: name.text, skill: skill?.text ?? "" })) ?? [];
  for (const { name, skill } of terms.length > 0 ? terms : [{ name: "longest_idle", skill: "" }]) {
    const key = (agent: Agent) => chooserKey(name, skill, agent, directory);
    if (name === "longest_idle" && inHand(a.id) !== inHand(b.id)) return inHand(a.id) - inHand(b.id);
    if (key(a) !== key(b)) return key(a) - key(b);
  }
  if (inHand(a.id) !== inHand(b.id)) return inHand(a.id) - inHand(b.id);
  return a.id < b.id ? -1 : 1;
}

function chooserKey(name: string, skill: string, agent: Agent, directory: Directory): number {
  if (name === "best_skill") return -(directory.agents[agent.id]?.skills[skill] ?? -Infinity);
  if (name === "least_occupied") return agent.busyMs;
  if (name === "fewest_calls") return agent.calls;
  return agent.idleSince;
}

function mayServe(
  id: string,
  call: Call,
  block: Queue | undefined,
  directory: Directory,
  now: Millis,
  calls: readonly Call[],
): boolean {
  const { queued } = call;
  if (!queued || queued.exclude.includes(id)) return false;
  if (!block) return directory.groups[queued.name]?.members.includes(id) ?? false;
  let may = false;
  for (const step of block.steps) {
    if (durationMs(step.at) > now - queued.enteredAt) continue;
    if (step.when && !isSo(step.when, call, calls)) continue;
    if (step.verb === "only") may = false;
    may ||= isTarget(id, step, directory);
  }
  return may;
}

/** `call.data.NAME == yes` and `waiting(queue NAME) > 1`. */
function isSo(when: Expr, call: Call, calls: readonly Call[]): boolean {
  if (when.kind === "binary" && when.left.kind === "member" && when.right.kind === "yesno") {
    return call.data[when.left.name.text] === when.right.value;
  }
  if (when.kind === "binary" && when.left.kind === "apply" && when.right.kind === "number") {
    const [queue] = when.left.args;
    const name = queue?.kind === "thing" && queue.name.kind === "name" ? queue.name.text : "";
    return calls.filter(({ queued }) => queued?.joined && queued.name === name).length > when.right.value;
  }
  throw new Error(`the reference matcher does not know a condition that is a ${when.kind}`);
}

function isTarget(id: string, step: Step, directory: Directory): boolean {
  return step.targets.some((target) => {
    if (target.kind === "skilled") return holds(target.condition, id, directory);
    return target.thing.kind === "thing" && holds(target.thing, id, directory);
  });
}

function holds(condition: Expr, id: string, directory: Directory): boolean {
  if (condition.kind === "thing") {
    const name = condition.name.kind === "name" ? condition.name.text : "";
    return condition.noun === "agent" ? name === id : (directory.groups[name]?.members.includes(id) ?? false);
  }
  if (condition.kind === "unary") return !holds(condition.operand, id, directory);
  if (condition.kind !== "binary") throw new Error(`the reference matcher does not know ${condition.kind}`);
  const { op, left, right } = condition;
  if (op === "and") return holds(left, id, directory) && holds(right, id, directory);
  if (op === "or") return holds(left, id, directory) || holds(right, id, directory);
  const level = left.kind === "variable" ? directory.agents[id]?.skills[left.name] : undefined;
  if (level === undefined || right.kind !== "number") return false;
  return op === ">=" ? level >= right.value : op === ">" ? level > right.value : op === "<" && level < right.value;
}

function durationMs(expr: Expr): number {
  return expr.kind === "duration" ? expr.ms : 0;
}

const known = new WeakMap<CheckedProgram, Map<string, Queue>>();

function queueBlocks(checked: CheckedProgram): Map<string, Queue> {
  const found = known.get(checked);
  if (found) return found;
  const blocks = new Map<string, Queue>();
  known.set(checked, blocks);
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "queue") blocks.set(statement.name.text, statement);
      if ("handlers" in statement) for (const { body } of statement.handlers) visit(body.statements);
      if (statement.kind === "if") visit(statement.then.statements);
    }
  };
  for (const { strategy } of checked.strategies) visit(strategy.body.statements);
  return blocks;
}
