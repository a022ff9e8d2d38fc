import type { Item, Use } from "../ast.ts";
import { type Declaration, pathOfUse, type ReadFile, reached, type Resolved, usedPath } from "../names.ts";
import { type Checking, report } from "./checking.ts";
import { fixedName } from "./things.ts";

/*
 * What files declare at their top and what they use: files that are not there, names twice, what nobody names.
 */

const nounOf = { sub: "sub", calendar: "calendar", plan: "queue plan" } as const;

const isDeclaration = (item: Item): item is Declaration =>
  item.kind === "sub" || item.kind === "calendar" || item.kind === "plan";

/** Two things of one name. */
export function checkClashes({ clashes }: Resolved, checkingOf: (file: ReadFile) => Checking): void {
  for (const { file, first, second, use } of clashes) {
    const name = second.item.name.text;
    const message = use
      ? `this brings a ${nounOf[second.item.kind]} \`${name}\`, and there is a ${nounOf[first.item.kind]} of this name already`
      : `there is a ${nounOf[first.item.kind]} \`${name}\` already`;
    const related = [{ path: first.source.path, range: first.item.name.range, message: "the first one" }];
    if (use) related.push({ path: second.source.path, range: second.item.name.range, message: "the other one" });
    report(checkingOf(file), "error", "S205", use ? use.path.range : second.item.name.range, message, { related });
  }
}

/** Files that are not there, and files nothing of which is named. To be called when everything else was walked. */
export function checkUses(files: readonly ReadFile[], checkingOf: (file: ReadFile) => Checking): void {
  const byPath = new Map(files.map((file) => [usedPath("", file.source.path), file]));
  for (const file of files) {
    const checking = checkingOf(file);
    const found = reached(file, byPath);
    const above = new Set<string>();
    for (const use of file.file.items) {
      const path = use.kind === "use" ? pathOfUse(use, file.source) : undefined;
      if (use.kind !== "use" || path === undefined) continue;
      const items = found.filter((one) => one.use === use).flatMap(({ from }) => from.file.items);
      const written = `\`${fixedName(use.path) ?? ""}\``;
      if (!byPath.has(path)) missingFile(checking, use);
      else if (above.has(path)) unneeded(checking, use, `${written} is used above already`);
      else if (!checking.torn && !isNeeded(file, items, checking)) {
        unneeded(checking, use, `nothing of ${written} is named here`);
      }
      above.add(path);
    }
  }
}

/** A file is needed for what it declares, and by tests and traffic for its strategies. */
function isNeeded({ source, file }: ReadFile, items: readonly Item[], { uses }: Checking): boolean {
  const staged = new Set(
    file.items.flatMap((item) => (item.kind === "test" || item.kind === "traffic" ? [fixedName(item.strategy)] : [])),
  );
  return items.some((item) =>
    item.kind === "strategy" ? staged.has(fixedName(item.name)) : uses.get(item)?.has(source),
  );
}

function missingFile(checking: Checking, { path }: Use): void {
  const written = fixedName(path) ?? "";
  const message = `there is no file \`${written}\``;
  const hint = written.endsWith(".strategy")
    ? "the path counts from the folder of this file"
    : "the path of a strategy file ends with `.strategy`";
  report(checking, "error", "S210", path.range, message, { hint });
}

function unneeded(checking: Checking, { range }: Use, message: string): void {
  const { path, text } = checking.source;
  const end = text[range.end] === "\n" ? range.end + 1 : range.end;
  const fix = { title: "take this line out", edits: [{ path, range: { start: range.start, end }, text: "" }] };
  report(checking, "warning", "S214", range, message, { hint: "take this line out", fix });
}

/** What is declared in a file with strategies and named nowhere; other files are there to be used by whoever likes. */
export function checkNamed({ file }: ReadFile, { clashes }: Resolved, checking: Checking): void {
  const clashing = new Set<Item>(clashes.map(({ second }) => second.item));
  if (checking.torn || !file.items.some((item) => item.kind === "strategy")) return;
  for (const item of file.items) {
    if (!isDeclaration(item) || checking.uses.has(item) || clashing.has(item)) continue;
    const message = `${nounOf[item.kind]} \`${item.name.text}\` is never used`;
    report(checking, "warning", "S214", item.name.range, message, { hint: "take it out, or use it" });
  }
}
