import type { TokenType } from "../../grammar/chevrotain.ts";
import { rangeOf } from "../../grammar/lex.ts";
import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import { snippetOf } from "../../phrases.ts";
import { type Cursor, cursorAt } from "../cursor.ts";
import type { Project } from "../project.ts";
import { namesFor } from "./names.ts";
import { usedUp } from "./once.ts";
import type { Spot } from "./spot.ts";
import type { Offer, Suggestion } from "./suggestion.ts";
import { textsFor } from "./texts.ts";
import { unitsFor } from "./units.ts";
import { wordsFor } from "./words.ts";

/**
 * What can be written at an offset, the nearest first: the grammar tells which words and which kinds of name it takes there, the
 * project which names there are. Half-typed text is the normal case.
 */
export function completion(project: Project, path: string, offset: number): Suggestion[] {
  const sheet = project.sheets.get(path);
  const cursor = sheet && cursorAt(sheet, offset);
  if (!sheet || !cursor || isBehindText(cursor)) return [];
  const spot: Spot = { project, sheet, path, cursor };
  const isNumber = /^\d/.test(cursor.written) && !cursor.quoted;
  const spent = usedUp(spot);
  const offers = cursor.expected.flatMap((expected) => {
    return spent(expected)
      ? []
      : offersFor(spot, expected, isNumber).map((offer) => ({ offer, at: expected.question }));
  });
  const ranked = offers
    .toSorted((a, b) => a.at - b.at || (rank[a.offer.kind] ?? 0) - (rank[b.offer.kind] ?? 0))
    .map(({ offer }) => offer);
  return unique(ranked).map((offer) => suggestion(spot, offer));
}

/** Right behind the second quote of a text no word stands; whoever has written that quote goes on to the next line, or writes a space. */
function isBehindText({ before, offset }: Cursor): boolean {
  const last = before.at(-1);
  return last?.tokenType === T.Text && rangeOf(last).end === offset;
}

/** Names before words, and functions last: there are many of them. */
const rank: Partial<Record<Offer["kind"], number>> = { word: 1, phrase: 1, function: 2 };

const names = new Set<TokenType>([T.AnyName, T.Word]);
const literals = new Set<TokenType>([T.Duration, T.Percent, T.TimeOfDay]);

function offersFor(spot: Spot, expected: Expected, isNumber: boolean): Offer[] {
  if (spot.cursor.quoted) return expected.type === T.Text ? textsFor(spot, expected) : [];
  if (isNumber) return unitsFor(spot, expected);
  if (names.has(expected.type)) return namesFor(spot, expected);
  if (expected.type === T.Text) return textsFor(spot, expected).map(quoted);
  if (literals.has(expected.type)) return unitsFor(spot, expected);
  return wordsFor(spot, expected);
}

const quoted = (offer: Offer): Offer => {
  const text = `"${offer.label.replace(/["\\{}]/g, "\\$&")}"`;
  return { ...offer, label: text, form: text };
};

function unique(offers: Offer[]): Offer[] {
  const seen = new Set<string>();
  return offers.filter(({ label }) => !seen.has(label) && Boolean(seen.add(label)));
}

function suggestion({ cursor }: Spot, { form, ...offer }: Offer): Suggestion {
  const close = cursor.quoted?.open ? '"' : "";
  return { ...offer, snippet: snippetOf((form ?? offer.label) + close), range: cursor.range };
}
