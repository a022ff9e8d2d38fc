import type { Expr, Strategy } from "../ast.ts";
import { dialable } from "../phone.ts";
import { type Checking, quote, report } from "./checking.ts";
import { inferAs } from "./expressions.ts";
import { isTorn } from "./entries.ts";
import { nowhere } from "./place.ts";
import { checkOutside, isOurs } from "./outside.ts";
import { fixedName } from "./things.ts";

/** The route on any error and at the end: known before the call comes, so that it can never fail to be found. */
export function checkDefaultRoute(checking: Checking, strategy: Strategy): void {
  const { defaultRoute, name } = strategy;
  if (!defaultRoute) {
    if (isTorn(strategy)) return;
    const message = `strategy \`${fixedName(name) ?? ""}\` has no default route, so that a mistake in it would lose the caller`;
    report(checking, "error", "S416", name.range, message, {
      hint: "write `default route to group NAME` below its entries",
    });
    return;
  }
  const { to } = defaultRoute;
  const fixed =
    to.kind === "hole" ||
    (to.kind === "thing" && fixedName(to.of?.name ?? to.name) !== undefined) ||
    (to.kind === "text" && fixedName(to) !== undefined);
  if (!fixed) {
    const message = `a default route is written out, and ${quote(checking, to.range)} is computed`;
    report(checking, "error", "S305", to.range, message, {
      hint: "write `group NAME`, `mailbox NAME`, `agent NAME` or a number",
    });
    return;
  }
  inferAs(to, nowhere(checking), ["group", "mailbox", "agent", "phone"], "`default route to`");
  if (to.kind === "text") checkNumber(checking, to);
}

function checkNumber(checking: Checking, to: Extract<Expr, { kind: "text" }>): void {
  const number = fixedName(to) ?? "";
  if (!dialable.test(number)) {
    report(checking, "error", "S306", to.range, `\`${number}\` is no number that can be dialled`);
    return;
  }
  if (!isOurs(number, checking)) checkOutside(checking, to);
}
