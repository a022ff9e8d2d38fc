import type { AnyNode } from "../ast.ts";
import type { Action } from "./action.ts";
import { mentionsOf } from "./mentions.ts";
import type { Sheet } from "./sheet.ts";

/** The lines of a queue as a queue plan of its own, where they name nothing that only this strategy knows. */
export function extractPlan(sheet: Sheet, queue: AnyNode): Action | undefined {
  if (queue.kind !== "queue" || queue.by || queue.steps.length === 0) return undefined;
  const { path, text } = sheet.source;
  const { range, name } = queue;
  const item = sheet.file.items.find((one) => one.range.start <= range.start && range.end <= one.range.end);
  const brace = text.indexOf("{", name.range.end);
  if (!item || brace === -1 || brace > range.end) return undefined;
  const needsOutside = mentionsOf(sheet).some(
    (one) =>
      range.start < one.range.start && one.range.end <= range.end && one.home !== undefined && one.home < range.start,
  );
  if (needsOutside) return undefined;
  const plan = `${name.text.charAt(0).toLowerCase()}${name.text.slice(1)}_plan`;
  const indent = /[ \t]*$/.exec(text.slice(0, range.start))?.[0] ?? "";
  const lines = text.slice(brace, range.end).replaceAll(`\n${indent}`, "\n");
  return {
    title: `make a queue plan of the lines of \`${name.text}\``,
    kind: "refactor",
    edits: [
      { path, range: { start: item.range.start, end: item.range.start }, text: `queue plan ${plan} ${lines}\n\n` },
      { path, range: { start: name.range.end, end: range.end }, text: ` by ${plan}` },
    ],
  };
}
