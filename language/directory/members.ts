import type { Directory } from "./directory.ts";
import type { Raw } from "./schema.ts";

/** Who belongs where: to sites by his phone, and which groups log their members in. */
export function fillMembers(raw: Raw, directory: Directory): void {
  for (const site of Object.values(directory.sites)) site.members = membersOfSite(site.trunks, directory);
  const loggedIn = new Set(
    (raw.groups ?? [])
      .filter((group) => group.value.auto_login?.value)
      .flatMap((group) => directory.groups[group.name]?.members ?? []),
  );
  for (const { name, value } of raw.agents ?? []) {
    const agent = directory.agents[name];
    if (agent && value.auto_login === undefined) agent.autoLogin = loggedIn.has(name);
  }
}

function membersOfSite(trunks: string[], { agents, devices, trunkGroups }: Directory): string[] {
  const inner = trunks.flatMap((name) => (Object.hasOwn(trunkGroups, name) ? (trunkGroups[name]?.trunks ?? []) : []));
  const lines = new Set([...trunks, ...inner]);
  return Object.values(agents)
    .filter(({ device }) => lines.has(devices[device]?.trunk ?? ""))
    .map(({ id }) => id);
}
