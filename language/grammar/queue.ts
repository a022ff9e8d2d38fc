import type * as ast from "../ast.ts";
import { binding } from "./values.ts";
import { braced, refuse, refuseItem } from "./items.ts";
import { rangeOf } from "./lex.ts";
import { afterHandlers, gather, type Option, option, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { notYet } from "./recovery.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** What begins a line of a queue, and what one goes on with. */
const words =
  "priority tier choose ring keep exclude showing at give while on offer rising when then for again add only".split(
    " ",
  );

/** `queue NAME { options, timeline, handlers }` (chapter 5 of the language). */
export function queue(g: Reader, shared: Shared): Rule<ast.Queue> {
  const lines: Rule<Option<ast.Queue> | ast.Step | ast.Handler>[] = [
    ...order(g, shared),
    ...offering(g, shared),
    ...waiting(g, shared),
    step(g, shared),
    shared.handler,
    later(g),
  ];
  const line = g.oneOf("queueLine", lines, "a line");
  const items = { rule: line, what: "a line of a queue", words };

  return g.rule("queue", (): ast.Queue => {
    const start = g.start();
    g.take(W.queue);
    const name = g.part(shared.values.name);
    if (g.isNext(W.by)) g.report(notYet(g.next()));
    const said = g.work.findings.length;
    const found = braced(g, items);
    const steps = found.filter((each) => each.kind === "step");
    const node: ast.Queue = { kind: "queue", range: g.range(start), name, steps, handlers: [] };
    if (g.work.findings.length === said) verbs(g, steps);
    const firstHandler = found.findIndex((each) => each.kind === "handler");
    const late = found.find((each, at) => each.kind === "step" && firstHandler !== -1 && at > firstHandler);
    if (late) g.note(afterHandlers(late.range));
    return gather(
      g,
      node,
      found.filter((each) => each.kind !== "step"),
    );
  });
}

/** Only the first step has neither `add` nor `only`. */
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
function order(g: Reader, { values, expressions: { expression } }: Shared): Rule<Option<ast.Queue>>[] {
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
  const priority = option<ast.Queue>(g, "priority", "priority", () => {
    const start = g.start();
    g.take(W.priority);
    const base = g.part(expression);
    const rise = g.maybe(() => g.part(rising));
    return { priority: { range: g.range(start), base, ...(rise && { rising: rise }) } };
  });
  const tier = option<ast.Queue>(g, "tier", "tier", () => {
    const start = g.start();
    g.take(W.tier);
    const name = g.part(values.name);
    const when = g.maybe(() => {
      g.take(W.when);
      return g.part(expression);
    });
    return { tier: { range: g.range(start), name, ...(when && { when }) } };
  });
  const keep = option<ast.Queue>(g, "keep", "keep place of", () => {
    g.take(W.keep);
    g.take(W.place);
    g.take(W.of);
    return { keepPlaceOf: g.part(expression) };
  });
  return [priority, tier, keep];
}

/** How people are chosen and rung. */
function offering(g: Reader, { values, expressions }: Shared): Rule<Option<ast.Queue>>[] {
  const { expression, record } = expressions;
  const chooser = g.rule("chooser", (): ast.Chooser => {
    const start = g.start();
    const name = g.part(values.name);
    const skill = g.maybe(() => binding(g, values.name));
    return { kind: "chooser", range: g.range(start), name, ...(skill && { skill }) };
  });
  const choose = option<ast.Queue>(g, "choose", "choose by", () => {
    g.take(W.choose);
    g.take(W.by);
    const found = [g.part(chooser)];
    g.each(() => {
      g.take(W.then);
      found.push(g.part(chooser, 1));
    });
    return { choose: found };
  });
  const ringFor = option<ast.Queue>(g, "ringFor", "ring for", () => {
    g.take(W.ring);
    g.take(W.for);
    return { ringFor: g.part(expression) };
  });
  const exclude = option<ast.Queue>(g, "exclude", "exclude", () => {
    g.take(W.exclude);
    return { exclude: g.part(expression) };
  });
  const showing = option<ast.Queue>(g, "showing", "showing", () => {
    g.take(W.showing);
    return { showing: g.part(record) };
  });
  return [choose, ringFor, exclude, showing];
}

function waiting(g: Reader, { expressions: { expression }, block }: Shared): Rule<Option<ast.Queue>>[] {
  const limit = g.rule("giveUpAfter", () => {
    g.take(W.after);
    return g.part(expression);
  });
  const never = g.rule("giveUpNever", (): ast.Never => ({ kind: "never", range: rangeOf(g.take(W.never)) }));
  const giveUp = option<ast.Queue>(g, "giveUp", "give up", () => {
    const start = g.start();
    g.take(W.give);
    g.take(W.up);
    const after = g.either<ast.Expr>([() => g.part(limit), () => g.part(never)], "`after` or `never`");
    return { giveUp: { range: g.range(start), after } };
  });
  const whileWaiting = option<ast.Queue>(g, "whileWaiting", "while waiting", () => {
    g.take(W.while);
    g.take(W.waiting);
    return { whileWaiting: g.part(block) };
  });
  return [giveUp, whileWaiting];
}

/** `at 1m30s add group Backoffice when …`: one line of the timeline. */
function step(g: Reader, { values, expressions }: Shared): Rule<ast.Step> {
  const { expression, thing } = expressions;
  const skilled = g.rule("skilled", (): ast.SkillTarget => {
    const start = g.start();
    g.take(W.agents);
    g.take(W.with);
    const condition = g.part(expression);
    return { kind: "skilled", range: g.range(start), condition };
  });
  const againEvery = g.rule("again", () => {
    g.take(W.again);
    g.take(W.every);
    return g.part(expression);
  });
  const outside = g.rule("target", (): ast.ThingTarget => {
    const start = g.start();
    const named = g.part(thing);
    const ringing = g.maybe(() => {
      g.take(W.for);
      const time = g.part(expression);
      const again = g.maybe(() => g.part(againEvery), 1);
      return { for: time, ...(again && { againEvery: again }) };
    });
    return { kind: "target", range: g.range(start), thing: named, ...ringing };
  });
  const whom = "a target\n`agents with …`, `group …`, `agent …` or `number …`";
  const target = g.oneOf<ast.Target>("targets", [skilled, outside], whom);

  return g.rule("step", (): ast.Step => {
    const start = g.start();
    g.take(W.at);
    const at = g.part(values.literal);
    if (g.isNext(W.or)) refuse(g);
    const verb = g.maybe(() => g.word(["add", "only"], "`add` or `only`")) ?? "start";
    const found = g.commas(target);
    const when = g.maybe(() => {
      g.take(W.when);
      return g.part(expression);
    }, 1);
    return { kind: "step", range: g.range(start), at, verb, targets: found, ...(when && { when }) };
  });
}

/** `offer to at most 3 people` is not part of this version. */
function later(g: Reader): Rule<Option<ast.Queue>> {
  return option<ast.Queue>(g, "laterQueueLine", "offer", () => {
    if (!g.RECORDING_PHASE) refuseItem(g);
    g.take(W.offer);
    return {};
  });
}
