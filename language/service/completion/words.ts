import { functions } from "../../builtins.ts";
import { misplaced, type Place } from "../../checks/flow/places.ts";
import type { TokenType } from "../../grammar/chevrotain.ts";
import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import { headOf, phraseOf, plainForm } from "../../phrases.ts";
import type { TypeName } from "../../types.ts";
import { phraseFor } from "../phrase.ts";
import { signature } from "../type-words.ts";
import { handlers } from "./attempts.ts";
import { nounsFor } from "./nouns.ts";
import { wordsOfBlock } from "./once.ts";
import { previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { wantedAt } from "./wanted.ts";

const spelling = new Map([...T.keywords].map(([word, type]) => [type, word]));

/** Words of the language: the one that is asked for, or all of its kind. */
export function wordsFor(spot: Spot, expected: Expected): Offer[] {
  const { type } = expected;
  const word = spelling.get(type);
  if (unwanted(spot, expected)) return [];
  if (type === T.W.mailbox) return nounsFor(spot, expected, ["mailbox"]);
  if (word !== undefined) return wordFor(spot, expected, word);
  if (type === T.Noun) return nounsFor(spot, expected);
  if (type === T.Operator) return operators;
  if (type === T.Statistic) return statistics;
  return type === T.StateWord || type === T.Day ? ofKind(type) : [];
}

/** Literals, by the kind of value that they are. */
const literals = new Map<TokenType, TypeName>([
  [T.W.yes, "yes or no"],
  [T.W.no, "yes or no"],
  [T.W.not, "yes or no"],
  [T.W.never, "duration"],
  [T.W.missing, "missing"],
]);

/** Whether the value that begins with this word is of another kind than the construct takes, or skill expressions know. */
function unwanted(spot: Spot, expected: Expected): boolean {
  const { type, within } = expected;
  const kind = literals.get(type);
  if (within.includes("skilled")) return !beginsSkills(spot, expected);
  const wanted = wantedAt(spot, expected);
  return kind !== undefined && wanted !== undefined && !wanted.includes(kind);
}

/** In a skill expression: `not`, and a thing that people belong to, but not on the right of a comparison or in brackets. */
function beginsSkills(spot: Spot, { type, within, begins }: Expected): boolean {
  const path = [...within.slice(within.lastIndexOf("skilled")), ...begins];
  if (!path.includes("operand") && !path.includes("prefix")) return true;
  const continues = /^[=!<>(]/.test(previous(spot));
  return !continues && (type === T.W.not || path.includes("thing"));
}

function ofKind(type: TokenType): Offer[] {
  return [...spelling].flatMap(([one, label]): Offer[] =>
    one.CATEGORIES?.includes(type) ? [{ label, kind: "value" }] : [],
  );
}

const operators: Offer[] = [
  { label: "and", kind: "word" },
  { label: "or", kind: "word" },
  { label: "in", kind: "word", about: "one of a list: `in [1, 2]`, `in numbers spain`" },
  { label: "==", kind: "word", about: "equal" },
  { label: "!=", kind: "word", about: "not equal" },
  { label: "??", kind: "word", about: "or this, where it is missing" },
];

const statistics = ofKind(T.Statistic).map(({ label }): Offer => {
  const call = Object.hasOwn(functions, label) ? functions[label] : undefined;
  return { label, kind: "function", detail: call && signature(label, call), about: call?.about, form: `${label}(‹›)` };
});

/** A word with the form that it begins, where it can stand at this place. */
function wordFor(spot: Spot, expected: Expected, word: string): Offer[] {
  const { within, begins } = expected;
  const path = [...within, ...begins];
  if (begins.includes("handler")) return handlers(spot, path);
  if (within.includes("handler") && word === "on") return [];
  const statement = begins[begins.indexOf("statement") + 1];
  if (begins.includes("statement") && statement !== undefined && misplacedHere(statement, within)) return [];
  const again = word === "at" && begins.includes("step") && wordsOfBlock(spot).has("at");
  const phrase = again ? phraseOf("step", "again") : phraseFor(expected, word);
  if (!phrase) return [{ label: word, kind: "word" }];
  const { form, about } = phrase;
  return [{ label: headOf(form), kind: form === headOf(form) ? "word" : "phrase", detail: oneLine(form), about, form }];
}

const oneLine = (form: string): string => plainForm(form).replace(/\s*\n\s*/g, "  ");

/** Whether the checker would refuse the statement between these rules. */
function misplacedHere(statement: string, within: readonly string[]): boolean {
  const around = within.findLastIndex((rule) => rule in places);
  const place: Place = { ...places[within[around] ?? ""] };
  const inner = within.slice(around + 1);
  if (around === -1 && within.includes("sub")) place.inSub = true;
  if (statement === "stopLoop") return !inner.includes("loop");
  if (statement === "return") return !place.inSub;
  return misplaced(statement, place) !== undefined;
}

const places: Record<string, Place> = {
  whileWaiting: { waiting: true },
  afterCall: { after: "after call" },
  afterCallback: { after: "after callback" },
};
