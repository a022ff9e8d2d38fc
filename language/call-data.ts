import type { Statement } from "./ast.ts";
import type { Items } from "./program.ts";

/** The keys of `call.data` that strategies write, declare as secret, or are given by tests. What comes with calls is not known. */
export function dataKeys(
  { strategies, tests }: Pick<Items, "strategies" | "tests">,
  statements: Statement[],
): Set<string> {
  const keys = new Set<string>();
  const add = (path: readonly { text: string }[]): void => {
    const [head, key] = path;
    if (head?.text === "data" && key) keys.add(key.text);
  };
  for (const statement of statements) if (statement.kind === "set") add(statement.path);
  for (const { strategy } of strategies) for (const secret of strategy.secrets) add(secret.path);
  for (const { test } of tests) {
    for (const line of test.lines) {
      if (line.kind === "callIn") for (const { key } of line.data?.fields ?? []) keys.add(key.text);
    }
  }
  return keys;
}
