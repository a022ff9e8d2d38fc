import type { Apply, Arm, Expr, Member, Name, Text, Variable } from "../ast.ts";
import { words } from "../builtins.ts";
import {
  either,
  fits,
  holdsSecret,
  listOf,
  named,
  present,
  recordOf,
  secretly,
  type Type,
  type TypeName,
  unknown,
} from "../types.ts";
import { markUsed, quote, report } from "./checking.ts";
import { callField, fieldOf, partOf } from "./fields.ts";
import { checkThis, functionOf } from "./functions.ts";
import { bound, checkUnused, unknownName } from "./names.ts";
import { assume, deepestExpression, pathOf } from "./narrow.ts";
import { demand, missable, operate } from "./operators.ts";
import { checkLiteral } from "./literals.ts";
import { bindingsOf, checkArms } from "./patterns.ts";
import type { Place } from "./place.ts";
import { isSecret } from "./secrets.ts";
import { siteWaits } from "./sites.ts";
import { isTorn, lookUp, use } from "./state.ts";
import { checkThing, fixedName } from "./things.ts";

/** What the value of an expression is; every mistake in it is reported. A hole is unknown and silent. */
export function infer(expr: Expr, at: Place): Type {
  const depth = (at.depth ?? 0) + 1;
  if (depth > deepestExpression && !(expr.kind in literal)) {
    if (depth === deepestExpression + 1) report(at.checking, "error", "S307", expr.range, "this is nested too deeply");
    return unknown;
  }
  const type = narrowed(expr, inferKind(expr, { ...at, depth }), at);
  at.checking.types?.set(expr, type);
  return type;
}

/** What is known of this very value here. */
function narrowed(expr: Expr, type: Type, { checking, state }: Place): Type {
  const path = pathOf(expr);
  if (path === undefined) return type;
  const known = state.known.get(path) ?? (state.full ? present(type) : type);
  return secretly(known, isSecret(checking.secrets, path));
}

/** Infers, and reports a value of another type or one that may be missing. `by` says who asks: "`ring for`". */
export function inferAs(expr: Expr, at: Place, wanted: readonly TypeName[], by: string): Type {
  const type = infer(expr, at);
  demand(at.checking, { expr, type }, wanted, by);
  return fits(type, wanted) ? type : unknown;
}

const literal: Partial<Record<Expr["kind"], Type>> = {
  hole: unknown,
  number: { is: "number" },
  duration: { is: "duration" },
  never: { is: "duration" },
  time: { is: "time" },
  date: { is: "date" },
  percent: { is: "percent" },
  yesno: { is: "yes or no" },
  missing: { is: "missing", optional: true },
};

function inferKind(expr: Expr, at: Place): Type {
  switch (expr.kind) {
    case "text":
      return inferText(expr, at);
    case "list":
      return inferList(expr.items, at);
    case "record":
      return inferRecord(expr.fields, at);
    case "variable":
      return inferVariable(expr, at);
    case "thing":
      if (expr.name.kind === "text") inferText(expr.name, at);
      if (expr.of?.name.kind === "text") inferText(expr.of.name, at);
      return checkThing(at.checking, expr);
    case "member":
      return inferMember(expr, at);
    case "index":
      inferAs(expr.key, at, ["text", "number"], "a key");
      return inferIndex(expr, at);
    case "apply":
      return inferApply(expr, at);
    case "unary":
      if (expr.op === "-") return present(inferAs(expr.operand, at, ["number", "duration"], "`-`"));
      inferAs(expr.operand, at, ["yes or no"], "`not`");
      return { is: "yes or no" };
    case "binary":
      return inferBinary(expr, at);
    case "is":
      return inferTest(expr, at);
    case "choice": {
      inferAs(expr.condition, at, ["yes or no"], "`if`");
      const then = infer(expr.then, where(at, expr.condition, true));
      return either(then, infer(expr.otherwise, where(at, expr.condition, false)));
    }
    case "matchValue": {
      const subject = infer(expr.subject, at);
      checkArms(at.checking, expr.arms, subject, (value) => infer(value, at));
      const results = expr.arms.map((arm) => inferArm(arm, subject, at));
      return results.reduce(either, infer(expr.otherwise, at));
    }
    default:
      checkLiteral(at.checking, expr);
      return literal[expr.kind] ?? unknown;
  }
}

function inferArm(arm: Arm<Expr>, subject: Type, at: Place): Type {
  const scope = bound(at, bindingsOf(arm.patterns, subject));
  const type = infer(arm.body, { ...at, scope });
  checkUnused(at.checking, scope);
  return type;
}

/** The place where `condition` was `outcome`. */
function where(at: Place, condition: Expr, outcome: boolean): Place {
  return { ...at, state: assume(at.state, condition, outcome, (expr) => quietly(expr, at)) };
}

