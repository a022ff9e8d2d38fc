import { bindLines } from "./bind-lines.ts";
import { bindPeople } from "./bind-people.ts";
import { bindSecret } from "./bind-secret.ts";
import type { Directory, Flag, Prompts, Webhook } from "./directory.ts";
import type { Raw } from "./schema.ts";
import { beside, table, tableOf, texts } from "./table.ts";

/** Fills in every default. References are not looked at. `path` is the first file's: an unnamed prompt folder lies beside it. */
export function bind(raw: Raw, path: string): Directory {
  const site = {
    name: raw.site?.name?.value ?? "site",
    zone: raw.site?.zone?.value ?? "UTC",
    country: raw.site?.country?.value ?? "",
    languages: raw.site?.languages?.length ? texts(raw.site.languages) : ["en"],
    heardFrom: raw.site?.heard_from && texts(raw.site.heard_from),
  };
  return {
    site,
    skills: bindSkills(raw),
    tiers: [...new Set([...texts(raw.tiers), "normal"])],
    ...bindPeople(raw, site),
    ...bindLines(raw, site),
    prompts: bindPrompts(raw, path, site),
    flags: tableOf(raw.flags, bindFlag),
    counters: tableOf(raw.counters, (name, value) => ({
      name,
      start: value.start?.value ?? 0,
      reset: value.reset?.value ?? "never",
    })),
    numbers: tableOf(raw.numbers, (_, value) => texts(value)),
    holidays: tableOf(raw.holidays, (_, days) =>
      days.map((day) => ({ date: day.name, name: day.value.value })).toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    ),
    desk: {
      languages: raw.desk?.languages?.length ? texts(raw.desk.languages) : site.languages,
      helpUrl: raw.desk?.help_url?.value,
      playgroundUrl: raw.desk?.playground_url?.value ?? "http://127.0.0.1:8088",
      states: raw.desk?.states ? texts(raw.desk.states) : (raw.states ?? []).map((state) => state.name),
      hotkeys: tableOf(raw.desk?.hotkeys, (_, found) => found.value),
    },
    webhooks: tableOf(raw.webhooks, bindWebhook),
  };
}

type Of<K extends keyof Raw> = NonNullable<Raw[K]> extends { value: infer T }[] ? T : never;

/** Where no skills are listed, the agents' own are the catalogue. */
function bindSkills({ skills, agents = [] }: Raw): Directory["skills"] {
  const [low = 0, high = 10] = (skills?.scale?.value ?? "0..10").split("..").map(Number);
  const languages = texts(skills?.languages);
  const spoken = new Set(languages.map((language) => `language_${language}`));
  const names = skills?.names
    ? texts(skills.names)
    : agents
        .flatMap((agent) => (agent.value.skills ?? []).map((skill) => skill.name))
        .filter((one) => !spoken.has(one));
  return { scale: { low, high }, names: [...new Set(names)], languages };
}

function bindPrompts({ prompts }: Raw, path: string, { languages }: Directory["site"]): Prompts {
  const lengths = (prompts?.lengths ?? []).map(({ name, value }): [string, number] => [name, value.value]);
  const spoken = (prompts?.say?.voice ?? []).map(({ name, value }): [string, string] => [name, value.value]);
  const [forAll] = spoken.filter(([language]) => language === "");
  return {
    folder: beside(prompts?.folder?.place.path ?? path, prompts?.folder?.value ?? "prompts"),
    ...(prompts?.served && { served: prompts.served.value }),
    ...(prompts?.dialogs && { dialogs: prompts.dialogs.value }),
    music: prompts?.music?.value,
    ...(prompts?.hold && { hold: prompts.hold.value }),
    lengthsMs: table(lengths.filter(([name]) => name !== "default")),
    defaultLengthMs: lengths.find(([name]) => name === "default")?.[1] ?? 4000,
    voices: table([
      ...languages.map((language): [string, string] => [language, forAll?.[1] ?? "default"]),
      ...spoken.filter(([language]) => language !== ""),
    ]),
  };
}

function bindFlag(name: string, value: Of<"flags">): Flag {
  const who = value.who?.map((one) => one.value) ?? [{ kind: "role", role: "supervisor" }];
  return { name, default: value.default?.value ?? false, who, dial: value.dial?.value };
}

function bindWebhook(id: string, value: Of<"webhooks">): Webhook {
  return {
    id,
    url: value.url?.value ?? "",
    failover: value.failover?.value,
    events: (value.events ?? []).map((one) => one.value),
    secret: bindSecret(value.secret),
  };
}
