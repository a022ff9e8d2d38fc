import type { Expr } from "../ast.ts";
import type { Trunk } from "../directory/directory.ts";
import { isClosed, routeOf, trunksIn } from "../directory/routes.ts";
import { ownEntrance } from "../entries.ts";
import { nearest } from "../nearest.ts";
import { mayBeCalled, normalise } from "../phone.ts";
import { type Checking, quote, report } from "./checking.ts";
import { fixedName } from "./things.ts";

/* Numbers outside: which trunks lead there. */

/** A number outside can be rung only by a trunk that the directory names for it. */
export function checkOutside(checking: Checking, expr: Expr): void {
  const { directory, torn } = checking;
  const { outbound, routes } = directory.defaults;
  if (torn) return;
  if (isEntry(expr, checking)) {
    const message = `${quote(checking, expr.range)} is an entry here: nobody is rung there, and by a trunk it comes back as another call`;
    return report(checking, "warning", "S212", expr.range, message, {
      hint: "`transfer to` has its strategy go on with the call",
    });
  }
  const number = numberOf(expr, checking);
  const leading = number !== undefined ? routeOf(number, directory) : [...outbound, ...Object.values(routes).flat()];
  if (leading.length > 0 || (number !== undefined && isClosed(number, directory))) {
    return checkAllowed(
      checking,
      expr,
      leading.flatMap((name) => trunksOf(name, checking)),
    );
  }
  const what = quote(checking, expr.range);
  const message =
    number === undefined
      ? `no trunk leads outside, so ${what} can never be rung`
      : `no trunk leads to ${what}, so it can never be rung`;
  report(checking, "warning", "S212", expr.range, message, {
    hint: "name trunks in the directory: `defaults: { outbound: [NAME] }`",
  });
}

/** A single number that is an entry here, and of which no exchange behind us has a phone. */
function isEntry(expr: Expr, checking: Checking): boolean {
  const number = numberOf(expr, checking);
  const { doors, directory } = checking;
  if (number === undefined || ownEntrance(number, doors, directory) === undefined) return false;
  const isShort = !normalise(number, directory.site.country).startsWith("+");
  return !(isShort && routeOf(number, directory).some((name) => leadsToExchange(name, checking)));
}

const leadsToExchange = (name: string, checking: Checking): boolean =>
  trunksOf(name, checking).some(({ roles }) => roles.includes("pbx"));

/** The host of a SIP URI. */
export const hostOf = (uri: string): string | undefined => /^sips?:(?:[^@]+@)?([^;?:]+)/i.exec(uri)?.[1]?.toLowerCase();

/** A SIP URI is called by the trunk that leads to its host, whatever the directory names for numbers. */
export function checkUri(checking: Checking, expr: Expr, host: string): void {
  const { trunks } = checking.directory;
  if (checking.torn || Object.values(trunks).some(({ to }) => to.some((hop) => hostOf(hop) === host))) return;
  report(checking, "warning", "S212", expr.range, `no trunk leads to \`${host}\``, {
    hint: "the host of a URI is one that a trunk of the directory has in its `to`",
  });
}

/** Whether calls to this number stay here: an agent has it, or an entry takes it. */
export function isOurs(number: string, { extensions, doors, directory }: Checking): boolean {
  return (
    extensions.has(normalise(number, directory.site.country)) || ownEntrance(number, doors, directory) !== undefined
  );
}

/** A number like ours that is none: it would be dialled outside, where short numbers mean something else. */
export function checkSlip(checking: Checking, to: Expr): void {
  const number = to.kind === "text" ? numberOf(to, checking) : undefined;
  const { doors, extensions, directory, torn } = checking;
  if (torn || number === undefined || !/^\d{3,8}$/.test(normalise(number, directory.site.country))) return;
  const leading = [...directory.defaults.outbound, ...Object.values(directory.defaults.routes).flat()];
  if (leading.some((name) => leadsToExchange(name, checking))) return;
  const near = nearest(number, new Set([...doors.flatMap(({ from, to: last }) => [from, last]), ...extensions]));
  if (near === undefined) return;
  report(checking, "warning", "S212", to.range, `no entry takes \`${number}\`, and nobody here has it`, {
    hint: `did you mean \`${near}\`? Numbers that are not ours are dialled over the trunks of \`outbound\``,
  });
}

/** A number that stands in the text, and trunks of which none may call it. */
export function checkAllowed(checking: Checking, expr: Expr, trunks: readonly Trunk[]): void {
  const number = numberOf(expr, checking);
  if (number === undefined) return;
  if (isClosed(number, checking.directory)) {
    report(checking, "warning", "S212", expr.range, `nobody may call \`${number}\`, and so it can never be reached`, {
      hint: "see `defaults: { outbound: … }` of the directory",
    });
    return;
  }
  if (trunks.length === 0 || trunks.some(({ outbound, country }) => mayBeCalled(number, outbound.allowed, country)))
    return;
  const named = trunks.map(({ id }) => `\`${id}\``).join(", ");
  const message = `trunk ${named} may not call \`${number}\`, and so it can never be reached`;
  report(checking, "warning", "S212", expr.range, message, { hint: "see `outbound: { allowed: … }` of the trunk" });
}

/** What a text is, or the one number that a name of the directory has. */
function numberOf(expr: Expr, { directory: { numbers } }: Checking): string | undefined {
  const text = expr.kind === "text" ? expr : expr.kind === "thing" && expr.noun === "number" ? expr.name : undefined;
  const name = text && fixedName(text);
  if (name === undefined || !Object.hasOwn(numbers, name)) return name?.replace(/^tel:/i, "");
  const [number, ...others] = numbers[name] ?? [];
  return others.length > 0 || number?.endsWith("*") ? undefined : number;
}

/** A trunk, or those of a trunk group. */
export function trunksOf(name: string, { directory }: Checking): Trunk[] {
  const { trunks } = directory;
  return trunksIn(name, directory).flatMap((one) => (Object.hasOwn(trunks, one) && trunks[one] ? [trunks[one]] : []));
}
