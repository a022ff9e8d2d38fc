import { readDestination } from "./destination.ts";
import type { Agent, Destination, Device, Directory, Group, Trunk } from "./directory.ts";
import type { Raw } from "./schema.ts";
import type { Found } from "./shape.ts";

/** Lookups by an author's names must never find what JavaScript's own objects carry, such as `constructor`. */
function table<T>(entries: [string, T][]): Record<string, T> {
  const rows: Record<string, T> = Object.create(null);
  for (const [key, row] of entries) rows[key] = row;
  return rows;
}

const texts = (found: Found<string>[] | undefined) => (found ?? []).map((one) => one.value);

/** Fills in every default. References are not looked at. `path` is the first file's: an unnamed prompt folder lies beside it. */
export function bind(raw: Raw, path: string): Directory {
  const { site, tiers = [], mailboxes = [], numbers = [] } = raw;
  const loggedIn = new Set(raw.groups?.flatMap(({ value }) => (value.auto_login?.value ? texts(value.members) : [])));
  const trunks = table((raw.trunks ?? []).map((one) => [one.name, bindTrunk(one)]));
  return {
    site: {
      name: site?.name?.value ?? "site",
      zone: site?.zone?.value ?? "UTC",
      country: site?.country?.value ?? "",
      languages: site?.languages?.length ? texts(site.languages) : ["en"],
    },
    defaults: bindDefaults(raw),
    skills: bindSkills(raw),
    tiers: [...new Set([...texts(tiers), "normal"])],
    groups: bindGroups(raw),
    agents: table((raw.agents ?? []).map((one) => [one.name, bindAgent(one, loggedIn)])),
    devices: bindDevices(raw, trunks),
    trunks,
    mailboxes: table(
      mailboxes.map(({ name, value }) => [
        name,
        { id: name, owner: destination(value.owner), on: value.on?.value, deposit: value.deposit?.value },
      ]),
    ),
    prompts: bindPrompts(raw, path),
    numbers: table(numbers.map((one) => [one.name, texts(one.value)])),
  };
}

type Of<K extends keyof Raw> = NonNullable<Raw[K]> extends (infer T)[] ? T : never;

const destination = (found: Found<string> | undefined): Destination | undefined =>
  found === undefined ? undefined : readDestination(found.value);

function bindDefaults({ defaults }: Raw): Directory["defaults"] {
  return {
    ringForMs: defaults?.ring_for?.value ?? 20_000,
    wrapUpMs: defaults?.wrap_up?.value ?? 0,
    afterNoAnswer: defaults?.after_no_answer?.value ?? "not_ready",
    coolDownMs: defaults?.cool_down?.value ?? 10_000,
    entryRoute: destination(defaults?.entry_route),
    outbound: texts(defaults?.outbound),
  };
}

/** Where no skills are listed, the agents' own are the catalogue. */
function bindSkills({ skills, agents = [] }: Raw): Directory["skills"] {
  const [low = 0, high = 10] = (skills?.scale?.value ?? "0..10").split("..").map(Number);
  const languages = texts(skills?.languages);
  const spoken = new Set(languages.map((language) => `language_${language}`));
  const held = agents.flatMap((agent) => (agent.value.skills ?? []).map((skill) => skill.name));
  const names = skills?.names ? texts(skills.names) : held.filter((skill) => !spoken.has(skill));
  return { scale: { low, high }, names: [...new Set(names)], languages };
}

/** A group owns the mailbox it names, or the only one that names it. */
function bindGroups({ groups = [], agents = [], mailboxes = [] }: Raw): Directory["groups"] {
  const owned = new Map<string, string | undefined>();
  for (const { name, value } of mailboxes) {
    const owner = destination(value.owner);
    if (owner?.kind === "group") owned.set(owner.name, owned.has(owner.name) ? undefined : name);
  }
  const rows = groups.map(({ name, value }): [string, Group] => {
    const mailbox = value.mailbox?.value ?? owned.get(name);
    return [name, { name, members: [...new Set(texts(value.members))], mailbox }];
  });
  const everyone: Group = { name: "Everyone", members: agents.map((agent) => agent.name) };
  return table([["Everyone", everyone], ...rows]);
}

function bindAgent({ name, value }: Of<"agents">, loggedIn: Set<string>): Agent {
  return {
    id: name,
    name: value.name?.value ?? name,
    extension: value.extension?.value,
    device: value.device?.value ?? name,
    kind: value.kind?.value ?? "agent",
    skills: table((value.skills ?? []).map((skill) => [skill.name, skill.value.value])),
    redirect: value.redirect?.value,
    autoLogin: value.auto_login?.value ?? loggedIn.has(name),
    wrapUpMs: value.wrap_up?.value,
  };
}

/** An agent without a device gets one of his own name: his extension on the PBX, or registered with us where there is no PBX. */
function bindDevices({ devices = [], agents = [] }: Raw, trunks: Record<string, Trunk>): Directory["devices"] {
  const pbx = Object.values(trunks).find((trunk) => trunk.roles.includes("pbx"));
  const users = new Map(agents.map(({ name, value }) => [value.device?.value ?? name, value.extension?.value ?? name]));
  const implicit = agents
    .filter((agent) => agent.value.device === undefined)
    .map(({ name }): [string, Device] => {
      return [name, { id: name, user: users.get(name) ?? name, trunk: pbx?.id, autoAnswer: false }];
    });
  const declared = devices.map(({ name, value }): [string, Device] => {
    const user = value.user?.value ?? users.get(name) ?? name;
    const noAnswerAfterMs = value.no_answer?.after?.value;
    return [
      name,
      { id: name, user, trunk: value.trunk?.value, noAnswerAfterMs, autoAnswer: value.auto_answer?.value ?? false },
    ];
  });
  return table([...implicit, ...declared]);
}

function bindTrunk({ name, value }: Of<"trunks">): Trunk {
  return {
    id: name,
    to: texts(value.to),
    roles: (value.roles ?? []).map((role) => role.value),
    from: texts(value.inbound?.from),
  };
}

function bindPrompts({ prompts }: Raw, path: string): Directory["prompts"] {
  const lengths = (prompts?.lengths ?? []).map(({ name, value }): [string, number] => [name, value.value]);
  return {
    folder: beside(prompts?.folder?.place.path ?? path, prompts?.folder?.value ?? "prompts"),
    lengthsMs: table(lengths.filter(([name]) => name !== "default")),
    defaultLengthMs: lengths.find(([name]) => name === "default")?.[1] ?? 4000,
  };
}

function beside(file: string, folder: string): string {
  const absolute = /^([/\\]|[A-Za-z]:)/.test(folder);
  return absolute ? folder : `${/^.*[/\\]/s.exec(file)?.[0] ?? ""}${folder}`;
}
