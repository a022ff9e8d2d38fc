import type * as ast from "../ast.ts";
import { nested } from "./holes.ts";
import { braced } from "./items.ts";
import { arms } from "./match.ts";
import type { Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** What runs next, and how often (chapter 4 of the language). */
export function flow(g: Reader, shared: Shared): Rule<ast.Statement>[] {
  return [...choices(g, shared), ...rounds(g, shared), split(g, shared)];
}

function choices(g: Reader, { values, expressions: { head }, block }: Shared): Rule<ast.Statement>[] {
  const if_: Rule<ast.If> = g.rule("if", (): ast.If => {
    const start = g.start();
    g.take(W.if);
    const condition = g.part(head);
    const then = g.part(block);
    const otherwise = g.maybe(() => {
      g.take(W.else);
      const another = (): ast.If => nested(g, () => g.part(if_), 1 / 8);
      return g.either<ast.Block | ast.If>([() => g.part(block, 1), another], "`{` or `if`");
    });
    // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
    return { kind: "if", range: g.range(start), condition, then, ...(otherwise && { else: otherwise }) };
  });
  const body = arms(g, "block", values.pattern, block);
  const match = g.rule("match", (): ast.Statement => {
    const start = g.start();
    g.take(W.match);
    const subject = g.part(head);
    const { arms: found, otherwise } = g.part(body);
    return { kind: "match", range: g.range(start), subject, arms: found, ...(otherwise && { else: otherwise }) };
  });
  return [if_, match];
}

/** `once { … }`, `loop 3 times { … }`, `every 2m { … }`, `uninterrupted { … }`, `wait 2s` */
function rounds(g: Reader, { expressions: { head }, block }: Shared): Rule<ast.Statement>[] {
  const inBraces = (kind: "once" | "uninterrupted"): Rule<ast.Statement> =>
    g.rule(kind, () => {
      const start = g.start();
      g.take(W[kind]);
      const body = g.part(block);
      return { kind, range: g.range(start), body };
    });
  const loop = g.rule("loop", (): ast.Statement => {
    const start = g.start();
    g.take(W.loop);
    const times = g.part(head);
    g.take(W.times);
    const body = g.part(block);
    return { kind: "loop", range: g.range(start), times, body };
  });
  const stopLoop = g.rule("stopLoop", (): ast.Statement => {
    const start = g.start();
    g.take(W.stop);
    g.take(W.loop);
    return { kind: "stopLoop", range: g.range(start) };
  });
  const every = g.rule("every", (): ast.Statement => {
    const start = g.start();
    g.take(W.every);
    const time = g.part(head);
    const body = g.part(block);
    return { kind: "every", range: g.range(start), every: time, body };
  });
  const wait = g.rule("wait", (): ast.Statement => {
    const start = g.start();
    g.take(W.wait);
    const time = g.part(head);
    return { kind: "wait", range: g.range(start), for: time };
  });
  return [inBraces("once"), inBraces("uninterrupted"), loop, stopLoop, every, wait];
}

/** `split by call.from { 60% madrid { … } … }` */
function split(g: Reader, { values, expressions: { head }, block }: Shared): Rule<ast.Statement> {
  const branch = g.rule("branch", (): ast.Branch => {
    const start = g.start();
    const share = g.part(values.percent);
    const label = g.part(values.name);
    const body = g.part(block);
    return { kind: "branch", range: g.range(start), share, label, body };
  });
  const hint = "a branch is written `60% madrid { … }`";
  const branches = { rule: branch, what: "a branch of `split`", words: [], hint };
  return g.rule("split", (): ast.Statement => {
    const start = g.start();
    g.take(W.split);
    const by = g.maybe(() => {
      g.take(W.by);
      return g.part(head);
    });
    const found = braced(g, branches);
    return { kind: "split", range: g.range(start), ...(by && { by }), branches: found };
  });
}
