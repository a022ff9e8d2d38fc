import type { Expr, Queue, QueueRules, Step, Target } from "../ast.ts";
import { fixedName } from "../checks/things.ts";
import { type Condition, meets } from "../directory/condition.ts";
import type { Directory } from "../directory/directory.ts";
import { conditionOf } from "../directory/where.ts";
import { noNames, type ReadFile, resolveNames } from "../names.ts";
import { plannedRules } from "../planned.ts";
import type { Range, Source } from "../source.ts";
import { walk } from "../walk.ts";
import { wordsOf } from "./labels.ts";

/** A queue block as people draw it: who may take the call, from when until when. */
export interface QueueTimeline {
  queue: string;
  path: string;
  range: Range;
  steps: TimelineStep[];
  /** When callers are given up on; `never`, or only in words where it is computed. */
  giveUp?: TimelineMoment;
  /** Lines that hold all the time, in the author's words: priority, tier, choose, ring. */
  rules: string[];
}

export interface TimelineMoment {
  text: string;
  path: string;
  range: Range;
  /** Milliseconds after the call has joined; absent where it is computed for each call. */
  at?: number;
}

export interface TimelineStep extends TimelineMoment {
  verb: Step["verb"];
  /** Whom it means by the directory as it stands; absent where that hangs on the call, or means nobody of ours. */
  people?: string[];
  /** Holds only under a condition. */
  isConditional: boolean;
}

/** The timelines of all queue blocks, in the order of the texts; those of a plan have its lines. */
export function timelines(files: readonly ReadFile[], directory: Directory): QueueTimeline[] {
  const { names } = resolveNames(files);
  return files.flatMap(({ source, file }) => {
    const found: QueueTimeline[] = [];
    walk(file, (node) => {
      if (node.kind === "queue") found.push(timelineOf(node, source, names.get(source.path) ?? noNames(), directory));
    });
    return found;
  });
}

type Plans = ReturnType<typeof noNames>;

function timelineOf(queue: Queue, source: Source, { plans }: Plans, directory: Directory): QueueTimeline {
  const plan = queue.by && plans.get(queue.by.text);
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const sourceOf = (part: object): Source => (plan && fromPlan.has(part) ? plan.source : source);
  const moment = (part: { range: Range }, at: Expr): TimelineMoment => {
    const { path, text } = { path: sourceOf(part).path, text: wordsOf(sourceOf(part))(part.range) };
    return { text, path, range: part.range, ...(at.kind === "duration" && { at: at.ms }) };
  };
  const { giveUp } = rules;
  return {
    queue: queue.name.text,
    path: source.path,
    range: queue.range,
    steps: rules.steps.map((step) => ({
      ...moment(step, step.at),
      verb: step.verb,
      people: peopleOf(step, sourceOf(step), directory),
      isConditional: step.when !== undefined || step.asSoonAs !== undefined,
    })),
    giveUp: giveUp && moment(giveUp, giveUp.after),
    rules: ruled(rules, (part) => wordsOf(sourceOf(part))(part.range)),
  };
}

function ruled({ priority, tier, ringFor, offerTo }: QueueRules, words: (part: { range: Range }) => string): string[] {
  const lines = [
    priority && words(priority),
    tier && words(tier),
    ringFor && `ring for ${words(ringFor)}`,
    offerTo && `offer to at most ${words(offerTo)} people`,
  ];
  return lines.filter((line) => line !== undefined);
}

function peopleOf({ targets }: Step, source: Source, directory: Directory): string[] | undefined {
  const conditions = targets.map((target) => meant(target, source, directory));
  if (conditions.some((one) => one === undefined)) return undefined;
  return Object.values(directory.agents)
    .filter((agent) => conditions.some((one) => one?.(agent)))
    .map(({ name }) => name);
}

type Agent = Directory["agents"][string];

/** Who is meant, as a question to each agent. */
function meant(target: Target, source: Source, directory: Directory): ((agent: Agent) => boolean) | undefined {
  const { groups, sites } = directory;
  const asked = (condition: Condition) => (agent: Agent) =>
    meets(condition, agent, (to, name) => {
      const places = to === "group" ? groups : sites;
      return Object.hasOwn(places, name) && (places[name]?.members.includes(agent.id) ?? false);
    });
  const expr = target.kind === "skilled" ? target.condition : target.thing;
  if (expr.kind === "thing" && expr.noun === "agent") {
    const id = fixedName(expr.name);
    return id === undefined ? undefined : (agent) => agent.id === id;
  }
  const condition = conditionOf(expr, source, directory);
  return condition && asked(condition);
}
