import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import type { Spot } from "./spot.ts";

/** Lines of which a block can hold several. */
const several = new Set("step handler header press calls staff httpAct botAct".split(" "));

/** Rules whose lines stand once each in a block. */
const rows = new Set(
  "queueLine ringLine voicemailLine previewLine askLine dialLine transferLine referLine callbackLine trafficLine strategyPart".split(
    " ",
  ),
);

/** Rules whose clauses stand once each in a statement. */
const clauses = new Set("collectClause entryClause callClause when".split(" "));

/** Tells which lines and clauses stand in the block or statement at hand already and cannot stand there twice. */
export function usedUp(spot: Spot): (expected: Expected) => boolean {
  let inBlock: ReadonlySet<string> | undefined;
  let inItem: ReadonlySet<string> | undefined;
  return ({ type, begins }) => {
    const row = begins.findIndex((rule) => rows.has(rule) || clauses.has(rule));
    const line = begins[row + 1];
    if (row === -1 || line === undefined) return false;
    if (begins[row] === "strategyPart") return isLate(line, spot);
    if (several.has(line)) return false;
    const isClause = clauses.has(begins[row] ?? "");
    const used = isClause ? (inItem ??= wordsOfItem(spot)) : (inBlock ??= wordsOfBlock(spot));
    return [...used].some((word) => T.keywords.get(word) === type);
  };
}

/** Parts of a strategy stand in their order: entries, the default route, secrets, statements, `after call`. */
const orderOfParts = ["entry", "defaultRoute", "secret"];

function isLate(line: string, { sheet, cursor }: Spot): boolean {
  const strategy = sheet.file.items.find(({ range }) => range.start < cursor.offset && cursor.offset <= range.end);
  if (strategy?.kind !== "strategy") return false;
  if (line === "afterCall") return strategy.afterCall !== undefined;
  if (!orderOfParts.includes(line)) return false;
  const begun = strategy.body.statements.some(({ kind, range }) => kind !== "hole" && range.end <= cursor.range.start);
  return begun || (line === "defaultRoute" && strategy.defaultRoute !== undefined);
}

/** The words of the item at hand, up to the cursor. */
function wordsOfItem({ sheet: { items }, cursor: { before } }: Spot): ReadonlySet<string> {
  const start = before.findLastIndex(({ startOffset }) => items.has(startOffset));
  return new Set(before.slice(start).map(({ image }) => image));
}

/** The words that items of the block begin with, before the cursor and behind it. */
export function wordsOfBlock({ sheet, cursor }: Spot): ReadonlySet<string> {
  const { tokens, items } = sheet;
  const found = new Set<string>();
  const here = tokens.findIndex(({ startOffset }) => startOffset >= cursor.range.start);
  const start = here === -1 ? tokens.length : here;
  const look = (from: number, step: 1 | -1): void => {
    let depth = 0;
    for (let at = from; at >= 0 && at < tokens.length; at += step) {
      const token = tokens[at];
      if (!token) return;
      const opens = token.tokenType === (step === 1 ? T.LBrace : T.RBrace);
      const closes = token.tokenType === (step === 1 ? T.RBrace : T.LBrace);
      if (opens) depth++;
      else if (closes && --depth < 0) return;
      else if (depth === 0 && items.has(token.startOffset) && token.startOffset !== cursor.range.start)
        found.add(token.image);
    }
  };
  look(start - 1, -1);
  look(start, 1);
  return found;
}
