import { createTokenInstance, type IToken } from "./chevrotain.ts";
import { end, type Finding } from "./recovery.ts";
import { LBrace, RBrace } from "./tokens.ts";

/*
 * One brace too few or too many would make nonsense of the rest of a file. So where braces do not pair they are paired by
 * indentation before the parser sees them: a `}` is put in where a line stands no deeper than the line of the open `{`, a `{`
 * after a head whose lines stand deeper, and what closes nothing is left out. Texts whose braces pair are not touched, however
 * they are indented. A brace that was put in has an empty image.
 */

interface Line {
  indent: number;
  first: IToken;
  /** Where in the result its tokens begin. */
  at: number;
}

interface Pairing {
  text: string;
  result: IToken[];
  /** The last token that was looked at, whether it was kept or not. */
  before: IToken | undefined;
  findings: Finding[];
  open: { token: IToken; line: Line }[];
  lines: Line[];
  /** `}` still to be put in, or to be left out. */
  lacking: number;
  surplus: number;
}

export function pairBraces(text: string, tokens: IToken[]): { tokens: IToken[]; findings: Finding[] } {
  const { lacking, surplus } = unpaired(tokens);
  if (lacking === 0 && surplus === 0) return { tokens, findings: [] };
  const pairing: Pairing = { text, result: [], before: undefined, findings: [], open: [], lines: [], lacking, surplus };
  for (const token of tokens) put(pairing, token);
  while (pairing.open.length > 0) closeHere(pairing);
  return { tokens: pairing.result, findings: pairing.findings };
}

function unpaired(tokens: IToken[]): { lacking: number; surplus: number } {
  let depth = 0;
  let surplus = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === LBrace) depth++;
    else if (tokenType === RBrace && depth > 0) depth--;
    else if (tokenType === RBrace) surplus++;
  }
  return { lacking: depth, surplus };
}

function put(pairing: Pairing, token: IToken): void {
  const { text, before, result, open, lines } = pairing;
  pairing.before = token;
  const closes = token.tokenType === RBrace;
  const leads = !before || text.slice(end(before), token.startOffset).includes("\n");
  if (leads) {
    const indent = token.startOffset - 1 - text.lastIndexOf("\n", token.startOffset - 1);
    // An `else` that lost the `}` before it stands where that stood, or behind the space that followed it.
    const deepest = closes ? indent + 1 : token.image === "else" ? indent - 1 : indent;
    const isOutside = (line: Line | undefined) => line && line.indent >= deepest;
    while (pairing.lacking > 0 && isOutside(open.at(-1)?.line)) closeHere(pairing);
    lines.push({ indent, first: token, at: result.length });
  }
  const line = lines.at(-1);
  if (closes && isSurplus(pairing, token, leads)) return;
  if (closes) open.pop();
  else if (token.tokenType === LBrace && line) open.push({ token, line });
  result.push(token);
}

/** Whether a `}` closes nothing, by count and place. One below lines that lack their `{` gets it. */
function isSurplus(pairing: Pairing, token: IToken, leads: boolean): boolean {
  const { open, lines, surplus, findings } = pairing;
  const opener = open.at(-1);
  const line = lines.at(-1);
  if (!line) return false;
  const strange = leads ? (opener?.line.indent ?? -1) < line.indent : opener !== undefined && opener.line !== line;
  if (opener && !(surplus > 0 && strange)) return false;
  pairing.surplus--;
  if (leads && openAbove(pairing, line)) return false;
  const range = { start: token.startOffset, end: end(token) };
  findings.push({ code: "S103", message: "this `}` closes nothing", range });
  if (leads) lines.pop();
  return true;
}

/** Words of heads that take a block. */
const heads = new Set(
  (
    "strategy test calendar sub traffic after if else match loop every uninterrupted once try split on while " +
    "queue ring voicemail collect fetch send preview ask dial transfer refer callback"
  ).split(" "),
);

/** Lines within which the head of a block is looked for. */
const furthest = 1000;

/** Puts in the `{` of the head that the `}` of `closing` is aligned with, if deeper lines follow it. */
function openAbove({ lines, result, open, findings }: Pairing, closing: Line): boolean {
  for (let at = lines.length - 2; at >= Math.max(0, lines.length - furthest); at--) {
    const line = lines[at];
    const next = lines[at + 1];
    if (!line || !next || line.indent < closing.indent) return false;
    if (line.indent > closing.indent) continue;
    const last = result[next.at - 1];
    const isElse = line.first.tokenType === RBrace && result[line.at + 1]?.image === "else";
    if (!(isElse || heads.has(line.first.image)) || !last || last.tokenType === LBrace || next === closing)
      return false;
    const place = end(last);
    const token = createTokenInstance(LBrace, "", place, place, NaN, NaN, NaN, NaN);
    result.splice(next.at, 0, token);
    for (const later of lines.slice(at + 1)) later.at++;
    open.push({ token, line });
    findings.push({ code: "S103", message: "`{` is missing here", range: { start: place, end: place } });
    return true;
  }
  return false;
}

function closeHere(pairing: Pairing): void {
  const { text, result, findings, open } = pairing;
  const last = result.at(-1);
  const opener = open.pop();
  if (!last || !opener) return;
  const at = end(last);
  const { startOffset } = opener.line.first;
  const head = text.slice(startOffset, Math.min(opener.token.startOffset, startOffset + 100)).trim();
  const named = head.length > 60 ? `${head.slice(0, 59)}…` : head;
  const owner = head === "" || head.includes("\n") ? "" : ` of \`${named}\``;
  findings.push({
    code: "S103",
    message: `\`}\` is missing here: the \`{\`${owner} is not closed`,
    range: { start: at, end: at },
    related: [
      {
        path: "",
        range: { start: opener.token.startOffset, end: end(opener.token) },
        message: "the `{` that is not closed",
      },
    ],
  });
  pairing.lacking--;
  result.push(createTokenInstance(RBrace, "", at, at, NaN, NaN, NaN, NaN));
}
