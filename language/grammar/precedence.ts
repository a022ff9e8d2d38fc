import type { BinaryOp, Expr, Test_ } from "../ast.ts";
import type { Range } from "../source.ts";

/*
 * A flat row of operands and operators to a tree. One grammar rule reads the row, so that a plain value costs one rule and not
 * one for every level of binding.
 */

export type Piece =
  | Operand
  | { is: "prefix"; op: "not" | "-"; range: Range }
  | { is: "binary"; op: BinaryOp; range: Range }
  | { is: "test"; negated: boolean; what: Test_["what"]; range: Range };

/** `range` is as written, with the brackets round it. */
interface Operand {
  is: "operand";
  value: Expr;
  range: Range;
}

type Operator = Extract<Piece, { is: "prefix" | "binary" }>;

/** Larger binds tighter. Comparisons do not chain. */
const comparing = 4;
const binding: { [op in BinaryOp | "not" | "negative"]: number } = {
  or: 1,
  and: 2,
  not: 3,
  "==": comparing,
  "!=": comparing,
  "<": comparing,
  "<=": comparing,
  ">": comparing,
  ">=": comparing,
  in: comparing,
  "starts with": comparing,
  "??": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  negative: 8,
};

export const binaryOps: readonly BinaryOp[] = [
  "or",
  "and",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "starts with",
  "??",
  "+",
  "-",
  "*",
  "/",
];

/** The tree of a row, and the first comparison that follows another without `and`, `or` or brackets between them. */
export function climb(row: readonly Piece[]): { value: Expr; chained: Range | undefined } {
  const values: Operand[] = [];
  const waiting: Operator[] = [];
  let chained: Range | undefined;
  const settle = (level: number, range?: Range): void => {
    for (let top = waiting.at(-1); top && levelOf(top) >= level; top = waiting.at(-1)) {
      if (range && level === comparing && levelOf(top) === comparing) chained ??= range;
      waiting.pop();
      apply(top, values);
    }
  };
  for (const piece of row) {
    if (piece.is === "operand") values.push(piece);
    else if (piece.is === "prefix") waiting.push(piece);
    else {
      settle(piece.is === "test" ? comparing : levelOf(piece), piece.range);
      if (piece.is === "test") values.push(tested(values.pop(), piece));
      else waiting.push(piece);
    }
  }
  settle(0);
  return { value: values[0]?.value ?? nothing.value, chained };
}

const nowhere: Range = { start: 0, end: 0 };
const nothing: Operand = { is: "operand", value: { kind: "hole", range: nowhere }, range: nowhere };

function levelOf(operator: Operator): number {
  if (operator.is === "binary") return binding[operator.op];
  return operator.op === "-" ? binding.negative : binding.not;
}

function apply(operator: Operator, values: Operand[]): void {
  const { value: right, range: last } = values.pop() ?? nothing;
  if (operator.is === "prefix") {
    const range = around(operator.range, last);
    values.push({ is: "operand", range, value: { kind: "unary", range, op: operator.op, operand: right } });
    return;
  }
  const { value: left, range: first } = values.pop() ?? nothing;
  const range = around(first, last);
  values.push({ is: "operand", range, value: { kind: "binary", range, op: operator.op, left, right } });
}

function tested(operand: Operand = nothing, { negated, what, range: last }: Extract<Piece, { is: "test" }>): Operand {
  const range = around(operand.range, last);
  return { is: "operand", range, value: { kind: "is", range, operand: operand.value, negated, what } };
}

function around(first: Range, last: Range): Range {
  return { start: first.start, end: last.end };
}
