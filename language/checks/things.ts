import type { Name, Text, Thing, ThingNoun } from "../ast.ts";
import { dialable } from "../phone.ts";
import { named, oneOfThem, type Type } from "../types.ts";
import { type Checking, instead, report, reportUnknown } from "./checking.ts";

/** The text of a name that is known before the call comes; undefined for `"{first}"`. */
export function fixedName(name: Name | Text): string | undefined {
  if (name.kind === "name") return name.text;
  const parts = name.parts.filter((part) => part !== "");
  if (parts.length === 0) return "";
  return parts.length === 1 && typeof parts[0] === "string" ? parts[0] : undefined;
}

const typeOf: Record<ThingNoun, Type> = {
  agent: { is: "agent" },
  group: { is: "group" },
  queue: { is: "queue" },
  trunk: { is: "trunk" },
  mailbox: { is: "mailbox" },
  bot: { is: "bot" },
  site: { is: "site" },
  flag: { is: "yes or no" },
  counter: { is: "number" },
  number: { is: "phone" },
  numbers: { is: "numbers" },
};

/** Where the directory has the things of a noun; queues are known by the strategies. */
function tablesOf({ directory }: Checking, noun: Exclude<ThingNoun, "queue">): Record<string, unknown>[] {
  if (noun === "trunk") return [directory.trunks, directory.trunkGroups];
  const table = {
    agent: directory.agents,
    group: directory.groups,
    mailbox: directory.mailboxes,
    number: directory.numbers,
    numbers: directory.numbers,
    bot: directory.bots,
    site: directory.sites,
    flag: directory.flags,
    counter: directory.counters,
  }[noun];
  return [table];
}

/** The names there are for a noun. */
export function namesOf(checking: Checking, noun: ThingNoun): string[] {
  return noun === "queue" ? [...checking.queues] : tablesOf(checking, noun).flatMap((table) => Object.keys(table));
}

function exists(checking: Checking, noun: ThingNoun, name: string): boolean {
  if (noun === "queue") return checking.queues.has(name);
  return tablesOf(checking, noun).some((table) => Object.hasOwn(table, name));
}

/** Whether a thing is in the directory, and what it is as a value. The parts of a computed name are not looked at here. */
export function checkThing(checking: Checking, thing: Thing): Type {
  const { directory } = checking;
  const type = typeOf[thing.noun];
  if (thing.of) {
    checkOwner(checking, thing, thing.of);
    return type;
  }
  const name = fixedName(thing.name);
  if (name === undefined) return type;
  const outside = thing.noun === "number" && dialable.test(name);
  if (outside && thing.name.kind === "text") return type;
  if (!exists(checking, thing.noun, name)) {
    unknownThing(checking, thing.noun, thing.name, name, namesOf(checking, thing.noun));
  } else if (thing.noun === "number" && isList(directory.numbers[name])) {
    const message = `\`${name}\` is a list of numbers, not one that can be rung`;
    report(checking, "error", "S301", thing.range, message, { hint: `\`call.from in numbers ${name}\` asks about it` });
  }
  return type;
}

/** Where only some kinds of thing make sense; `by` says who asks. */
export function hasNoun(checking: Checking, thing: Thing, nouns: readonly ThingNoun[], by: string): boolean {
  if (nouns.includes(thing.noun)) return true;
  const message = `${by} takes ${oneOfThem(nouns.map((noun) => named(noun === "number" ? "phone" : noun)))}, not a ${thing.noun}`;
  const name = thing.name.kind === "name" ? thing.name.text : "NAME";
  report(checking, "error", "S301", thing.range, message, { hint: `write \`${nouns[0]} ${name}\`` });
  return false;
}

const isList = (numbers: string[] | undefined) => numbers?.length !== 1 || numbers.some((one) => one.endsWith("*"));

export function unknownThing(checking: Checking, noun: string, at: Name | Text, name: string, known: string[]): void {
  const { hint, write } = instead(name, known);
  const place = noun === "queue" ? "in these strategies" : "in the directory";
  const what = noun === "numbers" ? "list of numbers" : noun;
  reportUnknown(checking, "S201", at.range, `there is no ${what} \`${name}\` ${place}`, {
    hint,
    write: write !== undefined && (at.kind === "text" || !/^[A-Za-z_]\w*$/.test(write)) ? `"${write}"` : write,
  });
}

/** `mailbox of group Accounts` */
function checkOwner(checking: Checking, thing: Thing, owner: Thing): void {
  const name = fixedName(owner.name);
  if (owner.noun !== "group" || thing.noun !== "mailbox") {
    const message = "only a group has a mailbox by `of`";
    report(checking, "error", "S301", thing.range, message, {
      hint: "write `mailbox of group NAME` or `mailbox NAME`",
    });
    return;
  }
  checkThing(checking, owner);
  if (name === undefined || !Object.hasOwn(checking.directory.groups, name)) return;
  if (checking.directory.groups[name]?.mailbox === undefined && !checking.torn) {
    const message = `group \`${name}\` has no mailbox in the directory`;
    report(checking, "error", "S211", thing.range, message, {
      hint: `write \`mailbox: NAME\` at the group \`${name}\``,
    });
  }
}
