import type * as ast from "../ast.ts";
import { type Things, things } from "./things.ts";
import { accessed, operands } from "./operands.ts";
import type { Values } from "./values.ts";
import { breaksLine, inHead, longest, outOfHead, stick, tooLong } from "./holes.ts";
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
  const { thing, mailbox, number } = things(g, values);
  const made = operands(g, { values, thing, head, inner, expression: () => expression });
  expression = row(g, accessed(g, made.primary, inner));
  return { expression, head, thing, mailbox, number, record: made.record, list: made.list, args: made.args };
}

/** Operands and operators in a row, made a tree by precedence.ts. */
function row(g: Reader, operand: Rule<ast.Expr>): Rule<ast.Expr> {
  const prefix = prefixes(g);
  const operator = operators(g);
  const test = tests(g);
  return g.rule("expression", () => {
    const pieces: Piece[] = [];
    const said = g.work.findings.length;
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
    if (chained && g.work.findings.length === said) g.note(chaining(chained));
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
