import { meets } from "./condition.ts";
import type { Directory, Group } from "./directory.ts";
import { table } from "./table.ts";

/** The groups by the levels that agents have now: those listed, and those who meet `where`. */
export function groupsBySkill({
  agents,
  groups,
  sites,
}: Pick<Directory, "agents" | "groups" | "sites">): Directory["groups"] {
  const people = Object.values(agents);
  const known = new Map<string, Set<string>>();
  const membersOf = (to: "group" | "site", name: string): Set<string> => {
    const table = to === "group" ? groups : sites;
    const found = known.get(`${to} ${name}`) ?? new Set(Object.hasOwn(table, name) ? listed(table[name]) : []);
    if (known.has(`${to} ${name}`)) return found;
    // Noted before it is whole: groups that ask about themselves were refused.
    known.set(`${to} ${name}`, found);
    const where = to === "group" ? groups[name]?.where : undefined;
    if (!where) return found;
    for (const agent of people) {
      if (meets(where.condition, agent, (kind, other) => membersOf(kind, other).has(agent.id))) found.add(agent.id);
    }
    return found;
  };
  const whole = (group: Group): Group =>
    group.where ? { ...group, members: [...membersOf("group", group.name)] } : group;
  return table(Object.values(groups).map((group) => [group.name, whole(group)]));
}

/** The group with other people listed. Who is in it by skill, `groupsBySkill` tells. */
export function listing(group: Group, members: string[]): Group {
  return { ...group, members, where: group.where && { ...group.where, listed: members } };
}

export function listed(one: { members: string[]; where?: Group["where"] } | undefined): string[] {
  return one?.where?.listed ?? one?.members ?? [];
}
