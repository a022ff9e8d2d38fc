import type { Agent, Directory } from "../directory/directory.ts";
import { skillsOf } from "../directory/skills.ts";
import type { Kind } from "./named.ts";

/* What the directory knows, by the kind of name that strategies use, each with one line about it. */

type About = (name: string, directory: Directory) => string;

interface Shelf {
  names: (directory: Directory) => string[];
  about: About;
}

const shelves: Partial<Record<Kind, Shelf>> = {
  agent: {
    names: ({ agents }) => Object.keys(agents),
    about: (name, { agents, groups }) => agentLine(agents[name], groups),
  },
  group: { names: ({ groups }) => Object.keys(groups), about: groupLine },
  trunk: {
    names: ({ trunks, trunkGroups }) => [...Object.keys(trunks), ...Object.keys(trunkGroups)],
    about: trunkLine,
  },
  mailbox: { names: ({ mailboxes }) => Object.keys(mailboxes), about: mailboxLine },
  bot: {
    names: ({ bots }) => Object.keys(bots),
    about: (name, { bots }) =>
      joined(bots[name]?.trunk && `by trunk ${bots[name].trunk}`, bots[name]?.host && `at host ${bots[name].host}`),
  },
  site: {
    names: ({ sites }) => Object.keys(sites),
    about: (name, { sites }) => `by ${listed(sites[name]?.trunks ?? [])}`,
  },
  flag: {
    names: ({ flags }) => Object.keys(flags),
    about: (name, { flags }) => `a switch, ${flags[name]?.default ? "on" : "off"} until somebody sets it`,
  },
  counter: {
    names: ({ counters }) => Object.keys(counters),
    about: (name, { counters }) =>
      `starts with ${counters[name]?.start ?? 0}, reset ${counters[name]?.reset ?? "never"}`,
  },
  number: {
    names: ({ numbers }) => Object.keys(numbers).filter((name) => isOne(numbers[name])),
    about: (name, { numbers }) => listed(numbers[name] ?? []),
  },
  numbers: { names: ({ numbers }) => Object.keys(numbers), about: (name, { numbers }) => listed(numbers[name] ?? []) },
  skill: { names: skillsOf, about: skillLine },
  tier: { names: ({ tiers }) => tiers, about: (name, { tiers }) => `strictest first: ${tiers.join(", ")}` },
  host: {
    names: ({ hosts }) => Object.keys(hosts),
    about: (name, { hosts }) => joined(hosts[name]?.url, hosts[name]?.trusted && "trusted"),
  },
  holidays: {
    names: ({ holidays }) => Object.keys(holidays),
    about: (name, { holidays }) => listed((holidays[name] ?? []).map((day) => `${day.date} ${day.name}`)),
  },
};

/** Every name of a kind, in the order of the directory. */
export function namesInDirectory(kind: Kind, directory: Directory): string[] {
  return shelves[kind]?.names(directory) ?? [];
}

/** One line about a thing; undefined where the directory has no such thing. */
export function aboutThing(kind: Kind, name: string, directory: Directory): string | undefined {
  const shelf = shelves[kind];
  return shelf?.names(directory).includes(name) ? shelf.about(name, directory) : undefined;
}

const most = 8;

const joined = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(" · ");

/** At most eight, then how many more. */
function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

const isOne = (numbers: string[] | undefined): boolean => numbers?.length === 1 && !numbers[0]?.endsWith("*");

const levels = (skills: Record<string, number>): string =>
  listed(Object.entries(skills).map(([skill, level]) => `${skill} ${level}`));

function agentLine(agent: Agent | undefined, groups: Directory["groups"]): string {
  if (!agent) return "";
  const inGroups = Object.values(groups).filter(
    ({ name, members }) => name !== "Everyone" && members.includes(agent.id),
  );
  return joined(
    agent.name !== agent.id && agent.name,
    agent.kind === "worker" && "worker",
    agent.extension && `extension ${agent.extension}`,
    levels(agent.skills),
    inGroups.length > 0 && `in ${listed(inGroups.map(({ name }) => name))}`,
  );
}

function groupLine(name: string, { groups }: Directory): string {
  const group = groups[name];
  const members = group?.members ?? [];
  return joined(
    members.length === 0 ? "nobody" : listed(members),
    group?.where && "by skill",
    group?.mailbox && `mailbox ${group.mailbox}`,
  );
}

function trunkLine(name: string, { trunks, trunkGroups }: Directory): string {
  const trunk = Object.hasOwn(trunks, name) ? trunks[name] : undefined;
  if (!trunk) return listed(trunkGroups[name]?.trunks ?? []);
  return joined(listed(trunk.to), trunk.roles.join(", "), trunk.trusted && "trusted");
}

function mailboxLine(name: string, { mailboxes }: Directory): string {
  const mailbox = mailboxes[name];
  return joined(
    mailbox?.owner && `of ${mailbox.owner.kind} ${mailbox.owner.name}`,
    mailbox?.on ? `on ${mailbox.on}` : "kept here",
  );
}

/** Who has the skill, best first. */
function skillLine(name: string, { agents }: Directory): string {
  const able = Object.values(agents)
    .flatMap((agent) => (agent.skills[name] === undefined ? [] : [{ id: agent.id, level: agent.skills[name] }]))
    .toSorted((a, b) => b.level - a.level);
  return able.length === 0 ? "nobody has it" : listed(able.map(({ id, level }) => `${id} ${level}`));
}
