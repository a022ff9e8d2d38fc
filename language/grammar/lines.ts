import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import { rangeOf } from "./lex.ts";
import { type Option, option } from "./option.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";
import { binding, type Values } from "./values.ts";

const { W } = T;

/** Lines that stand in the blocks of several attempts. */
export interface Lines {
  choose: Rule<Option<{ choose?: ast.Chooser[] }>>;
  showing: Rule<Option<{ showing?: ast.Record_ }>>;
  giveUp: Rule<Option<{ giveUp?: { range: ast.Hole["range"]; after: ast.Expr } }>>;
  uui: Rule<Option<{ uui?: ast.Uui }>>;
  header: Rule<ast.HeaderLine>;
}

export function lines(g: Reader, values: Values, { expression, record }: Expressions): Lines {
  const showing = option<{ showing?: ast.Record_ }>(g, "showing", "showing", () => {
    g.take(W.showing);
    return { showing: g.part(record) };
  });
  return { choose: choosing(g, values), showing, giveUp: giveUp(g, expression), ...sentAlong(g, values, expression) };
}

/** `choose by best_skill(billing) then longest_idle` */
function choosing(g: Reader, values: Values): Lines["choose"] {
  const chooser = g.rule("chooser", (): ast.Chooser => {
    const start = g.start();
    const name = joined(g, g.part(values.name));
    const skill = g.maybe(() => binding(g, values.name));
    return { kind: "chooser", range: g.range(start), name, ...(skill && { skill }) };
  });
  return option<{ choose?: ast.Chooser[] }>(g, "choose", "choose by", () => {
    g.take(W.choose);
    g.take(W.by);
    const found = [g.part(chooser)];
    g.each(() => {
      g.take(W.then);
      found.push(g.part(chooser, 1));
    });
    return { choose: found };
  });
}

/** `longest-idle` is one name: parts that `-` joins were meant to be joined by `_`. */
function joined(g: Reader, first: ast.Name): ast.Name {
  if (!g.isNext(T.Minus)) return first;
  let { text } = first;
  while (g.isNext(T.Minus) && g.isNext(T.AnyName, 2)) {
    g.pass();
    text += `_${g.pass().image}`;
  }
  const range = g.range(first.range.start);
  const message = `\`${g.work.text.slice(range.start, range.end)}\` is no name`;
  g.note({ code: "S101", message, range, hint: `did you mean \`${text}\`?`, write: text });
  return { ...first, range, text };
}

/** `give up after 8m`, `give up never` */
function giveUp(g: Reader, expression: Rule<ast.Expr>): Lines["giveUp"] {
  const limit = g.rule("giveUpAfter", () => {
    g.take(W.after);
    return g.part(expression);
  });
  const never = g.rule("giveUpNever", (): ast.Never => ({ kind: "never", range: rangeOf(g.take(W.never)) }));
  const time = g.oneOf<ast.Expr>("giveUpTime", [limit, never], "`after` or `never`");
  return option(g, "giveUp", "give up", () => {
    const start = g.start();
    g.take(W.give);
    g.take(W.up);
    const after = g.part(time);
    return { giveUp: { range: g.range(start), after } };
  });
}

/** `uui "00" json { … }` and `header "X-Topic" = …`: what is sent along with a call. */
function sentAlong(g: Reader, values: Values, expression: Rule<ast.Expr>): Pick<Lines, "uui" | "header"> {
  const uui = option<{ uui?: ast.Uui }>(g, "uui", "uui", () => {
    const start = g.start();
    g.take(W.uui);
    const discriminator = g.maybe(() => g.part(values.plainText));
    const encoding = g.word(["json", "hex", "text"], "`json`, `hex` or `text`");
    const value = g.part(expression);
    const node: ast.Uui = { kind: "uui", range: g.range(start), encoding, value };
    return { uui: { ...node, ...(discriminator && { discriminator }) } };
  });
  const header = g.rule("header", (): ast.HeaderLine => {
    const start = g.start();
    g.take(W.header);
    const name = g.part(values.plainText);
    g.take(T.Assign);
    const value = g.part(expression);
    return { kind: "header", range: g.range(start), name, value };
  });
  return { uui, header };
}