/** The type of an expression whose mistakes were told already. */
export function quietly(expr: Expr, at: Place): Type {
  return infer(expr, { ...at, checking: { ...at.checking, diagnostics: [] } });
}

function inferText(text: Text, at: Place): Type {
  let secret = false;
  for (const part of text.parts) {
    if (typeof part === "string") continue;
    const type = infer(part, at);
    secret ||= holdsSecret(type);
    if (type.is === "record" || type.is === "list" || type.is === "calendar") {
      const message = `a text cannot hold ${named(type)} such as ${quote(at.checking, part.range)}`;
      report(at.checking, "error", "S301", part.range, message);
    } else missable(at.checking, [{ expr: part, type }], "a text");
  }
  return secretly({ is: "text" }, secret);
}

function inferList(items: Expr[], at: Place): Type {
  const types = items.map((item) => infer(item, at));
  const [first, ...others] = types;
  return listOf(first ? others.reduce(either, first) : undefined);
}

function inferRecord(fields: { key: Name; value: Expr }[], at: Place): Type {
  const types: Record<string, Type> = Object.create(null);
  for (const { key, value } of fields) {
    if (key.text in types) report(at.checking, "error", "S205", key.range, `\`${key.text}\` is in this record already`);
    types[key.text] = infer(value, at);
  }
  return recordOf(types);
}

function inferVariable({ name, range }: Variable, at: Place): Type {
  const { checking } = at;
  const declared = use(at.scope, name);
  if (declared) return declared.type;
  const calendar = checking.names.calendars.get(name);
  if (calendar) {
    markUsed(checking, calendar.item);
    return { is: "calendar" };
  }
  if (name === "outcome") {
    if (at.outcome) return { is: "word", words: at.outcome };
    report(checking, "error", "S202", range, "`outcome` is known only in a handler: `on busy { … }`");
    return unknown;
  }
  if (name === "this" || name === "call") {
    const use = name === "call" ? "write a part of it: `call.from`" : "write it in `ewt(this)` or `position(this)`";
    report(checking, "error", "S202", range, `\`${name}\` alone is no value`, { hint: use });
    return unknown;
  }
  if (words.has(name)) return { is: "word", words: [name] };
  // What could not be read may have declared it, here or in another item of the file.
  if (!isTorn(at.scope)) unknownName(checking, at.scope, name, range);
  return unknown;
}

function inferMember(expr: Member, at: Place): Type {
  const { object, name } = expr;
  if (object.kind === "variable" && object.name === "call" && !lookUp(at.scope, "call")) return callField(name, at);
  return partOf(infer(object, at), object, name, at.checking);
}

function inferIndex({ object, key }: Extract<Expr, { kind: "index" }>, at: Place): Type {
  inferAs(key, at, ["text", "number"], "a key");
  const type = infer(object, at);
  const { name } = key.kind === "text" ? { name: fixedName(key) } : { name: undefined };
  if (type.is === "list") return { ...(type.item ?? unknown), optional: true };
  if (name !== undefined && fits(type, ["record"])) return fieldOf(type, name);
  return secretly(fieldOf(type, undefined), holdsSecret(type));
}

function inferApply(expr: Apply, at: Place): Type {
  const { name, args } = expr;
  const known = functionOf(expr, at);
  args.forEach((argument, index) => {
    const parameter = known?.parameters[index];
    if (!parameter) infer(argument, at);
    else if (argument.kind === "variable" && argument.name === "this")
      checkThis(argument, name.text, parameter.accepts, at);
    else inferAs(argument, at, takenBy(parameter.accepts), `\`${name.text}\``);
  });
  return name.text === "site_waits" ? siteWaits(args, at.checking) : (known?.result ?? unknown);
}

const takenBy = (accepts: readonly TypeName[]) => accepts.filter((one) => one !== "this");

function inferBinary(expr: Extract<Expr, { kind: "binary" }>, at: Place): Type {
  const { op, left, right } = expr;
  if (op === "and" || op === "or") {
    inferAs(left, at, ["yes or no"], `\`${op}\``);
    inferAs(right, where(at, left, op === "and"), ["yes or no"], `\`${op}\``);
    return { is: "yes or no" };
  }
  const type = infer(left, at);
  if (op !== "??") return operate(at.checking, expr, { expr: left, type }, { expr: right, type: infer(right, at) });
  const other = infer(right, at);
  if (type.is === "missing") return other;
  return { ...either(present(type), other), optional: other.is === "missing" || Boolean(other.optional) };
}

function inferTest(expr: Extract<Expr, { kind: "is" }>, at: Place): Type {
  if (expr.what === "found") infer(expr.operand, at);
  else if (expr.what === "withheld") inferAs(expr.operand, at, ["phone"], "`is withheld`");
  else inferAs(expr.operand, at, ["calendar"], "`is open`");
  return { is: "yes or no" };
}
