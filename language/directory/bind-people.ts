import { bindSecret } from "./bind-secret.ts";
import type { Aim, Fate } from "./destination.ts";
import type { Agent, Destination, Device, Directory, Group, Labels, Mailbox, NoAnswer, Overflow } from "./directory.ts";
import { bare } from "../phone.ts";
import type { Raw } from "./schema.ts";
import type { Found, Named } from "./shape.ts";
import { table, tableOf, texts } from "./table.ts";

type People = Pick<Directory, "defaults" | "states" | "groups" | "agents" | "devices" | "mailboxes">;
type Value<K extends keyof Raw> = NonNullable<Raw[K]> extends { value: infer T }[] ? T : never;

/** Who is in which group by skill is found out later, when skills are known to be sound. */
export function bindPeople(raw: Raw, site: Directory["site"]): People {
  const groups = bindGroups(raw);
  const aim = (found: Found<Aim | Fate>): Overflow[] => resolve(found.value, groups, raw);
  const aims = (found: Found<Aim | Fate>[] | undefined): Overflow[] | undefined => found?.flatMap(aim);
  const noAnswer = (found: Value<"devices">["no_answer"]): NoAnswer => ({
    afterMs: found?.after?.value,
    makes: found?.makes?.value,
    overflow: aims(found?.then),
  });
  return {
    defaults: bindDefaults(raw, aims),
    states: tableOf(raw.states, (name, value) => ({
      name,
      class: value.class?.value ?? "not_ready",
      label: bindLabels(name, value.label, site),
      next: value.next?.map((each) => each.value),
      from: value.from?.map((each) => each.value),
    })),
    groups,
    agents: tableOf(raw.agents, (name, value) => bindAgent(name, value, noAnswer(value.no_answer))),
    devices: bindDevices(raw, noAnswer),
    mailboxes: tableOf(raw.mailboxes, bindMailbox),
  };
}

/** `number NAME` and `mailbox of group NAME` become what they name; a name that leads nowhere is reported elsewhere. */
function resolve(aim: Aim | Fate, groups: Directory["groups"], { numbers = [] }: Raw): Overflow[] {
  switch (aim.kind) {
    case "phone":
      return [{ kind: "number", number: aim.number }];
    case "number": {
      const [number] = numbers.find((one) => one.name === aim.name)?.value ?? [];
      return number ? [{ kind: "number", number: number.value }] : [];
    }
    case "mailbox of group": {
      const mailbox = Object.hasOwn(groups, aim.name) ? groups[aim.name]?.mailbox : undefined;
      return mailbox === undefined ? [] : [{ kind: "mailbox", name: mailbox }];
    }
    default:
      return [aim];
  }
}

const isDestination = (one: Overflow): one is Destination =>
  one.kind !== "stay" && one.kind !== "recall" && one.kind !== "release";

function bindDefaults(
  { defaults }: Raw,
  aims: (found: Found<Aim | Fate>[] | undefined) => Overflow[] | undefined,
): Directory["defaults"] {
  const [entryRoute] = (aims(defaults?.entry_route && [defaults.entry_route]) ?? []).filter(isDestination);
  return {
    ringForMs: defaults?.ring_for?.value ?? 20_000,
    wrapUpMs: defaults?.wrap_up?.value ?? 0,
    capacity: defaults?.capacity?.value ?? 1,
    may: defaults?.may?.map((each) => each.value) ?? [],
    afterNoAnswer: defaults?.after_no_answer?.value ?? "not_ready",
    overflow: aims(defaults?.no_answer?.then) ?? [],
    coolDownMs: defaults?.cool_down?.value ?? 10_000,
    ringback: {
      inbound: defaults?.ringback?.inbound?.value ?? "pass",
      outbound: defaults?.ringback?.outbound?.value ?? "instant180",
    },
    entryRoute,
    defaultRouteMs: defaults?.default_route_for?.value ?? 600_000,
    ...bindRoutes(defaults?.outbound),
  };
}

