import type * as ast from "../ast.ts";
import { beginList, endList, onLine, longest, orHole, stick, tooLong, valueHere } from "./holes.ts";
import { arms } from "./match.ts";
import type { Reader, Rule } from "./reader.ts";
import { type Finding, unexpected } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";
import { nameOf, plainOf, type Values } from "./values.ts";

const { W } = T;

/** What operands are made of; `inner` is an expression between brackets, `expression` comes last, since the others make it up. */
interface Parts {
  values: Values;
  thing: Rule<ast.Thing>;
  head: Rule<ast.Expr>;
  inner: Rule<ast.Expr>;
  expression: () => Rule<ast.Expr>;
}

interface Operands {
  primary: Rule<ast.Expr>;
  record: Rule<ast.Record_>;
  list: Rule<ast.List>;
  args: Rule<ast.Expr[]>;
}

/** What stands between operators (chapter 2 of the language). */
export function operands(g: Reader, { values, thing, head, inner, expression }: Parts): Operands {
  const record = records(g, values, inner);
  const list = lists(g, inner);
  const args = given(g, inner);
  const all: Rule<ast.Expr>[] = [
    named(g, args),
    values.literal,
    thing,
    record,
    list,
    bracketed(g, inner),
    choice(g, expression),
    matchValue(g, values, head, inner),
  ];
  return { primary: g.oneOf("primary", all, "a value"), record, list, args };
}

type Access = Omit<ast.Member, "object"> | Omit<ast.Index, "object">;

/** A value and what is looked up in it: `.name`, `["key"]`. After the dot every word is a name. */
export function accessed(g: Reader, primary: Rule<ast.Expr>, inner: Rule<ast.Expr>): Rule<ast.Expr> {
  const member = g.rule("member", (): Access => {
    g.take(T.Dot);
    onLine(g, "a name");
    const name = nameOf(g.take(T.AnyName));
    return { kind: "member", range: name.range, name };
  });
  const index = g.rule("index", (): Access => {
    const start = g.start();
    stick(g);
    g.take(T.LBracket);
    const key = g.part(inner);
    g.take(T.RBracket);
    return { kind: "index", range: g.range(start), key };
  });
  const access = g.oneOf("access", [member, index], "an access");

  const read = (): ast.Expr => {
    valueHere(g);
    const start = g.start();
    let value = kindWord(g) ?? g.part(primary);
    let steps = 0;
    g.each(() => {
      if (++steps > longest) tooLong(g);
      const step = g.part(access);
      value = { ...step, range: g.range(start), object: value };
    });
    if (value.kind === "member" && g.next().tokenType === T.LParen && g.next().startOffset === value.range.end)
      g.fail(noMethod(g));
    return value;
  };
  return g.rule("operand", (): ast.Expr => orHole(g, read));
}

/** `kind == agent`: where no name follows, the noun is the word for a kind of people. */
function kindWord(g: Reader): ast.Expr | undefined {
  if (!g.isNext(T.Noun) || g.next().image !== "agent") return undefined;
  const compared = g.isNext(T.Compare, 0) && g.next(-1).image === "kind" && !g.isNext(T.Dot, -2);
  if (!compared || (g.isOnSameLine(2) && (g.isNext(T.Identifier, 2) || g.isNext(T.Text, 2)))) return undefined;
  const { text, range } = nameOf(g.pass());
  return { kind: "variable", range, name: text };
}

function noMethod(g: Reader): Finding {
  return {
    ...unexpected(g.next(), "expected here"),
    hint: 'what a name leads to stands in `[…]`: `call.header["X-Cell"]`',
  };
}

function given(g: Reader, inner: Rule<ast.Expr>): Rule<ast.Expr[]> {
  return g.rule("arguments", () => {
    stick(g);
    beginList(g, T.LParen);
    const found = g.maybe(() => g.commas(inner)) ?? [];
    endList(g, T.RParen);
    return found;
  });
}

/** A variable, or a function with its arguments. */
function named(g: Reader, args: Rule<ast.Expr[]>): Rule<ast.Expr> {
  return g.rule("named", (): ast.Expr => {
    const name = nameOf(g.take(T.Word));
    const found = g.maybe(() => g.part(args));
    if (!found) return { kind: "variable", range: name.range, name: name.text };
    return { kind: "apply", range: g.range(name.range.start), name, args: found };
  });
}

function records(g: Reader, values: Values, inner: Rule<ast.Expr>): Rule<ast.Record_> {
  const value = g.rule("fieldValue", () => {
    g.take(T.Colon);
    return g.part(inner);
  });
  type Field = ast.Record_["fields"][number];
  const word = g.rule("wordField", (): Field => {
    const key = nameOf(g.take(T.AnyName));
    const given = g.maybe(() => g.part(value));
    const short: ast.Variable = { kind: "variable", range: key.range, name: key.text };
    return { range: g.range(key.range.start), key, value: given ?? short };
  });
  const text = g.rule("textField", (): Field => {
    const start = g.start();
    const quoted = g.part(values.plainText);
    const key: ast.Name = { kind: "name", range: quoted.range, text: plainOf(g, quoted) };
    const given = g.part(value);
    return { range: g.range(start), key, value: given };
  });
  const field = g.oneOf("field", [word, text], "the name of a field");
  return g.rule("record", (): ast.Record_ => {
    const start = g.start();
    g.take(T.LBrace);
    const fields = g.maybe(() => g.commas(field)) ?? [];
    endList(g, T.RBrace);
    return { kind: "record", range: g.range(start), fields };
  });
}

function lists(g: Reader, inner: Rule<ast.Expr>): Rule<ast.List> {
  return g.rule("list", (): ast.List => {
    const start = g.start();
    beginList(g, T.LBracket);
    const items = g.maybe(() => g.commas(inner)) ?? [];
    endList(g, T.RBracket);
    return { kind: "list", range: g.range(start), items };
  });
}

function bracketed(g: Reader, inner: Rule<ast.Expr>): Rule<ast.Expr> {
  return g.rule("bracketed", () => {
    beginList(g, T.LParen);
    const value = g.part(inner);
    g.take(T.RParen);
    return value;
  });
}

/** `if c then a else b` */
function choice(g: Reader, expression: () => Rule<ast.Expr>): Rule<ast.Choice> {
  return g.rule("choice", (): ast.Choice => {
    const start = g.start();
    g.take(W.if);
    const condition = g.part(expression(), 0);
    g.take(W.then);
    const then = g.part(expression(), 1);
    g.take(W.else);
    const otherwise = g.part(expression(), 2);
    // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
    return { kind: "choice", range: g.range(start), condition, then, otherwise };
  });
}

/** `match x { 1 -> a  else -> b }` where a value is wanted. */
function matchValue(g: Reader, values: Values, head: Rule<ast.Expr>, inner: Rule<ast.Expr>): Rule<ast.MatchExpr> {
  const body = arms(g, "value", values.pattern, inner);
  return g.rule("matchValue", (): ast.MatchExpr => {
    const start = g.start();
    g.take(W.match);
    const said = g.work.findings.length;
    const subject = g.part(head);
    const found = g.part(body);
    const range = g.range(start);
    if (!found.otherwise && g.work.findings.length === said) g.note(noElse(range));
    const hole: ast.Hole = { kind: "hole", range: { start: range.end, end: range.end } };
    return { kind: "matchValue", range, subject, arms: found.arms, otherwise: found.otherwise ?? hole };
  });
}

function noElse(range: Range): Finding {
  const place = { start: Math.max(range.start, range.end - 1), end: range.end };
  return { code: "S102", message: "this match needs `else -> …`: it has to give a value", range: place };
}
