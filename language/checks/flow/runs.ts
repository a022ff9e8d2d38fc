import type { Run, RunValue, Statement } from "../../ast.ts";

/** The sub that a statement runs, as a statement or for a value. */
export function runIn(statement: Statement): Run | RunValue | undefined {
  if (statement.kind === "run") return statement;
  if (statement.kind !== "let" && statement.kind !== "set" && statement.kind !== "return") return undefined;
  return statement.value?.kind === "runValue" ? statement.value : undefined;
}
