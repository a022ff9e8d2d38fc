import type { Name, Text, Thing, ThingNoun } from "../ast.ts";
import { dialable } from "../phone.ts";
import type { Type } from "../types.ts";
import { type Checking, instead, notYet, report, reportUnknown } from "./checking.ts";

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
  const table = {
    agent: directory.agents,
    group: directory.groups,
    queue: undefined,
    trunk: directory.trunks,
    mailbox: directory.mailboxes,
    number: directory.numbers,
    numbers: directory.numbers,
    bot: directory.bots,
    site: undefined,
    flag: directory.flags,
    counter: directory.counters,
  }[thing.noun];
  if (thing.noun === "queue") {
    if (!checking.queues.has(name)) unknownThing(checking, "queue", thing.name, name, [...checking.queues]);
  } else if (!table) notYet(checking, thing.range, `\`${thing.noun}\``);
  else if (!Object.hasOwn(table, name)) unknownThing(checking, thing.noun, thing.name, name, Object.keys(table));
  else if (thing.noun === "number" && isList(directory.numbers[name])) {
    const message = `\`${name}\` is a list of numbers, not one that can be rung`;
    report(checking, "error", "S301", thing.range, message, { hint: `\`call.from in numbers ${name}\` asks about it` });
  }
  return type;
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

/** The mailbox that a thing means, where the directory and a fixed name tell it. */
export function mailboxOf(checking: Checking, thing: Thing): string | undefined {
  const name = fixedName(thing.of ? thing.of.name : thing.name);
  if (name === undefined) return undefined;
  const { groups, mailboxes } = checking.directory;
  const mailbox = thing.of ? (Object.hasOwn(groups, name) ? groups[name]?.mailbox : undefined) : name;
  return mailbox !== undefined && Object.hasOwn(mailboxes, mailbox) ? mailbox : undefined;
}
