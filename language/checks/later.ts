import type { File } from "../ast.ts";
import { type Checking, notYet } from "./checking.ts";

/** What can be read and cannot be run yet: better told than passed over in silence. Whoever makes it run takes it out here. */
export function checkLater(checking: Checking, file: File): void {
  for (const item of file.items) {
    if (item.kind !== "strategy") continue;
    for (const entry of item.entries) if (entry.withEarlyMedia) notYet(checking, entry.range, "`with early media`");
  }
}
