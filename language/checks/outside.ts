import type { Expr } from "../ast.ts";
import type { Trunk } from "../directory/directory.ts";
import { isClosed, trunksIn } from "../directory/routes.ts";
import { ownEntrance } from "../entries.ts";
import { nearest } from "../nearest.ts";
import { isAmong, normalise } from "../phone.ts";
import { type Checking, quote, report } from "./checking.ts";
import { fixedName } from "./things.ts";

/* Numbers outside: which trunks lead there. */

/** A number outside can be rung only by a trunk that the directory names for it. */
export function checkOutside(checking: Checking, expr: Expr): void {
  const { outbound, routes } = checking.directory.defaults;
  if (checking.torn) return;
  if (isEntry(expr, checking)) {
    const message = `${quote(checking, expr.range)} is an entry here: nobody is rung there, and by a trunk it comes back as another call`;
    return report(checking, "warning", "S212", expr.range, message, {
      hint: "`transfer to` has its strategy go on with the call",
    });
  }
  if (outbound.length > 0 || Object.keys(routes).length > 0) {
    const all = [...outbound, ...Object.values(routes).flat()];
    return checkAllowed(
      checking,
      expr,
      all.flatMap((name) => trunksOf(name, checking)),
    );
  }
  const message = `no trunk leads outside, so ${quote(checking, expr.range)} can never be rung`;
  report(checking, "warning", "S212", expr.range, message, {
    hint: "name trunks in the directory: `defaults: { outbound: [NAME] }`",
  });
}

/** A single number that is an entry here. */
function isEntry(expr: Expr, checking: Checking): boolean {
  const [number, ...others] = numbersOf(expr, checking);
  const { doors, directory } = checking;
  return number !== undefined && others.length === 0 && ownEntrance(number, doors, directory) !== undefined;
}

/** Whether calls to this number stay here: an agent has it, or an entry takes it. */
export function isOurs(number: string, { extensions, doors, directory }: Checking): boolean {
  return (
    extensions.has(normalise(number, directory.site.country)) || ownEntrance(number, doors, directory) !== undefined
  );
}

/** A number like ours that is none: it would be dialled outside, where short numbers mean something else. */
export function checkSlip(checking: Checking, to: Expr): void {
  const [number, ...others] = to.kind === "text" ? numbersOf(to, checking) : [];
  const { doors, extensions, directory, torn } = checking;
  if (torn || number === undefined || others.length > 0 || !/^\d{3,8}$/.test(normalise(number, directory.site.country)))
    return;
  const leading = [...directory.defaults.outbound, ...Object.values(directory.defaults.routes).flat()];
  if (leading.flatMap((name) => trunksOf(name, checking)).some(({ roles }) => roles.includes("pbx"))) return;
  const near = nearest(number, new Set([...doors.flatMap(({ from, to: last }) => [from, last]), ...extensions]));
  if (near === undefined) return;
  report(checking, "warning", "S212", to.range, `no entry takes \`${number}\`, and nobody here has it`, {
    hint: `did you mean \`${near}\`? Numbers that are not ours are dialled over the trunks of \`outbound\``,
  });
}

/** A number that stands in the text, and trunks of which none may call it. */
export function checkAllowed(checking: Checking, expr: Expr, trunks: readonly Trunk[]): void {
  const [number, ...others] = numbersOf(expr, checking);
  const { country } = checking.directory.site;
  if (number === undefined || others.length > 0 || trunks.length === 0) return;
  if (isClosed(number, checking.directory)) {
    report(checking, "warning", "S212", expr.range, `nobody may call \`${number}\`, and so it can never be reached`, {
      hint: "see `defaults: { outbound: … }` of the directory",
    });
    return;
  }
  if (trunks.some(({ outbound }) => !outbound?.allowed || isAmong(number, outbound.allowed, country))) return;
  const named = trunks.map(({ id }) => `\`${id}\``).join(", ");
  const message = `trunk ${named} may not call \`${number}\`, and so it can never be reached`;
  report(checking, "warning", "S212", expr.range, message, { hint: "see `outbound: { allowed: … }` of the trunk" });
}

/** What a text is, or a name of the directory has. */
function numbersOf(expr: Expr, { directory: { numbers } }: Checking): readonly string[] {
  const text = expr.kind === "text" ? expr : expr.kind === "thing" && expr.noun === "number" ? expr.name : undefined;
  const name = text && fixedName(text);
  if (name === undefined) return [];
  return Object.hasOwn(numbers, name) ? (numbers[name] ?? []) : [name];
}

/** A trunk, or those of a trunk group. */
export function trunksOf(name: string, { directory }: Checking): Trunk[] {
  const { trunks } = directory;
  return trunksIn(name, directory).flatMap((one) => (Object.hasOwn(trunks, one) && trunks[one] ? [trunks[one]] : []));
}
