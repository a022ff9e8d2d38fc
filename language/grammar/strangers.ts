import { misread } from "../encoding.ts";
import type { IToken } from "./chevrotain.ts";
import { end, type Finding } from "./recovery.ts";
import { meantLiteral } from "./units.ts";

/* The wording of what is no word, sign or literal of the language. */

/** Whether a text ends with the quote it began with. */
export function isClosed(image: string): boolean {
  return !image.startsWith('"') || /^"(?:[^"\\]|\\.)*"$/.test(image);
}

export function badText(token: IToken): Finding {
  const { image } = token;
  const range = { start: token.startOffset, end: end(token) };
  if (!image.startsWith('"')) {
    const write = `"${image.slice(1, -1)}"`;
    const message = 'a text stands in straight double quotes `"`';
    return { code: "S105", message, range, hint: `write \`${write}\``, write };
  }
  if (isClosed(image)) {
    const hint = "write `\\{` for a brace that is only a brace";
    return { code: "S105", message: "a `{` in this text is not closed by `}`", range, hint };
  }
  const hint = "a text ends on the line on which it begins";
  return { code: "S105", message: 'this text does not end: `"` is missing', range, hint };
}

const durations = "durations are written `500ms`, `30s`, `1m30s`, `8m`, `2h`, `1d`";

export function badNumber(token: IToken): Finding {
  const meant = meantLiteral(token.image);
  return {
    code: "S104",
    message: `\`${token.image.slice(0, 40)}\` is no number, duration, time or date`,
    range: { start: token.startOffset, end: end(token) },
    ...(meant === undefined ? { hint: durations } : { hint: `write \`${meant}\``, write: meant }),
  };
}

export function foreignComment(token: IToken): Finding {
  const range = { start: token.startOffset, end: token.startOffset + 2 };
  return { code: "S106", message: "`//` begins no comment", range, hint: "write `#`", write: "#" };
}

export function notUtf8(start: number): Finding {
  return { code: "S106", ...misread, range: { start, end: start + 1 } };
}

const remedies: ReadonlyMap<string, string> = new Map([
  [";", "statements need nothing between them"],
  ["&", "write `and`"],
  ["|", "write `or`"],
  ["!", "write `not`"],
  ["?", "write `if … then … else …`"],
  ["$", "a value in a text is written `{name}`"],
]);

const inPlaceOf: ReadonlyMap<string, string> = new Map([
  [";", ""],
  ["&&", "and"],
  ["||", "or"],
]);

export function strangeCharacters(text: string, start: number, length: number): Finding {
  const shown = text.slice(start, start + Math.min(length, 20));
  const remedy = remedies.get(shown.charAt(0));
  const message = `${printable(shown)} means nothing here`;
  const write = inPlaceOf.get(shown);
  const range = { start, end: start + length };
  return { code: "S106", message, range, ...(remedy && { hint: remedy }), ...(write !== undefined && { write }) };
}

/** The author's text in back-ticks; characters one cannot see by their number. */
function printable(text: string): string {
  const first = text.codePointAt(0) ?? 0;
  if (!/^[\p{Z}\p{C}\p{M}]/u.test(text)) return `\`${text}\``;
  return `the character U+${first.toString(16).toUpperCase().padStart(4, "0")}`;
}
