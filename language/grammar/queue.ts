import type * as ast from "../ast.ts";
import { braced, hole } from "./items.ts";
import { afterHandlers, gather, type Option, option, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** What begins a line of a queue, and what one goes on with. */
const words = (
  "priority tier choose ring offer keep exclude showing at give while on " +
  "rising when then most people or for again add only"
)
  .split(" ")
  .concat("give up", "while waiting", "ring for", "choose by");

export interface Queues {
  queue: Rule<ast.Queue>;
  /** `{ options, timeline, handlers }`, of a queue or of a queue plan. */
  rules: Rule<ast.QueueRules>;
}

/** `queue NAME { … }`, `queue NAME by PLAN { … }` (chapter 5 of the language). */
export function queues(g: Reader, shared: Shared): Queues {
  const rules = queueRules(g, shared);
  const queue = g.rule("queue", (): ast.Queue => {
    const start = g.start();
    g.take(W.queue);
    const name = g.part(shared.values.name);
    const by = g.maybe(() => {
      g.take(W.by);
      return g.part(shared.values.name, 1);
    });
    const mayEnd = g.RECORDING_PHASE || (by !== undefined && !g.isNext(T.LBrace));
    const found = mayEnd ? g.maybe(() => g.part(rules), 1) : g.part(rules);
    return { kind: "queue", range: g.range(start), name, ...(by && { by }), ...(found ?? { steps: [], handlers: [] }) };
  });
  return { queue, rules };
}

function queueRules(g: Reader, shared: Shared): Rule<ast.QueueRules> {
  type Line = Option<ast.QueueRules> | ast.Step | ast.Handler | ast.Hole;
  const lines: Rule<Line>[] = [
    ...order(g, shared),
    ...offering(g, shared),
    ...waiting(g, shared),
    step(g, shared),
    shared.handler,
  ];
  const line = g.oneOf("queueLine", lines, "a line");
  const items = { rule: line, what: "a line of a queue", words, hole };
  return g.rule("queueRules", (): ast.QueueRules => {
    const hasPlan = g.isNext(W.by, -1);
    const said = g.work.findings.length;
    const found = braced(g, items);
    const steps = found.filter((each) => each.kind === "step");
    if (!hasPlan && g.work.findings.length === said) verbs(g, steps);
    const firstHandler = found.findIndex((each) => each.kind === "handler");
    const late = found.find((each, at) => each.kind === "step" && firstHandler !== -1 && at > firstHandler);
    if (late) g.note(afterHandlers(late.range));
    const unread = found.filter((each) => each.kind === "hole");
    const others = found.filter((each) => each.kind !== "step" && each.kind !== "hole");
    return gather<ast.QueueRules>(g, { steps, handlers: [], ...(unread.length > 0 && { unread }) }, others);
  });
}

/** Only the first step has neither `add` nor `only`. Where there is a plan, that may be a step of the plan. */
function verbs(g: Reader, steps: ast.Step[]): void {
  for (const [nth, { verb, range }] of steps.entries()) {
    if (nth === 0 && verb !== "start") {
      g.note({ code: "S107", message: `the first step of a queue has no \`${verb}\``, range });
    } else if (nth > 0 && verb === "start") {
      const hint = "`add` joins these targets to those before, `only` replaces them";
      g.note({ code: "S107", message: "a later step says `add` or `only` after its time", range, hint });
    }
  }
}

/** In which order calls wait. */
function order(g: Reader, { values, expressions: { expression } }: Shared): Rule<Option<ast.QueueRules>>[] {
  const rising = g.rule("rising", () => {
    g.take(W.rising);
    const by = g.part(expression, 0);
    g.take(W.every);
    const every = g.part(expression, 1);
    g.take(W.up);
    g.take(W.to);
    const upTo = g.part(expression, 2);
    return { by, every, upTo };
  });
  const priority = option<ast.QueueRules>(g, "priority", "priority", () => {
    const start = g.start();
    g.take(W.priority);
    const base = g.part(expression);
    const rise = g.maybe(() => g.part(rising));
    return { priority: { range: g.range(start), base, ...(rise && { rising: rise }) } };
  });
  const tier = option<ast.QueueRules>(g, "tier", "tier", () => {
    const start = g.start();
    g.take(W.tier);
    const name = g.part(values.name);
    const when = g.maybe(() => {
      g.take(W.when);
      return g.part(expression);
    });
    return { tier: { range: g.range(start), name, ...(when && { when }) } };
  });
  const keep = option<ast.QueueRules>(g, "keep", "keep place of", () => {
    g.take(W.keep);
    g.take(W.place);
    g.take(W.of);
    return { keepPlaceOf: g.part(expression) };
  });
  return [priority, tier, keep];
}

/** How people are rung. */
function offering(g: Reader, { expressions, lines }: Shared): Rule<Option<ast.QueueRules>>[] {
  const { expression } = expressions;
  const ringFor = option<ast.QueueRules>(g, "ringFor", "ring for", () => {
    g.take(W.ring);
    g.take(W.for);
    return { ringFor: g.part(expression) };
  });
  const offerTo = option<ast.QueueRules>(g, "offerTo", "offer to at most", () => {
    g.take(W.offer);
    g.take(W.to);
    g.take(W.at);
    g.take(W.most);
    const most = g.part(expression);
    g.take(W.people);
    return { offerTo: most };
  });
  const exclude = option<ast.QueueRules>(g, "exclude", "exclude", () => {
    g.take(W.exclude);
    return { exclude: g.part(expression) };
  });
  return [lines.choose, ringFor, offerTo, exclude, lines.showing];
}

function waiting(g: Reader, { lines, block }: Shared): Rule<Option<ast.QueueRules>>[] {
  const whileWaiting = option<ast.QueueRules>(g, "whileWaiting", "while waiting", () => {
    g.take(W.while);
    g.take(W.waiting);
    return { whileWaiting: g.part(block) };
  });
  return [lines.giveUp, whileWaiting];
}

/** `at 1m30s or as soon as … add group Backoffice when …`: one line of the timeline. */
function step(g: Reader, { values, expressions: { expression }, targets }: Shared): Rule<ast.Step> {
  return g.rule("step", (): ast.Step => {
    const start = g.start();
    g.take(W.at);
    const at = g.part(values.literal);
    const asSoonAs = g.maybe(() => {
      g.take(W.or);
      g.take(W.as);
      g.take(W.soon);
      g.take(W.as, 1);
      return g.part(expression, 0);
    }, 1);
    if (asSoonAs) g.work.marks.wide.add(g.start());
    const verb = g.maybe(() => g.word(["add", "only"], "`add` or `only`")) ?? "start";
    const found = g.commas(targets.whomFor);
    const when = g.maybe(() => {
      g.take(W.when);
      return g.part(expression, 1);
    }, 2);
    const node: ast.Step = { kind: "step", range: g.range(start), at, verb, targets: found };
    return { ...node, ...(asSoonAs && { asSoonAs }), ...(when && { when }) };
  });
}
