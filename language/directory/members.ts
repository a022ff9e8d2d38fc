import type { Diagnostic } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import { type Condition, groupsIn } from "./condition.ts";
import type { Directory } from "./directory.ts";
import { groupsBySkill } from "./groups.ts";
import { phoneTrunks, trunksIn } from "./routes.ts";
import type { Raw } from "./schema.ts";
import { readWhere } from "./where.ts";

/** Who belongs where: to sites by his phone, to groups by his skills; and which groups log their members in. */
export function fillMembers(raw: Raw, directory: Directory, sources: Source[], diagnostics: Diagnostic[]): void {
  for (const site of Object.values(directory.sites)) site.members = membersOfSite(site.trunks, directory);
  const conditions = readConditions(raw, directory, sources, diagnostics);
  for (const [name, condition] of conditions) {
    const group = directory.groups[name];
    if (group) group.where = { condition, listed: group.members };
  }
  directory.groups = groupsBySkill(directory);
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

function membersOfSite(trunks: string[], directory: Directory): string[] {
  const lines = new Set(trunks.flatMap((name) => trunksIn(name, directory)));
  return Object.values(directory.agents)
    .filter(({ device }) => phoneTrunks(device, directory).some((trunk) => lines.has(trunk)))
    .map(({ id }) => id);
}

/** Every sound `where`; one that leads back to its own group is told and left out. */
function readConditions(
  raw: Raw,
  directory: Directory,
  sources: Source[],
  diagnostics: Diagnostic[],
): Map<string, Condition> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const conditions = new Map<string, Condition>();
  for (const { name, value } of raw.groups ?? []) {
    const source = value.where && byPath.get(value.where.place.path);
    const condition = value.where && source && readWhere(value.where, source, directory, diagnostics);
    if (condition) conditions.set(name, condition);
  }
  for (const { name, value } of raw.groups ?? []) {
    const circle = circleFrom(name, conditions);
    if (!circle || !value.where) continue;
    conditions.delete(name);
    const message = `who is in group \`${name}\` depends on who is in it: ${circle.map((one) => `\`${one}\``).join(" → ")}`;
    diagnostics.push({ code: "D129", severity: "error", message, ...value.where.place });
  }
  return conditions;
}

/** The way back to a group along the groups that it asks about. */
function circleFrom(start: string, conditions: ReadonlyMap<string, Condition>): string[] | undefined {
  const seen = new Set<string>();
  const ways: string[][] = [[start]];
  for (let way = ways.pop(); way; way = ways.pop()) {
    const condition = conditions.get(way.at(-1) ?? "");
    for (const next of condition ? groupsIn(condition) : []) {
      if (next === start) return [...way, next];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
