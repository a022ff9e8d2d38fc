import type { Block, Queue, QueuePlan, QueueRules } from "../ast.ts";
import type { Declared } from "../names.ts";
import { plannedRules } from "../planned.ts";
import { addEnd, addNode, connect, type Spot } from "./canvas.ts";
import type { ChartGroup, LooseEnd } from "./chart.ts";
import { wordsOf } from "./labels.ts";

/** A queue is one node with its timeline; what callers hear meanwhile is drawn beside it. */
export function drawQueue(spot: Spot, queue: Queue, into: LooseEnd[]): LooseEnd[] {
  const plan = queue.by && spot.names.plans.get(queue.by.text);
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const planned = plan && spotOf(plan, spot);
  const where = (part: object): Spot => (planned && fromPlan.has(part) ? planned : spot);
  const head = queue.by ? `queue ${queue.name.text} by ${queue.by.text}` : `queue ${queue.name.text}`;
  const node = addNode(spot, "queue", [head, ...timeline(rules, where)], queue.range, into);
  const from = node.id;
  addEnd(spot, "answered", queue.range, [{ from, label: "answered" }]);
  const left: LooseEnd[] = [];
  if (rules.whileWaiting) drawWaiting({ ...where(rules.whileWaiting), left }, rules.whileWaiting, from);
  const ends: LooseEnd[] = [];
  const open = new Set(["give_up", "nobody"]);
  if (rules.giveUp?.after.kind === "never") open.delete("give_up");
  for (const handler of rules.handlers) {
    const { outcomes, body } = handler;
    for (const { name } of outcomes) open.delete(name.text);
    // `leave` has its own way there.
    const others = outcomes.filter(({ name }) => name.text !== "left");
    const ways = others.length < outcomes.length ? left.splice(0) : [];
    if (others.length > 0) ways.push({ from, label: others.map(({ name }) => name.text).join(", ") });
    ends.push(...spot.drawBlock(where(handler), body, ways));
  }
  if (open.size > 0) ends.push({ from, label: [...open].join(", ") });
  return [...ends, ...left];
}

function spotOf({ source, names }: Declared<QueuePlan>, spot: Spot): Spot {
  return { ...spot, source, names, words: wordsOf(source) };
}

function timeline(rules: QueueRules, where: (part: object) => Spot): string[] {
  const parts = [rules.priority, rules.tier, ...rules.steps, rules.giveUp].filter((part) => part !== undefined);
  return parts.map((part) => where(part).words(part.range));
}

function drawWaiting(spot: Spot, body: Block, from: string): void {
  if (body.statements.length === 0) return;
  const group: ChartGroup = { id: spot.canvas.next(), title: "while waiting", members: [] };
  spot.group.members.push(group);
  const ends = spot.drawBlock({ ...spot, group }, body, [{ from, label: "meanwhile", aside: true }]);
  const start = firstNode(group);
  if (start !== undefined && !endsOnSound(body)) connect(spot, ends, start);
}

function firstNode(group: ChartGroup): string | undefined {
  const [first] = group.members;
  return first && "members" in first ? firstNode(first) : first?.id;
}

/** A body whose last statement sounds without end is not repeated. */
function endsOnSound({ statements }: Block): boolean {
  const last = statements.at(-1);
  return last?.kind === "ringback" || last?.kind === "silence" || (last?.kind === "music" && last.for === undefined);
}