/** What is routed by number, and what is for all others. */
function bindRoutes(
  found: NonNullable<Raw["defaults"]>["outbound"],
): Pick<Directory["defaults"], "outbound" | "routes"> {
  const plain = (found ?? []).flatMap((one) => ("name" in one ? [] : [one.value]));
  const routed = (found ?? []).flatMap((one) => ("name" in one ? [one] : []));
  const rest = routed.find(({ name }) => name === "*");
  return {
    outbound: [...plain, ...texts(rest?.value)],
    routes: table(routed.filter((one) => one !== rest).map(({ name, value }) => [bare(name), texts(value)])),
  };
}

/** A text for all languages is one in the site's first. */
function bindLabels(name: string, found: Named<Found<string>>[] | undefined, { languages }: Directory["site"]): Labels {
  const [first = "en"] = languages;
  const said = (found ?? []).map(({ name: language, value }): [string, string] => [language || first, value.value]);
  const fallback = said[0]?.[1] ?? name;
  return table([[first, fallback], ...said]);
}

/** A group owns the mailbox it names, or the only one that names it. */
function bindGroups({ groups = [], agents = [], mailboxes = [] }: Raw): Directory["groups"] {
  const owned = new Map<string, string | undefined>();
  for (const { name, value } of mailboxes) {
    const owner = value.owner?.value;
    if (owner?.kind === "group") owned.set(owner.name, owned.has(owner.name) ? undefined : name);
  }
  const rows = groups.map(({ name, value }): [string, Group] => {
    const mailbox = value.mailbox?.value ?? owned.get(name);
    return [name, { name, members: [...new Set(texts(value.members))], mailbox }];
  });
  const everyone: Group = { name: "Everyone", members: agents.map((agent) => agent.name) };
  return table([["Everyone", everyone], ...rows]);
}

function bindAgent(id: string, value: Value<"agents">, noAnswer: NoAnswer): Agent {
  const token = bindSecret(value.login?.token);
  return {
    id,
    name: value.name?.value ?? id,
    extension: value.extension?.value,
    device: value.device?.value ?? id,
    kind: value.kind?.value ?? "agent",
    skills: tableOf(value.skills, (_, level) => level.value),
    redirect: value.redirect?.value,
    greeting: value.greeting?.value,
    autoLogin: value.auto_login?.value ?? false,
    wrapUpMs: value.wrap_up?.value,
    capacity: value.capacity?.value,
    may: value.may?.map((each) => each.value),
    noAnswer,
    supervisor: value.supervisor?.value ?? false,
    login: token && { token },
  };
}

/** An agent without a device gets one of his own name: his extension on the PBX, or registered with us where there is no PBX. */
function bindDevices(
  { devices = [], agents = [], trunks = [] }: Raw,
  noAnswer: (found: Value<"devices">["no_answer"]) => NoAnswer,
): Directory["devices"] {
  const pbx = trunks.find((trunk) => trunk.value.roles?.some((role) => role.value === "pbx"))?.name;
  const users = new Map(agents.map(({ name, value }) => [value.device?.value ?? name, value.extension?.value ?? name]));
  const implicit = agents
    .filter((agent) => agent.value.device === undefined)
    .map(({ name }): [string, Device] => {
      return [name, { id: name, user: users.get(name) ?? name, trunk: pbx, noAnswer: {}, autoAnswer: false }];
    });
  const declared = devices.map(({ name, value }): [string, Device] => [
    name,
    {
      id: name,
      user: value.user?.value ?? users.get(name) ?? name,
      trunk: value.trunk?.value,
      password: bindSecret(value.password),
      digest: value.digest?.map((one) => one.value) ?? ["MD5"],
      noAnswer: noAnswer(value.no_answer),
      autoAnswer: value.auto_answer?.value ?? false,
    },
  ]);
  return table([...implicit, ...declared]);
}

function bindMailbox(id: string, value: Value<"mailboxes">): Mailbox {
  const subscribeAs = value.subscribe_as?.value ?? value.deposit?.value;
  return {
    id,
    owner: value.owner?.value,
    on: value.on?.value,
    deposit: value.deposit?.value,
    access: value.access?.value,
    subscribeAs: value.on && subscribeAs,
    pin: bindSecret(value.pin),
    greeting: value.greeting?.value,
    atMostMs: value.at_most?.value ?? 180_000,
  };
}
