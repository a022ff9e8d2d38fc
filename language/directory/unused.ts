import type { AnyNode, Apply, File } from "../ast.ts";
import { isMistyped } from "../checks/checking.ts";
import { fixedName } from "../checks/things.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { walk } from "../walk.ts";
import { groupsIn } from "./condition.ts";
import type { Directory, Overflow, Places } from "./directory.ts";

/*
 * Entries that nobody uses: most often a name was mistyped where it should have been used, or the plan forgot somebody. Things are
 * written as in `Places`: `mailbox it`.
 */

const nouns = ["group", "trunk", "site", "bot", "mailbox", "flag", "counter", "numbers", "host", "holidays"];

/** One finding for each entry that neither these strategies nor the directory itself uses. Tests and traffic do not count. */
export function unusedEntries(files: readonly { file: File }[], directory: Directory, places: Places): Diagnostic[] {
  const used = new Set([...namedByStrategies(files), ...namedByItself(directory)]);
  addMeant(used, directory);
  return [...places].flatMap(([thing, place]): Diagnostic[] => {
    const [noun, name] = split(thing);
    if (!nouns.includes(noun) || used.has(thing) || used.has(`${noun} *`)) return [];
    const written = [...used].map(split).flatMap(([of, word]) => (of === noun ? [word] : []));
    if (isMistyped(name, written, (word) => places.has(`${noun} ${word}`))) return [];
    const message = `no strategy uses ${noun === "numbers" ? "number" : noun} \`${name}\``;
    const byHand = byPeople(noun, name, directory);
    if (byHand !== undefined) return [{ code: "D127", severity: "hint", message, ...place, hint: byHand }];
    const hint =
      noun === "mailbox"
        ? "nobody can leave a message there: take it out, or send calls to it"
        : "take it out, or use it";
    return [{ code: "D127", severity: "warning", message, ...place, hint }];
  });
}

/** What people do at their desks and phones with something that the directory makes theirs; undefined where it is nobody's. */
function byPeople(noun: string, name: string, { flags, groups, mailboxes }: Directory): string | undefined {
  const group = noun === "group" && Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (group && (group.members.length > 0 || group.where)) return "people may still hand calls on to it at the desk";
  const mailbox = noun === "mailbox" && Object.hasOwn(mailboxes, name) ? mailboxes[name] : undefined;
  if (mailbox?.owner) return "people may still hand calls on to it at the desk";
  const flag = noun === "flag" && Object.hasOwn(flags, name) ? flags[name] : undefined;
  const isGiven = flag?.dial !== undefined || flag?.who.some((one) => one.kind !== "role" || one.role !== "supervisor");
  return isGiven ? "people may turn it, and no call goes another way for it" : undefined;
}

const split = (thing: string): [string, string] => {
  const at = thing.indexOf(" ");
  return [thing.slice(0, at), thing.slice(at + 1)];
};

/** A name that is computed may be any of its kind: `trunk *`. */
export function namedByStrategies(files: readonly { file: File }[]): Set<string> {
  const named = new Set<string>();
  for (const item of files.flatMap(({ file }) => file.items)) {
    if (item.kind !== "test" && item.kind !== "traffic") walk(item, (node) => note(node, named));
  }
  return named;
}

function note(node: AnyNode, named: Set<string>): void {
  switch (node.kind) {
    case "thing": {
      const noun = node.of ? "mailbox of group" : node.noun === "number" ? "numbers" : node.noun;
      named.add(`${noun} ${fixedName(node.of ? node.of.name : node.name) ?? "*"}`);
      break;
    }
    case "fetch":
    case "send":
    case "fetchValue":
      named.add(`host ${node.host.text}`);
      break;
    case "apply":
      if (node.name.text === "site_waits") for (const site of sitesOf(node)) named.add(`site ${site}`);
      break;
    case "count":
      named.add(`counter ${node.counter.text}`);
      break;
    case "holidays":
      named.add(`holidays ${node.list.text}`);
      break;
    default:
      break;
  }
}

/** `site_waits(["madrid", "lyon"])` names sites by texts. */
function sitesOf({ args: [sites] }: Apply): string[] {
  if (sites?.kind !== "list") return ["*"];
  return sites.items.map((item) => (item.kind === "text" ? fixedName(item) : undefined) ?? "*");
}

/** Things of which other parts of the directory make use. */
function namedByItself(directory: Directory): Set<string> {
  const { agents, bots, defaults, devices, flags, groups, mailboxes, sites, trunks } = directory;
  const named = new Set<string>();
  const add = (noun: string, ...names: (string | undefined)[]): void => {
    for (const name of names) if (name !== undefined) named.add(`${noun} ${name}`);
  };
  add("trunk", ...defaults.outbound, ...Object.values(defaults.routes).flat());
  for (const { id, roles, inbound } of Object.values(trunks)) {
    const brings = inbound.host !== undefined || inbound.from.length > 0 || inbound.user !== undefined;
    if (brings || roles.some((role) => role !== "trunk")) add("trunk", id);
  }
  for (const { trunk } of Object.values(devices)) add("trunk", trunk);
  for (const { on, owner } of Object.values(mailboxes)) {
    add("trunk", on);
    if (owner?.kind === "group") add("group", owner.name);
  }
  for (const { trunks: lines } of Object.values(sites)) add("trunk", ...lines);
  for (const { trunk, host } of Object.values(bots)) {
    add("trunk", trunk);
    add("host", host);
  }
  for (const { who } of Object.values(flags)) for (const one of who) if (one.kind === "group") add("group", one.name);
  for (const { where } of Object.values(groups)) if (where) add("group", ...groupsIn(where.condition));
  const destinations: (Overflow | undefined)[] = [
    defaults.entryRoute,
    ...[
      defaults.overflow,
      ...[...Object.values(agents), ...Object.values(devices)].map((one) => one.noAnswer.overflow ?? []),
    ].flat(),
  ];
  for (const to of destinations) if (to) addDestination(to, directory, add);
  return named;
}

function addDestination(to: Overflow, { numbers }: Directory, add: (noun: string, ...names: string[]) => void): void {
  if (to.kind === "group" || to.kind === "mailbox") add(to.kind, to.name);
  if (to.kind !== "number") return;
  // `number duty` was looked up when the directory was read.
  add("numbers", ...Object.keys(numbers).filter((name) => numbers[name]?.includes(to.number)));
}

/** What stands for something else: `mailbox of group IT` is a mailbox, a group of trunks its trunks. */
function addMeant(used: Set<string>, { groups, trunkGroups }: Directory): void {
  for (const thing of used) {
    const [, owner] = /^mailbox of group (.*)$/s.exec(thing) ?? [];
    if (owner === "*") used.add("mailbox *").add("group *");
    else if (owner !== undefined)
      used.add(`group ${owner}`).add(`mailbox ${(Object.hasOwn(groups, owner) && groups[owner]?.mailbox) || ""}`);
  }
  for (const group of Object.values(trunkGroups)) {
    if (used.has(`trunk ${group.id}`) || used.has("trunk *"))
      for (const trunk of group.trunks) used.add(`trunk ${trunk}`);
  }
}
