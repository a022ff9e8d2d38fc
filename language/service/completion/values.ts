import { agentKinds, functions, settable, words } from "../../builtins.ts";
import type { Expected } from "../../grammar/probe.ts";
import { skillsOf } from "../../checks/skills.ts";
import { fits, type Type } from "../../types.ts";
import { typesOf } from "../findings.ts";
import { namesByPath } from "../meaning.ts";
import { visibleAt } from "../mentions.ts";
import { signature, typeLine } from "../type-words.ts";
import { callType, dataType, partsBefore, typeBefore } from "./chain.ts";
import { callAround, previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { namesOfKind, withNoun } from "./things.ts";
import { wantedAt } from "./wanted.ts";

/** What can stand where a value is wanted: names of the block, functions, the call. */
export function values(spot: Spot, expected: Expected): Offer[] {
  const path = [...expected.within, ...expected.begins];
  const wanted = wantedAt(spot, expected);
  const fitting = functionOffers.filter(
    ({ result }) => !wanted || wanted.includes("yes or no") || fits(result, wanted),
  );
  return [
    ...askedFor(spot),
    ...variables(spot),
    ...ownWords(path),
    ...calendars(spot),
    ...fitting.map(({ offer }) => offer),
  ];
}

/** The words that a comparison on its left, or a parameter, asks for. */
function askedFor(spot: Spot): Offer[] {
  const call = callAround(spot.cursor);
  const around = call && Object.hasOwn(functions, call.name) ? functions[call.name] : undefined;
  const accepts = around?.parameters[call?.nth ?? 0]?.accepts ?? [];
  const things = (["group", "agent", "queue", "trunk"] as const).filter((noun) => accepts.includes(noun));
  const wanted = comparisons.has(previous(spot)) ? typeBefore(spot, spot.cursor.before.length - 2).words : undefined;
  return [
    ...(wanted ?? []).map((label): Offer => ({ label, kind: "value" })),
    ...things.flatMap((noun) => withNoun(spot, noun)),
    ...(accepts.includes("calendar") ? calendars(spot) : []),
  ];
}

const comparisons = new Set(["==", "!="]);

function variables({ project, sheet, cursor }: Spot): Offer[] {
  const types = typesOf(project);
  const item = cursor.before.findLast(({ startOffset }) => sheet.items.has(startOffset))?.startOffset;
  return visibleAt(sheet, cursor.offset)
    .filter(
      ({ kind, node }) =>
        kind !== "caller" && !(node.kind === "let" && (node.range.start === item || cursor.offset <= node.range.end)),
    )
    .map(({ name, kind, gives }) => ({
      label: name,
      kind: "name",
      detail: typeLine(gives && types.get(gives.name)) ?? kind,
    }));
}

function calendars({ project, path }: Spot): Offer[] {
  const known = namesByPath(project).get(path)?.calendars ?? new Map();
  return [...known.keys()].map((label: string): Offer => ({ label, kind: "name", detail: "calendar" }));
}

/** `call`, and what is known only in some places. */
function ownWords(path: readonly string[]): Offer[] {
  const offers: Offer[] = [{ label: "call", kind: "word", about: "the call: `call.from`, `call.data.topic`" }];
  if (path.includes("whileWaiting"))
    offers.push({ label: "this", kind: "word", about: "the call in its queue: `ewt(this)`" });
  if (path.includes("handler")) offers.push({ label: "outcome", kind: "word", about: "the outcome of the attempt" });
  return offers;
}

const functionOffers = Object.entries(functions).map(([label, call]): { offer: Offer; result: Type } => {
  const given = call.parameters.filter(({ optional }) => !optional).map(({ name }) => `‹${name}›`);
  const form = `${label}(${given.join(", ")})`;
  return {
    offer: { label, kind: "function", detail: signature(label, call), about: call.about, form },
    result: call.result,
  };
});

/** Behind a dot. */
export function members(spot: Spot): Offer[] {
  const type = typeBefore(spot, spot.cursor.before.length - 2);
  return type === dataType ? dataKeys(spot) : parts(type);
}

function parts(type: Type): Offer[] {
  return Object.entries(partsBefore(type)).map(([label, part]) => {
    return { label, kind: "field", detail: typeLine(part.type), about: part.about };
  });
}

/** What `set` and `secret` write. */
export function callParts(spot: Spot): Offer[] {
  if (previous(spot, 2) !== "call") return previous(spot, 2) === "data" ? dataKeys(spot) : [];
  return parts(callType).filter(({ label }) => label === "data" || settable.some((one) => one === label));
}

export function dataKeys(spot: Spot): Offer[] {
  return namesOfKind(spot, "field").map((offer) => ({ ...offer, kind: "field", detail: "call.data" }));
}

/** Fields of a record: keys that are used elsewhere, and variables that a field can take its name from. */
export function keys(spot: Spot): Offer[] {
  const inTest = spot.cursor.expected.some(({ within }) => within.includes("callData"));
  const known = dataKeys(spot).map((offer) => ({ ...offer, form: `${offer.label}: ‹›` }));
  return inTest ? known : [...variables(spot), ...known];
}

/** Left of `->`. */
export function patternWords(spot: Spot): Offer[] {
  const open = spot.cursor.before.findLastIndex(({ image }) => image === "match");
  const brace = spot.cursor.before.findIndex(({ image }, at) => at > open && image === "{");
  const type = typeBefore(spot, brace - 1);
  return (type.words ?? []).map((label) => ({
    label,
    kind: "value",
    form: type.carries?.[label] ? `${label}(‹x›)` : label,
  }));
}

/** In a skill expression: skills and families of skills on the left, values on the right. */
export function skillsAndWords(spot: Spot): Offer[] {
  const before = previous(spot);
  if (before === "(") return [...familyWords(spot), ...variables(spot)];
  if (previous(spot, 2) === "kind" && comparisons.has(before))
    return agentKinds.map((label) => ({ label, kind: "value" }));
  if (/^[=!<>]/.test(before)) return [...variables(spot), { label: "call", kind: "name" }];
  const families = new Set(
    skillNames(spot).flatMap((skill) => (skill.includes("_") ? [skill.slice(0, skill.indexOf("_"))] : [])),
  );
  return [
    ...namesOfKind(spot, "skill").map((offer): Offer => ({ ...offer, form: `${offer.label} >= ‹5›` })),
    ...[...families].map(
      (family): Offer => ({
        label: `${family}(…)`,
        kind: "function",
        about: `the skill \`${family}_…\` that a value names`,
        form: `${family}(‹x›) >= ‹5›`,
      }),
    ),
    { label: "kind", kind: "name", about: agentKinds.join(" or "), form: `kind == ‹${agentKinds[1]}›` },
    { label: "state_age", kind: "name", about: "how long people have been in their state", form: "state_age > ‹5m›" },
  ];
}

const skillNames = ({ project }: Spot): string[] => skillsOf(project.binder.directory);

function familyWords(spot: Spot): Offer[] {
  const head = `${previous(spot, 2)}_`;
  return skillNames(spot).flatMap((skill): Offer[] =>
    skill.startsWith(head) ? [{ label: skill.slice(head.length), kind: "value" }] : [],
  );
}

/** Words that stand for themselves, where nothing tells which are meant. */
export const bareWords = (): Offer[] => [...words].map((label) => ({ label, kind: "value" }));
