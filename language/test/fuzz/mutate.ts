import { keywords } from "../../grammar/tokens.ts";
import type { Random } from "./random.ts";

const signs =
  '{ } ( ) [ ] , : . .. -> = == != < <= ?? + - * / " \' "x" "{a}" "{" "{}" \\ # // 5 30s 09:00 2026-12-24 20% 1m30 9:5 1.2.3';
const strange = ["\n", "\r\n", "\r", "\t", "\0", "\uFEFF", "\u2028", "ä", "İ", "😀", "\uD800", "“x”", " \n\n"];
const words = [...keywords.keys(), ...signs.split(" "), ...strange];
const piece = /"[^"\n]*"|\w+|\s+|[^\s\w]/g;

/** `text` with one to four mistakes of the kinds that hands and clipboards make. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let mutated = text;
  for (let more = 1 + random.below(4); more > 0; more--) mutated = random.of(mistakes)(mutated, others, random);
  return mutated;
}

type Mistake = (text: string, others: readonly string[], random: Random) => string;

const mistakes: Mistake[] = [
  (text, _others, random) => onPieces(text, random, (pieces, at) => pieces.splice(at, 1)),
  (text, _others, random) => onPieces(text, random, (pieces, at) => pieces.splice(at, 1)),
  (text, _others, random) => onPieces(text, random, (pieces, at) => pieces.splice(at, 0, pieces[at] ?? "", " ")),
  (text, _others, random) => onPieces(text, random, (pieces, at) => pieces.splice(at, 1, random.of(words))),
  (text, _others, random) => onPieces(text, random, (pieces, at) => pieces.splice(at, 0, ` ${random.of(words)} `)),
  (text, _others, random) => onPieces(text, random, (pieces, at) => swap(pieces, at, random.below(pieces.length))),
  (text, _others, random) => onPieces(text, random, (pieces, at) => swap(pieces, at, Math.max(0, at - 2))),
  (text, _others, random) => onLines(text, random, (lines, at) => lines.splice(at, 1 + random.below(3))),
  (text, _others, random) => onLines(text, random, (lines, at) => lines.splice(at, 0, lines[at] ?? "")),
  (text, _others, random) => onLines(text, random, (lines, at) => swap(lines, at, random.below(lines.length))),
  (text, _others, random) => onLines(text, random, (lines, at) => lines.splice(at, 1, (lines[at] ?? "").trimStart())),
  (text, others, random) => text + random.of(others),
  (text, others, random) => onLines(text, random, (lines, at) => lines.splice(at, 0, random.of(others))),
  (text, _others, random) => text.slice(0, random.below(text.length + 1)),
  (text, _others, random) => text.slice(random.below(text.length + 1)),
  letter,
];

/** One character more, less or other. */
function letter(text: string, _others: readonly string[], random: Random): string {
  const at = random.below(text.length + 1);
  const put = random.below(3) === 0 ? "" : String.fromCharCode(random.below(random.below(4) === 0 ? 0x1_00_00 : 0x80));
  return text.slice(0, at) + put + text.slice(at + random.below(2));
}

function onPieces(text: string, random: Random, change: (pieces: string[], at: number) => unknown): string {
  const pieces = text.match(piece) ?? [""];
  change(pieces, random.below(pieces.length));
  return pieces.join("");
}

function onLines(text: string, random: Random, change: (lines: string[], at: number) => unknown): string {
  const lines = text.split("\n");
  change(lines, random.below(lines.length));
  return lines.join("\n");
}

function swap(values: string[], one: number, other: number): void {
  [values[one], values[other]] = [values[other] ?? "", values[one] ?? ""];
}
