import type { AnyNode, File } from "../ast.ts";
import { walk } from "../walk.ts";
import { type Checking, notYet } from "./checking.ts";

/** What can be read and cannot be run yet: better told than passed over in silence. Whoever makes it run takes it out here. */
const later: { [kind in AnyNode["kind"]]?: string } = {
  botAct: "`bot`",
};

export function checkLater(checking: Checking, file: File): void {
  walk(file, (node) => {
    const what = later[node.kind];
    const { start } = node.range;
    const head = { start, end: start + (/^\w*/.exec(checking.source.text.slice(start, start + 40))?.[0].length ?? 0) };
    if (what) notYet(checking, head, what);
    if (node.kind === "entry" && node.withEarlyMedia) notYet(checking, node.range, "`with early media`");
    if (node.kind === "numberAct" && node.presses[0]) notYet(checking, node.presses[0].range, "`presses` of a number");
    return what === undefined;
  });
}
