import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";
import { nameOf } from "./values.ts";

const { W } = T;

/** What the caller hears, and what is recorded of him (chapter 4 of the language). */
export function treatments(g: Reader, { expression, head }: Expressions): Rule<ast.Statement>[] {
  const answer = g.rule("answer", (): ast.Statement => {
    const start = g.start();
    g.take(W.answer);
    const ringing = g.maybe(() => {
      g.take(W.with);
      return g.take(W.ringback);
    });
    return { kind: "answer", range: g.range(start), withRingback: ringing !== undefined };
  });
  const play = g.rule("play", (): ast.Statement => {
    const start = g.start();
    g.take(W.play);
    const prompt = g.part(expression);
    const otherwise = g.maybe(() => {
      g.take(W.else);
      return g.part(head);
    });
    return { kind: "play", range: g.range(start), prompt, ...(otherwise && { otherwise }) };
  });
  const say = g.rule("say", (): ast.Statement => {
    const start = g.start();
    g.take(W.say);
    const values = g.commas(expression);
    return { kind: "say", range: g.range(start), values };
  });
  const music = g.rule("music", (): ast.Statement => {
    const start = g.start();
    g.take(W.music);
    const name = g.part(expression);
    const time = g.maybe(() => {
      g.take(W.for);
      return g.part(head);
    });
    return { kind: "music", range: g.range(start), name, ...(time && { for: time }) };
  });
  const record = g.rule("recordCall", (): ast.Statement => {
    const start = g.start();
    g.take(W.record);
    const what = g.word(["call", "pause", "resume"], "`call`, `pause` or `resume`");
    return { kind: "recordCall", range: g.range(start), what };
  });
  return [answer, play, say, music, record, bare(g, "ringback"), bare(g, "silence")];
}

/** What ends the call, its wait or its way through here. */
export function endings(g: Reader, { expression }: Expressions): Rule<ast.Statement>[] {
  const reject = g.rule("reject", (): ast.Statement => {
    const start = g.start();
    g.take(W.reject);
    const code = g.part(expression);
    return { kind: "reject", range: g.range(start), code };
  });
  const redirect = g.rule("redirect", (): ast.Statement => {
    const start = g.start();
    g.take(W.redirect);
    g.take(W.to);
    const to = g.part(expression);
    return { kind: "redirect", range: g.range(start), to };
  });
  return [bare(g, "hangup"), bare(g, "leave"), reject, redirect];
}

/** A statement of one word. */
function bare(g: Reader, kind: "ringback" | "silence" | "hangup" | "leave"): Rule<ast.Statement> {
  return g.rule(kind, () => ({ kind, range: nameOf(g.take(W[kind])).range }));
}
