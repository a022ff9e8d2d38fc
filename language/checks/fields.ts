import type { Expr, Name } from "../ast.ts";
import { agentFields, calendarFields, callFields } from "../builtins.ts";
import { fieldIn, fits, named, optional, secretly, type Type, unknown } from "../types.ts";
import { type Checking, instead, meant, quote, report } from "./checking.ts";
import type { Place } from "./place.ts";
import { dataType } from "./secrets.ts";

/** `owner.name`, `h.date`, a field of a record. */
export function partOf(type: Type, object: Expr, name: Name, checking: Checking): Type {
  const table = type.is === "agent" ? agentFields : type.is === "calendar" ? calendarFields : undefined;
  if (table) {
    const field = Object.hasOwn(table, name.text) ? table[name.text] : undefined;
    if (field) return type.optional ? optional(field.type) : field.type;
    const message = `${named(type)} has no \`${name.text}\``;
    report(checking, "error", "S203", name.range, message, instead(name.text, Object.keys(table)));
    return unknown;
  }
  if (!fits(type, ["record"])) {
    const message = `${quote(checking, object.range)} is ${named(type)}, which has no parts`;
    report(checking, "error", "S203", name.range, message);
    return unknown;
  }
  if (type.is === "record" && !fieldIn(type, name.text)) {
    const message = `${quote(checking, object.range)} has no \`${name.text}\``;
    report(checking, "error", "S203", name.range, message, instead(name.text, Object.keys(type.fields ?? {})));
    return unknown;
  }
  if (isData(object)) checkKey(checking, name);
  else checkField(checking, type, object, name);
  return fieldOf(type, name.text);
}

const isData = (expr: Expr): boolean =>
  expr.kind === "member" && expr.name.text === "data" && expr.object.kind === "variable" && expr.object.name === "call";

/** A key that nothing writes may come with the call; one that is nearly one of those that are written is a slip. */
function checkKey(checking: Checking, { text, range }: Name): void {
  if (checking.dataKeys.has(text) || checking.torn) return;
  const near = meant(text, checking.dataKeys);
  if (near === undefined) return;
  const advice = { hint: `did you mean \`${near}\`?`, write: near };
  report(checking, "warning", "S220", range, `nothing sets \`call.data.${text}\``, advice);
}

/** What a host sends may hold anything; a field with nearly the name of one that `else` gives is a slip. */
function checkField(checking: Checking, { fields = {} }: Type, object: Expr, { text, range }: Name): void {
  if (Object.hasOwn(fields, text)) return;
  const near = meant(text, Object.keys(fields));
  if (near === undefined) return;
  const message = `${quote(checking, object.range)} is only known to have \`${near}\`, and nothing speaks of \`${text}\``;
  report(checking, "warning", "S220", range, message, { hint: `did you mean \`${near}\`?`, write: near });
}

/** `call.from` */
export function callField(name: Name, { checking, ended }: Place): Type {
  const field = Object.hasOwn(callFields, name.text) ? callFields[name.text] : undefined;
  if (!field) {
    const near = instead(name.text, Object.keys(callFields));
    const own = { hint: `data of your own is \`call.data.${name.text}\``, write: `data.${name.text}` };
    report(checking, "error", "S203", name.range, `a call has no \`${name.text}\``, near.write ? near : own);
    return unknown;
  }
  if (name.text === "data") return dataType(checking.secrets);
  if (name.text !== "outcome") return field.type;
  if (ended) return { is: "word", words: ended };
  const hint = "in a handler `outcome` is the outcome of its attempt";
  report(
    checking,
    "error",
    "S202",
    name.range,
    "`call.outcome` is known only once the call has ended, in `after call`",
    {
      hint,
    },
  );
  return unknown;
}

/** A part of a record. What is not known to be there may be missing; so is every part of what is missing. */
export function fieldOf(type: Type, name: string | undefined): Type {
  // What could not be read has parts that nothing is known of, and nothing is said about.
  if (type.is === "unknown" && !type.optional) return unknown;
  const field = (name === undefined ? undefined : fieldIn(type, name)) ?? optional(type.item ?? unknown);
  return secretly(type.optional ? optional(field) : field, Boolean(type.secret));
}
