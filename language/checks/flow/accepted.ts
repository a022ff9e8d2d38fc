import type { Preview } from "../../ast.ts";
import type { Names } from "../../names.ts";
import { reached } from "../../runs.ts";
import type { Source } from "../../source.ts";
import { type Checking, report } from "../checking.ts";
import { routing } from "./kinds.ts";

/** Who accepts a preview is to get the call: nothing rings him by itself. */
export function checkAccepted(
  checking: Checking,
  { handlers }: Preview,
  { source, names }: { source: Source; names: Names },
): void {
  const handler = handlers.find(({ outcomes }) => outcomes.some(({ name }) => name.text === "accepted"));
  if (!handler || checking.torn) return;
  const { body, outcomes } = handler;
  if (reached([body], source, names).some(({ statement: { kind } }) => routing.has(kind) || kind === "hangup")) return;
  const [first] = outcomes;
  const worker = first?.binding?.text ?? "worker";
  const message = "who accepts does not get the call: nothing rings him here";
  report(checking, "warning", "S448", first?.range ?? handler.range, message, {
    hint: `write \`ring ${worker} for 25s\` in it`,
  });
}
