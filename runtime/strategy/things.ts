import { type Directory, normalise, type Thing } from "../../language/index.ts";
import { asText } from "./format.ts";
import { textOf, thing, type Value } from "../values.ts";
import { constant, type Evaluate, fail, type Lower } from "./world.ts";

/** `group Accounts`, `trunk "{first}"`, `mailbox of group Accounts`. A computed name nobody has is `no_such_target`. */
export function lowerThing(expr: Thing, lower: Lower): Evaluate {
  if (expr.of) return lowerMailboxOf(lowerThing(expr.of, lower));
  const { noun, name } = expr;
  if (noun === "flag" || noun === "counter")
    return lowerShared(noun, name.kind === "name" ? constant(name.text) : lower(name));
  if (name.kind === "name") {
    const value = thing(noun, name.text);
    return () => value;
  }
  const text = lower(name);
  return (scope) => {
    const found = asText(text(scope));
    if (found === undefined) return null;
    if (noun === "number" || exists(noun, found, scope.world.directory)) return thing(noun, found);
    return fail(scope, "no_such_target", `no ${noun} \`${found}\``);
  };
}

/** What all calls share is read, not named. */
function lowerShared(noun: "flag" | "counter", name: Evaluate): Evaluate {
  return (scope) => {
    const text = asText(name(scope)) ?? "";
    return scope.world[noun](text) ?? fail(scope, "no_such_target", `no ${noun} \`${text}\``);
  };
}

function lowerMailboxOf(owner: Evaluate): Evaluate {
  return (scope) => {
    const value = owner(scope);
    if (!isThing(value, "group")) return null;
    const mailbox = entry(scope.world.directory.groups, value.name)?.mailbox;
    return mailbox === undefined
      ? fail(scope, "no_such_target", `group \`${value.name}\` has no mailbox`)
      : thing("mailbox", mailbox);
  };
}

/** Own entries only: names come from callers too. */
export function entry<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function exists(noun: string, name: string, directory: Directory): boolean {
  switch (noun) {
    case "agent":
      return entry(directory.agents, name) !== undefined;
    case "group":
      return entry(directory.groups, name) !== undefined;
    case "trunk":
      return entry(directory.trunks, name) !== undefined;
    case "mailbox":
      return entry(directory.mailboxes, name) !== undefined;
    case "numbers":
      return entry(directory.numbers, name) !== undefined;
    default:
      return true;
  }
}

/** The phone that a value means: itself, a text, or `number N` by the directory, else the name itself. */
export function phoneOf(value: Value, directory: Directory): string | undefined {
  if (!isThing(value, "number")) return textOf(value);
  return entry(directory.numbers, value.name)?.[0] ?? value.name;
}

export function isPhone(value: Value): boolean {
  return isThing(value, "number") || (typeof value === "object" && value?.is === "phone");
}

export function isThing(value: Value, noun: string): value is Extract<Value, { is: "thing" }> {
  return typeof value === "object" && value !== null && value.is === "thing" && value.noun === noun;
}

/** The agent whose extension this is, however it is written. */
export function agentAt(phone: string, directory: Directory): Value {
  const id = phoneBook(directory).get(normalise(phone, directory.site.country));
  return id === undefined ? null : thing("agent", id);
}

const phoneBooks = new WeakMap<Directory, Map<string, string>>();

/** Agents by extension, reckoned once for each directory. */
function phoneBook(directory: Directory): Map<string, string> {
  const known = phoneBooks.get(directory);
  if (known) return known;
  const book = new Map<string, string>();
  for (const { id, extension } of Object.values(directory.agents)) {
    if (extension !== undefined) book.set(normalise(extension, directory.site.country), id);
  }
  phoneBooks.set(directory, book);
  return book;
}

/** An agent by extension or by id, a number by its name, else what can be dialled; nothing else is anybody. */
export function whom({ directory }: { directory: Directory }, to: string): Value {
  const found = agentAt(to, directory);
  if (isThing(found, "agent")) return found;
  if (entry(directory.agents, to)) return thing("agent", to);
  if (entry(directory.numbers, to)) return thing("number", to);
  return /^\+?[\d\s().*#-]{1,40}$/.test(to) ? to : null;
}
