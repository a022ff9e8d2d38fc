import type { Directory } from "../language/index.ts";
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
export function sitesOf({ sites, trunkGroups, devices }: Directory, device: string): Set<string> {
  const trunk = Object.hasOwn(devices, device) ? devices[device]?.trunk : undefined;
  const leads = (name: string): boolean => name === trunk || trunkGroups[name]?.trunks.includes(trunk ?? "") === true;
  const all = trunk === undefined ? [] : Object.values(sites).filter(({ trunks }) => trunks.some(leads));
  return new Set(all.map(({ id }) => id));
}
