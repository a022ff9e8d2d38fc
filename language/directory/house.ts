import { agentStates, reserved } from "../builtins.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { knownCountry } from "../phone.ts";
import { knownZone, zones } from "../zones.ts";
import type { Directory } from "./directory.ts";
import type { Raw } from "./schema.ts";
import { skillsOf } from "./skills.ts";
import { choicesAfter } from "./states.ts";
import { type Say, sayInto, unknownName } from "./say.ts";

/** The site, its skills and states. */
export function checkHouse(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  const say = sayInto(diagnostics);
  checkSite(raw, say);
  checkEntryRoute(raw, directory, say);
  checkScale(raw, say);
  checkLevels(raw, directory, diagnostics, say);
  checkWords(raw, say);
  checkLeaving(raw, directory, say);
}

function checkSite({ site }: Raw, say: Say): void {
  if (site?.zone && !knownZone(site.zone.value)) {
    const near = nearest(site.zone.value, zones());
    const hint = near === undefined ? "a name of the time zone database: `Europe/Madrid`" : `did you mean \`${near}\`?`;
    say("error", "D109", site.zone.place, `there is no time zone \`${site.zone.value}\``, hint);
  }
  if (site?.country && !knownCountry(site.country.value)) {
    const hint = "write outside numbers with `+` and the country code";
    say("warning", "D122", site.country.place, `how \`${site.country.value}\` dials is not known here`, hint);
  }
}

/** The last net: it must be able to take a call. */
function checkEntryRoute({ defaults }: Raw, directory: Directory, say: Say): void {
  const { entryRoute, outbound, routes } = directory.defaults;
  if (!defaults?.entry_route || entryRoute?.kind !== "number" || outbound.length > 0 || Object.keys(routes).length > 0)
    return;
  const message = `no trunk leads outside, so \`${entryRoute.number}\` can never be reached`;
  say("error", "D115", defaults.entry_route.place, message, "name trunks: `outbound: [NAME]`");
}

function checkScale({ skills }: Raw, say: Say): void {
  const [low, high] = (skills?.scale?.value ?? "0..10").split("..").map(Number);
  if (skills?.scale && Number(low) >= Number(high)) {
    say("error", "D113", skills.scale.place, "a scale begins with its lowest level", "`0..10`");
  }
}

function checkLevels(raw: Raw, { skills }: Directory, diagnostics: Diagnostic[], say: Say): void {
  const { scale } = skills;
  const known = new Set(skillsOf({ skills }));
  for (const agent of raw.agents ?? []) {
    for (const { name, place, value } of agent.value.skills ?? []) {
      if (raw.skills?.names && !known.has(name)) {
        diagnostics.push(unknownName("skill", { value: name, place }, [...known]));
      } else if (value.value < scale.low || value.value > scale.high) {
        const message = `\`${value.value}\` is off the scale, which goes from ${scale.low} to ${scale.high}`;
        say("error", "D113", value.place, message);
      }
    }
  }
}

/** Whoever is in a state can leave it. */
function checkLeaving(raw: Raw, { states }: Directory, say: Say): void {
  for (const { name, place } of raw.states ?? []) {
    if (choicesAfter(states, name).some((after) => after !== name)) continue;
    const message = `whoever is in \`${name}\` cannot choose another state`;
    say("warning", "D130", place, message, "name in its `next` one that may be chosen from there");
  }
}

/** Words that mean something else where a strategy would say them. */
function checkWords(raw: Raw, say: Say): void {
  const own = new Set<string>(agentStates);
  for (const { name, place } of raw.states ?? []) {
    if (own.has(name)) say("error", "D128", place, `\`${name}\` is a state already`, "choose another name");
  }
  const names =
    raw.skills?.names ??
    (raw.agents ?? []).flatMap((agent) =>
      (agent.value.skills ?? []).map((skill) => ({ value: skill.name, place: skill.place })),
    );
  const told = new Set<string>();
  for (const { value, place } of names) {
    if (told.has(value) || (!reserved.has(value) && value !== "kind" && value !== "state_age" && value !== "skill"))
      continue;
    told.add(value);
    say(
      "error",
      "D128",
      place,
      `a skill cannot be called \`${value}\`, which means something else in a strategy`,
      "choose another name",
    );
  }
}
