import type { Binary, BinaryOp, Expr, Test_ } from "../ast.ts";
import type { Range } from "../source.ts";

/*
 * A flat row of operands and operators to a tree. One grammar rule reads the row, so that a plain value costs one rule and not
 * one for every level of binding.
 */

export type Piece =
  | { is: "operand"; value: Expr }
  | { is: "prefix"; op: "not" | "-"; range: Range }
  | { is: "binary"; op: BinaryOp; range: Range }
  | { is: "test"; negated: boolean; what: Test_["what"]; range: Range };

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
  const values: Expr[] = [];
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
    if (piece.is === "operand") values.push(piece.value);
    else if (piece.is === "prefix") waiting.push(piece);
    else {
      settle(piece.is === "test" ? comparing : levelOf(piece), piece.range);
      if (piece.is === "test") values.push(tested(values.pop(), piece));
      else waiting.push(piece);
    }
  }
  settle(0);
  return { value: values[0] ?? nothing, chained };
}

const nothing: Expr = { kind: "hole", range: { start: 0, end: 0 } };

function levelOf(operator: Operator): number {
  if (operator.is === "binary") return binding[operator.op];
  return operator.op === "-" ? binding.negative : binding.not;
}

function apply(operator: Operator, values: Expr[]): void {
  const right = values.pop() ?? nothing;
  if (operator.is === "prefix") {
    const range = { start: operator.range.start, end: right.range.end };
    values.push({ kind: "unary", range, op: operator.op, operand: right });
    return;
  }
  const left = values.pop() ?? nothing;
  const node: Binary = { kind: "binary", range: around(left, right.range), op: operator.op, left, right };
  values.push(node);
}

function tested(operand: Expr = nothing, piece: Extract<Piece, { is: "test" }>): Test_ {
  return { kind: "is", range: around(operand, piece.range), operand, negated: piece.negated, what: piece.what };
}

function around(first: Expr, last: Range): Range {
  return { start: first.range.start, end: last.end };
}
