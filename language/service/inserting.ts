import type { AnyNode } from "../ast.ts";
import { isAttempt, outcomesOf } from "../builtins.ts";
import { lineText, positionAt } from "../source.ts";
import type { Action } from "./action.ts";
import type { Sheet } from "./sheet.ts";

/** `on … { }` for the outcomes of an attempt that nothing handles. */
export function insertHandlers(sheet: Sheet, attempt: AnyNode): Action | undefined {
  if (!isAttempt(attempt.kind) || !("handlers" in attempt)) return undefined;
  const handled = new Set(attempt.handlers.flatMap(({ outcomes }) => outcomes.map(({ name }) => name.text)));
  const rare = attempt.kind === "queue" && !attempt.whileWaiting ? ["left", "treatment_broken"] : [];
  const open = Object.entries(outcomesOf(attempt.kind).handled).filter(
    ([name]) => !handled.has(name) && !rare.includes(name),
  );
  if (open.length === 0) return undefined;
  const plain = open.filter(([, { carries }]) => !carries).map(([name]) => name);
  const carrying = open.filter(([, { carries }]) => carries).map(([name]) => `on ${name}(x) { }`);
  const lines = [...(plain.length > 0 ? [`on ${plain.join(", ")} { }`] : []), ...carrying];
  const title = `handle ${open.map(([name]) => `\`${name}\``).join(", ")}`;
  return { title, kind: "refactor", edits: [atEnd(sheet, attempt, lines)] };
}

/** `give up after 5m` where a queue has none. */
export function insertGiveUp(sheet: Sheet, attempt: AnyNode): Action | undefined {
  if (attempt.kind !== "queue" || attempt.giveUp || attempt.by) return undefined;
  const after = attempt.steps.at(-1)?.range.end;
  const edit =
    after === undefined
      ? atEnd(sheet, attempt, ["give up after 5m"])
      : {
          path: sheet.source.path,
          range: { start: after, end: after },
          text: `\n${inner(sheet, attempt)}give up after 5m`,
        };
  return { title: "give up after 5m", kind: "refactor", edits: [edit] };
}

/** New last lines of a block; without a block, one with these lines. */
function atEnd(sheet: Sheet, { range }: AnyNode, lines: string[]): Action["edits"][number] {
  const { path, text } = sheet.source;
  const indent = inner(sheet, { range });
  const outer = indent.slice(0, -2);
  const body = lines.map((line) => `${indent}${line}\n`).join("");
  const hasBlock = text.charAt(range.end - 1) === "}";
  if (!hasBlock) return { path, range: { start: range.end, end: range.end }, text: ` {\n${body}${outer}}` };
  const before = text.slice(0, range.end - 1).trimEnd().length;
  return { path, range: { start: before, end: range.end - 1 }, text: `\n${body}${outer}` };
}

/** The indentation of lines inside a node. */
function inner({ source }: Sheet, { range }: Pick<AnyNode, "range">): string {
  const line = lineText(source, positionAt(source, range.start).line);
  return `${/^[ \t]*/.exec(line)?.[0] ?? ""}  `;
}
