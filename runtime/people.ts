import { type Directory, phoneTrunks, trunksIn } from "../language/index.ts";
import type { Person } from "./queue/skills.ts";

/** Everybody of the directory as skill expressions see them. */
export function peopleOf(directory: Directory): Map<string, Person> {
  const people = new Map<string, Person & { groups: Set<string>; sites: Set<string> }>();
  for (const { id, kind, skills } of Object.values(directory.agents)) {
    people.set(id, { id, kind, skills, groups: new Set(), sites: new Set(), age: 0 });
  }
  for (const group of Object.values(directory.groups)) {
    for (const member of group.members) people.get(member)?.groups.add(group.name);
  }
  for (const site of Object.values(directory.sites)) {
    for (const member of site.members) people.get(member)?.sites.add(site.id);
  }
  return people;
}

/** The sites on whose trunks a phone is. */
export function sitesOf(directory: Directory, device: string): Set<string> {
  const lines = phoneTrunks(device, directory);
  const leads = (name: string): boolean => trunksIn(name, directory).some((trunk) => lines.includes(trunk));
  const all = Object.values(directory.sites).filter(({ trunks }) => trunks.some(leads));
  return new Set(all.map(({ id }) => id));
}
