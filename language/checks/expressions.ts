import type { Apply, Expr, Member, Name, Text, Variable } from "../ast.ts";
import { agentFields, callFields, functions, words } from "../builtins.ts";
import type { Range } from "../source.ts";
import {
  either,
  fieldIn,
  fits,
  listOf,
  named,
  oneOfThem,
  optional,
  present,
  recordOf,
  secretly,
  type Type,
  type TypeName,
  unknown,
} from "../types.ts";
import { type Checking, instead, meant, notYet, quote, report, reportUnknown } from "./checking.ts";
import { assume, deepestExpression, pathOf } from "./narrow.ts";
import { demand, missable, operate } from "./operators.ts";
import { bindingsOf, checkArms, scopeOf } from "./patterns.ts";
import { isTorn, lookUp, namesIn, type Scope, type State } from "./state.ts";
import { checkThing } from "./things.ts";

/** Where an expression stands. */
export interface Place {
  checking: Checking;
  scope: Scope;
  state: State;
  /** What `outcome` can be, inside a handler. */
  outcome?: readonly string[];
  /** Inside a queue's block, where `this` waits. */
  queued: boolean;
  depth?: number;
}

/** What the value of an expression is; every mistake in it is reported. A hole is unknown and silent. */
export function infer(expr: Expr, at: Place): Type {
  const depth = (at.depth ?? 0) + 1;
  if (depth > deepestExpression && !(expr.kind in literal)) {
    if (depth === deepestExpression + 1) report(at.checking, "error", "S307", expr.range, "this is nested too deeply");
    return unknown;
  }
  const type = inferKind(expr, { ...at, depth });
  const path = pathOf(expr);
  return (path === undefined ? undefined : at.state.known.get(path)) ?? type;
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
      return fieldOf(infer(expr.object, at), undefined);
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
      const results = expr.arms.map((arm) =>
        infer(arm.body, { ...at, scope: scopeOf(bindingsOf(arm.patterns), at.scope) }),
      );
      return results.reduce(either, infer(expr.otherwise, at));
    }
    default:
      return literal[expr.kind] ?? unknown;
  }
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
  for (const part of text.parts) {
    if (typeof part === "string") continue;
    const type = infer(part, at);
    if (type.is === "record" || type.is === "list") {
      const message = `a text cannot hold ${named(type)} such as ${quote(at.checking, part.range)}`;
      report(at.checking, "error", "S301", part.range, message);
    } else missable(at.checking, [{ expr: part, type }], "a text");
  }
  return { is: "text" };
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
  const declared = lookUp(at.scope, name);
  if (declared) return declared.type;
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

function unknownName(checking: Checking, scope: Scope, name: string, range: Range): void {
  const { agents, groups, trunks } = checking.directory;
  const things = {
    agent: Object.keys(agents),
    group: Object.keys(groups),
    trunk: Object.keys(trunks),
    queue: [...checking.queues],
  };
  const nouns = new Map(
    Object.entries(things).flatMap(([noun, names]) => names.map((one): [string, string] => [one, noun])),
  );
  const declared = [...namesIn(scope), ...words];
  const near = nouns.has(name) ? name : (meant(name, declared) ?? meant(name, nouns.keys()));
  const noun = near === undefined || declared.includes(near) ? undefined : nouns.get(near);
  const write = noun === undefined ? near : `${noun} ${near}`;
  const hint = write
    ? `did you mean \`${write}\`?`
    : "a text stands in quotes; a variable is declared by `let` before, and ends with its block";
  reportUnknown(checking, "S202", range, `nothing here is called \`${name}\``, { hint, write });
}

function inferMember(expr: Member, at: Place): Type {
  const { object, name } = expr;
  if (object.kind === "variable" && object.name === "call" && !lookUp(at.scope, "call")) {
    const field = Object.hasOwn(callFields, name.text) ? callFields[name.text] : undefined;
    if (field) return field.type;
    const data = instead(name.text, Object.keys(callFields));
    const hint = data.write ? data.hint : `data of your own is \`call.data.${name.text}\``;
    report(at.checking, "error", "S203", name.range, `a call has no \`${name.text}\``, { ...data, hint });
    return unknown;
  }
  const type = infer(object, at);
  if (type.is === "agent") {
    const field = Object.hasOwn(agentFields, name.text) ? agentFields[name.text] : undefined;
    if (field) return type.optional ? optional(field.type) : field.type;
    const message = `an agent has no \`${name.text}\``;
    report(at.checking, "error", "S203", name.range, message, instead(name.text, Object.keys(agentFields)));
    return unknown;
  }
  if (!fits(type, ["record"])) {
    const message = `${quote(at.checking, object.range)} is ${named(type)}, which has no parts`;
    report(at.checking, "error", "S203", name.range, message);
    return unknown;
  }
  if (type.is === "record" && !fieldIn(type, name.text)) {
    const message = `${quote(at.checking, object.range)} has no \`${name.text}\``;
    report(at.checking, "error", "S203", name.range, message, instead(name.text, Object.keys(type.fields ?? {})));
    return unknown;
  }
  return fieldOf(type, name.text);
}

/** A part of a record. What is not known to be there may be missing; so is every part of what is missing. */
function fieldOf(type: Type, name: string | undefined): Type {
  // What could not be read has parts that nothing is known of, and nothing is said about.
  if (type.is === "unknown" && !type.optional) return unknown;
  const field = (name === undefined ? undefined : fieldIn(type, name)) ?? { is: "unknown", optional: true };
  return secretly(type.optional ? optional(field) : field, Boolean(type.secret));
}

function inferApply(expr: Apply, at: Place): Type {
  const { checking } = at;
  const known = Object.hasOwn(functions, expr.name.text) ? functions[expr.name.text] : undefined;
  if (!known) {
    const message = `there is no function \`${expr.name.text}\``;
    report(checking, "error", "S203", expr.name.range, message, instead(expr.name.text, Object.keys(functions)));
    return unknown;
  }
  if (expr.args.length !== known.parameters.length) {
    const form = `\`${expr.name.text}(${known.parameters.map((one) => one.name).join(", ")})\``;
    report(checking, "error", "S203", expr.range, `${form} takes ${known.parameters.length}, not ${expr.args.length}`);
  }
  expr.args.forEach((argument, index) => {
    const parameter = known.parameters[index];
    if (!parameter) infer(argument, at);
    else if (argument.kind === "variable" && argument.name === "this")
      inferThis(argument, expr.name.text, parameter.accepts, at);
    else
      inferAs(
        argument,
        at,
        parameter.accepts.filter((one) => one !== "this"),
        `\`${expr.name.text}\``,
      );
  });
  return known.result;
}

function inferThis({ range }: Variable, name: string, accepts: readonly TypeName[], at: Place): void {
  if (!accepts.includes("this")) {
    report(at.checking, "error", "S301", range, `\`${name}\` needs ${oneOfThem(accepts.map(named))}, not \`this\``);
  } else if (!at.queued) {
    const hint = accepts.includes("queue")
      ? `write \`${name}(queue NAME)\``
      : "it has a place once it waits: in the `when` of a step, and inside `while waiting`";
    report(at.checking, "error", "S422", range, "this call waits in no queue here", { hint });
  }
}

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
  else {
    notYet(at.checking, expr.range, "`is open`");
  }
  return { is: "yes or no" };
}
