import type { Binary, Expr } from "../ast.ts";
import { entranceFor, entrances } from "../entries.ts";
import { dialable } from "../phone.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import { pathOf } from "./narrow.ts";
import { fixedName } from "./things.ts";

/*
 * Comparisons that come out the same for every call, because of what the site or the strategy is: its languages, its entries, as
 * many people as a group has.
 */

/** A value that is written out beside what a call brings, in a comparison or in an arm. */
export function checkBeside(checking: Checking, subject: Expr, value: Expr): void {
  const text = value.kind === "text" ? fixedName(value) : undefined;
  const path = text === undefined || checking.torn ? undefined : pathOf(subject);
  if (text === undefined || path === undefined) return;
  if (path === "call.language") checkSpoken(checking, value, text);
  if (path === "call.to" || path === "call.entry") checkDoor(checking, path, value, text);
}

/** A language that prompts and voices are picked by. */
export function checkSpoken(checking: Checking, { range }: Expr, language: string): void {
  const { languages } = checking.directory.site;
  if (checking.torn || languages.includes(language)) return;
  const { hint, write } = instead(language, languages);
  report(checking, "warning", "S306", range, `this site does not have the language \`${language}\``, {
    hint: hint ?? "languages of a site stand in the directory: `site: { languages: [es, en] }`",
    write: write && `"${write}"`,
  });
}

/** A number that no entry of this strategy takes. What a sub asks may come true below another strategy. */
function checkDoor({ strategy, ...checking }: Checking, path: string, { range }: Expr, number: string): void {
  if (!strategy || !dialable.test(number) || range.start < strategy.range.start || range.end > strategy.range.end)
    return;
  const { country } = checking.directory.site;
  const doors = entrances([strategy], country);
  if (doors.length === 0 || entranceFor(number, doors, country)) return;
  // `call.entry` is the entry as it is written.
  if (doors.some(({ pattern }) => pattern.kind === "span" && `${pattern.from}..${pattern.to}` === number)) return;
  const message = `\`${path}\` is never \`${number}\` here: no \`entry\` of this strategy takes it`;
  report(checking, "warning", "S402", range, message, { hint: "name it in an `entry` line, or correct it" });
}

const counts: ReadonlySet<string> = new Set(["ready", "staffed", "reachable", "busy"]);

/** `ready(group Sales) > 5`, where the group has two people. */
export function checkCount(checking: Checking, { op, left, right, range }: Binary): void {
  const members = membersOf(checking, left);
  if (members === undefined || right.kind !== "number" || checking.torn) return;
  const { value } = right;
  if (!(op === ">" ? members <= value : (op === ">=" || op === "==") && members < value)) return;
  const many = members === 1 ? "1 person" : `${members} people`;
  const message = `${quote(checking, range)} never holds: there are ${many} in the group`;
  report(checking, "warning", "S411", range, message, { hint: "compare with less, or add people in the directory" });
}

function membersOf({ directory: { groups } }: Checking, expr: Expr): number | undefined {
  if (expr.kind !== "apply" || !counts.has(expr.name.text)) return undefined;
  const [of] = expr.args;
  const name = of?.kind === "thing" && of.noun === "group" ? fixedName(of.name) : undefined;
  return name !== undefined && Object.hasOwn(groups, name) ? groups[name]?.members.length : undefined;
}
