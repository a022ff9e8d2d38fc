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
    const uses = file.file.items.filter((item) => item.kind === "use");
    const found = reached(file, byPath);
    for (const use of uses) {
      const path = pathOfUse(use, file.source);
      if (path === undefined) continue;
      if (!byPath.has(path)) missingFile(checkingOf(file), use);
      else
        checkNeeded(
          checkingOf(file),
          use,
          found.filter((one) => one.use === use).flatMap(({ from }) => from.file.items),
        );
    }
  }
}

function missingFile(checking: Checking, { path }: Use): void {
  const written = fixedName(path) ?? "";
  const message = `there is no file \`${written}\``;
  const hint = written.endsWith(".strategy")
    ? "the path counts from the folder of this file"
    : "the path of a strategy file ends with `.strategy`";
  report(checking, "error", "S210", path.range, message, { hint });
}

function checkNeeded(checking: Checking, use: Use, items: readonly Item[]): void {
  if (checking.torn || items.some((item) => checking.uses.get(item)?.has(checking.source))) return;
  const message = `nothing of \`${fixedName(use.path) ?? ""}\` is named here`;
  report(checking, "warning", "S214", use.range, message, { hint: "take this line out" });
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
