import type * as ast from "../ast.ts";
import { arms } from "./match.ts";
import { type Things, things } from "./things.ts";
import { nameOf, plainOf, type Values } from "./values.ts";
import { breaksLine, endList, inHead, longest, onLine, orHole, outOfHead, stick, tooLong, valueHere } from "./holes.ts";
import { binaryOps, climb, type Piece } from "./precedence.ts";
import type { Reader, Rule } from "./reader.ts";
import { rangeOf } from "./lex.ts";
import { type Finding, unexpected } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";

const { W } = T;

export interface Expressions extends Things {
  expression: Rule<ast.Expr>;
  /** A value after which `{` opens a block: it cannot begin with a record. */
  head: Rule<ast.Expr>;
  record: Rule<ast.Record_>;
  list: Rule<ast.List>;
  /** What a function or a sub is given: `(a, b)`. */
  args: Rule<ast.Expr[]>;
}

/** Expressions (chapter 2 of the language). */
export function expressions(g: Reader, values: Values): Expressions {
  let expression: Rule<ast.Expr>;
  /** Between brackets; the rule for expressions comes last, since the others make it up. */
  const inner = g.rule("inner", (): ast.Expr => outOfHead(g, () => g.part(expression)));
  const head = g.rule("head", () => inHead(g, () => g.part(expression)));
  const { thing, mailbox } = things(g, values);
  const record = records(g, values, inner);
  const list = lists(g, inner);
  const args = given(g, inner);
  const operands: Rule<ast.Expr>[] = [
    named(g, args),
    values.literal,
    thing,
    record,
    list,
    bracketed(g, inner),
    choice(g, () => expression),
    matchValue(g, values, head, inner),
  ];
  expression = row(g, accessed(g, g.oneOf("primary", operands, "a value"), inner));
  return { expression, head, thing, mailbox, record, list, args };
}

/** Operands and operators in a row, made a tree by precedence.ts. */
function row(g: Reader, operand: Rule<ast.Expr>): Rule<ast.Expr> {
  const prefix = prefixes(g);
  const operator = operators(g);
  const test = tests(g);
  return g.rule("expression", () => {
    const pieces: Piece[] = [];
    const term = (nth: number): ast.Expr => {
      if (!breaksLine(g)) g.each(() => pieces.push(g.part(prefix, nth)), nth);
      const start = g.start();
      const value = g.part(operand, nth);
      pieces.push({ is: "operand", value, range: g.range(start) });
      return value;
    };
    const operation = (): void => {
      pieces.push(g.part(operator));
      term(1);
    };
    const first = term(0);
    do {
      g.each(() => {
        if (pieces.length > longest) tooLong(g);
        g.either<unknown>([operation, () => pieces.push(g.part(test))], "an operator");
      }, 2);
    } while (equalsSign(g, pieces) && term(1));
    if (pieces.length === 1 || g.RECORDING_PHASE) return first;
    if (pieces.length > longest) tooLong(g);
    const { value, chained } = climb(pieces);
    if (chained) g.note(chaining(chained));
    return value;
  });
}

/** `=` where `==` was meant. */
function equalsSign(g: Reader, pieces: Piece[]): boolean {
  if (g.next().tokenType !== T.Assign || !g.isOnSameLine()) return false;
  g.report(unexpected(g.next(), "a comparison"));
  pieces.push({ is: "binary", op: "==", range: rangeOf(g.pass()) });
  return true;
}

function chaining(range: Range): Finding {
  const hint = "join two comparisons with `and`";
  return { code: "S101", message: "comparisons do not follow one another", range, hint };
}

function prefixes(g: Reader): Rule<Piece> {
  const minus = (): "-" => {
    g.take(T.Minus);
    stick(g);
    return "-";
  };
  return g.rule("prefix", (): Piece => {
    const start = g.start();
    const op = g.either<"not" | "-">([() => g.word(["not"], "`not`", 1), minus], "a value");
    return { is: "prefix", op, range: g.range(start) };
  });
}

function operators(g: Reader): Rule<Piece> {
  const startsWith = (): string => {
    g.take(W.starts);
    g.take(W.with);
    return "starts with";
  };
  return g.rule("operator", (): Piece => {
    const start = g.start();
    const written = g.either([() => g.take(T.Operator).image, startsWith], "an operator");
    const op = binaryOps.find((each) => each === written) ?? "or";
    return { is: "binary", op, range: g.range(start) };
  });
}

/** `is [not] found`, `withheld`, `open`. */
function tests(g: Reader): Rule<Piece> {
  return g.rule("is", (): Piece => {
    const start = g.start();
    g.take(W.is);
    const negated = g.maybe(() => g.take(W.not)) !== undefined;
    const what = g.word(["found", "withheld", "open"], "`found`, `withheld` or `open`");
    return { is: "test", negated, what, range: g.range(start) };
  });
}

type Access = Omit<ast.Member, "object"> | Omit<ast.Index, "object">;

/** A value and what is looked up in it: `.name`, `["key"]`. After the dot every word is a name. */
function accessed(g: Reader, primary: Rule<ast.Expr>, inner: Rule<ast.Expr>): Rule<ast.Expr> {
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
    let value = g.part(primary);
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

function given(g: Reader, inner: Rule<ast.Expr>): Rule<ast.Expr[]> {
  return g.rule("arguments", () => {
    stick(g);
    g.take(T.LParen);
    const found = g.maybe(() => g.commas(inner)) ?? [];
    endList(g, T.RParen);
    return found;
  });
}

function noMethod(g: Reader): Finding {
  return {
    ...unexpected(g.next(), "expected here"),
    hint: 'what a name leads to stands in `[…]`: `call.header["X-Cell"]`',
  };
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
    g.take(T.LBracket);
    const items = g.maybe(() => g.commas(inner)) ?? [];
    endList(g, T.RBracket);
    return { kind: "list", range: g.range(start), items };
  });
}

function bracketed(g: Reader, inner: Rule<ast.Expr>): Rule<ast.Expr> {
  return g.rule("bracketed", () => {
    g.take(T.LParen);
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
