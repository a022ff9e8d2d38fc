import type { Name, ThingNoun } from "../ast.ts";
import { everywhere, reserved, words } from "../builtins.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Range } from "../source.ts";
import { type Type, unknown } from "../types.ts";
import { type Checking, meant, report, reportUnknown } from "./checking.ts";
import { lookUp, namesIn, type Scope, use } from "./state.ts";
import { namesOf } from "./things.ts";

/** A name that `let`, a parameter, an arm or a handler gives. It hides nothing. */
export function bind({ checking, scope }: { checking: Checking; scope: Scope }, name: Name, type: Type): void {
  const { subs, calendars } = checking.names;
  const first = lookUp(scope, name.text);
  const top = subs.get(name.text) ?? calendars.get(name.text);
  if (everywhere.has(name.text)) {
    const message = `\`${name.text}\` is a word of the language and cannot be a name`;
    report(checking, "error", "S205", name.range, message, { hint: "choose another name" });
  } else if (reserved.has(name.text)) return;
  else if (first) {
    const message = `\`${name.text}\` is declared already, and a name stands for one thing`;
    const related = [{ path: checking.source.path, range: first.range, message: "the first one" }];
    const hint = "choose another name; what changes is `set call.data.NAME`";
    report(checking, "error", "S205", name.range, message, { hint, related });
  } else if (top) {
    const message = `\`${name.text}\` is the name of a ${top.item.kind} and cannot be another`;
    const related = [{ path: top.source.path, range: top.item.name.range, message: `the ${top.item.kind}` }];
    report(checking, "error", "S205", name.range, message, { hint: "choose another name", related });
  } else {
    scope.names.set(name.text, { type, range: name.range });
    checking.types?.set(name, type);
  }
}

/** A name that an arm or a handler gives, if it does; without a type it names nothing, and that was told. */
export interface Binding {
  name: Name | undefined;
  type: Type | undefined;
}

/** Names that arms and handlers give, in a scope of their own. */
export function bound(at: { checking: Checking; scope: Scope }, bindings: readonly Binding[]): Scope {
  const scope: Scope = { names: new Map(), outer: at.scope };
  for (const { name, type } of bindings) {
    if (!name) continue;
    bind({ ...at, scope }, name, type ?? unknown);
    if (!type) use(scope, name.text);
  }
  return scope;
}

/** What was declared in a block and never used. */
export function checkUnused(checking: Checking, scope: Scope): void {
  if (scope.torn || checking.torn) return;
  for (const [name, { range, used }] of scope.names) {
    if (used) continue;
    const message = `\`${name}\` is never used`;
    report(checking, "hint", "S214", range, message, { hint: "take it out, or use it", fix: without(checking, range) });
  }
}

/** Takes out what stands in brackets alone: `on failed(code)`. Taking out a `let` would take out what its value does. */
function without({ source: { path, text } }: Checking, { start, end }: Range): Diagnostic["fix"] {
  const inHandler = /\bon\s+\w+\($/.test(text.slice(Math.max(0, start - 60), start));
  if (!inHandler || text[end] !== ")") return undefined;
  return { title: "take it out", edits: [{ path, range: { start: start - 1, end: end + 1 }, text: "" }] };
}

/** A word that stands for nothing here. */
export function unknownName(checking: Checking, scope: Scope, name: string, range: Range): void {
  const nouns: ThingNoun[] = ["agent", "group", "trunk", "bot", "site", "flag", "counter", "queue"];
  const nounOf = new Map(nouns.flatMap((noun) => namesOf(checking, noun).map((one): [string, string] => [one, noun])));
  const declared = [...namesIn(scope), ...checking.names.calendars.keys(), ...words];
  const near = nounOf.has(name) ? name : (meant(name, declared) ?? meant(name, nounOf.keys()));
  // Whoever mistypes a name has not forgotten it.
  if (near !== undefined) use(scope, near);
  const noun = near === undefined || declared.includes(near) ? undefined : nounOf.get(near);
  const write = noun === undefined ? near : `${noun} ${near}`;
  const hint = write
    ? `did you mean \`${write}\`?`
    : "a text stands in quotes; a variable is declared by `let` before, and ends with its block";
  reportUnknown(checking, "S202", range, `nothing here is called \`${name}\``, { hint, write });
}
