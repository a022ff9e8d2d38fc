import { callFields, choosers, functions, isAttempt, outcomesOf } from "../builtins.ts";
import { fixedName } from "../checks/things.ts";
import { entranceFor, entrances } from "../entries.ts";
import { normalise } from "../phone.ts";
import { lineText, positionAt } from "../source.ts";
import { type Type, unknown } from "../types.ts";
import { nodesAt } from "../walk.ts";
import { typesOf } from "./findings.ts";
import { type Meaning, meaningOf, placesOf } from "./meaning.ts";
import { mentionsOf } from "./mentions.ts";
import { type Project, promptNames } from "./project.ts";
import type { Mention } from "./scope.ts";
import type { Sheet } from "./sheet.ts";
import { aboutThing } from "./things.ts";
import { partsOf, signature, typeLine } from "./type-words.ts";

/** What a name means, as Markdown; undefined where nothing can be said. */
export function aboutName(project: Project, sheet: Sheet, mention: Mention): string | undefined {
  const meaning = meaningOf(project, sheet.source.path, mention);
  const { kind, name } = meaning;
  switch (kind) {
    case "variable":
    case "parameter":
    case "binding":
      return titled(`${kind} ${name}`, typeLine(typeOf(project, meaning)));
    case "sub":
    case "calendar":
    case "plan":
    case "strategy":
      return declared(project, meaning);
    case "function":
      return aboutFunction(name);
    case "property":
      return aboutProperty(project, mention);
    case "outcome":
      return aboutOutcome(sheet, mention);
    case "chooser":
      return Object.hasOwn(choosers, name) ? titled(`choose by ${name}`, choosers[name]?.about) : undefined;
    case "phone":
      return aboutPhone(project, name);
    case "field":
      return titled(`call.data.${name}`, count(placesOf(project, meaning).length, "place"));
    case "queue":
      return titled(`queue ${name}`, count(placesOf(project, meaning).length, "place"));
    case "prompt":
      return aboutPrompt(project, name);
    default:
      return aboutEntry(project, meaning);
  }
}

const titled = (title: string, about: string | undefined): string =>
  `\`\`\`strategy\n${title}\n\`\`\`${about ? `\n\n${about}` : ""}`;

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** What a name of a block was found to be. */
function typeOf(project: Project, { path, home }: Meaning): Type | undefined {
  const sheet = project.sheets.get(path ?? "");
  const given = sheet && mentionsOf(sheet).find((one) => one.gives && one.home === home)?.gives;
  return given && typesOf(project).get(given.name);
}

/** The head of a declaration, and the comment right above it. */
function declared(project: Project, meaning: Meaning): string | undefined {
  const place = placesOf(project, meaning).find(({ declares }) => declares);
  const source = place && project.sheets.get(place.path)?.source;
  if (!place || !source) return undefined;
  const { line } = positionAt(source, place.range.start);
  const comment: string[] = [];
  for (let above = line - 1; lineText(source, above).trimStart().startsWith("#"); above--) {
    comment.unshift(lineText(source, above).trim().replace(/^#+ ?/, ""));
  }
  const head = lineText(source, line)
    .trim()
    .replace(/ *\{.*$/, "");
  return titled(head, comment.join(" "));
}

function aboutPrompt({ texts }: Project, name: string): string | undefined {
  const names = promptNames(texts);
  return names && titled(`prompt "${name}"`, names.has(name) ? "there is a recording" : "there is no recording");
}

function aboutFunction(name: string): string | undefined {
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return call && titled(signature(name, call), call.about);
}

/** A part of the call, of an agent, of a calendar or of a record. */
function aboutProperty(project: Project, { node, name }: Mention): string | undefined {
  if (node.kind !== "member") return undefined;
  const ofCall = node.object.kind === "variable" && node.object.name === "call";
  const parts = ofCall ? callFields : partsOf(typesOf(project).get(node.object) ?? unknown);
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  return (
    part && titled(`${ofCall ? "call." : "."}${name}`, [typeLine(part.type), part.about].filter(Boolean).join(": "))
  );
}

/** An outcome of the attempt that its handler belongs to, or of a whole call. */
function aboutOutcome({ file }: Sheet, { range, name }: Mention): string | undefined {
  const around = nodesAt(file, range.start).map(({ kind }) => kind);
  const attempt = around.findLast((kind) => isAttempt(kind));
  if (!attempt || !isAttempt(attempt)) return undefined;
  const { handled, ends } = outcomesOf(attempt);
  const all = { ...handled, ...ends };
  const outcome = Object.hasOwn(all, name) ? all[name] : undefined;
  const carried = outcome?.carries && `\`on ${name}(x)\` names ${typeLine(outcome.carries) ?? "it"}`;
  return outcome && titled(`on ${name}`, [outcome.about, carried].filter(Boolean).join("; "));
}

/** The number in international form, and who has it. */
function aboutPhone({ sheets, binder }: Project, phone: string): string | undefined {
  const { site, agents } = binder.directory;
  const number = normalise(phone, site.country);
  const agent = Object.values(agents).find(
    ({ extension }) => extension !== undefined && normalise(extension, site.country) === number,
  );
  const strategies = [...sheets.values()].flatMap(({ file }) => file.items.filter((item) => item.kind === "strategy"));
  const door = entranceFor(phone, entrances(strategies, site.country), site.country);
  const owners = [
    door && `an entry of strategy \`${fixedName(door.strategy.name) ?? ""}\``,
    agent && `the extension of agent \`${agent.id}\``,
  ];
  const about = owners.filter(Boolean).join(", ");
  return about === "" && number === phone ? undefined : titled(number, about);
}

function aboutEntry({ binder }: Project, { kind, name }: Meaning): string | undefined {
  const about = aboutThing(kind, name, binder.directory);
  return about === undefined ? undefined : titled(`${kind} ${name}`, about);
}
