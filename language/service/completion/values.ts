import { functions } from "../../builtins.ts";
import type { Expected } from "../../grammar/probe.ts";
import { fits, type Type } from "../../types.ts";
import { typesOf } from "../findings.ts";
import { namesByPath } from "../meaning.ts";
import { visibleAt } from "../mentions.ts";
import { signature, typeLine } from "../type-words.ts";
import { typeBefore } from "./chain.ts";
import { callAround, previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { withNoun } from "./things.ts";
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

export const comparisons = new Set(["==", "!="]);

export function variables({ project, sheet, cursor }: Spot): Offer[] {
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
