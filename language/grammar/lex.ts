import type { Comment } from "../ast.ts";
import { createTokenInstance, type IToken, Lexer } from "./chevrotain.ts";
import { misreadAt } from "../encoding.ts";
import type { Finding } from "./recovery.ts";
import { badNumber, badText, foreignComment, isClosed, notUtf8, strangeCharacters } from "./strangers.ts";
import { BadNumber, BadText, Identifier, keywords, LBrace, vocabulary } from "./tokens.ts";

export interface Lexed {
  tokens: IToken[];
  comments: Comment[];
  findings: Finding[];
  /** Tokens that findings are about, or that follow what they are about: the parser says nothing more of them. */
  suspects: Set<IToken>;
  /** Where texts begin that cannot be read. */
  badTexts: Set<number>;
}

let lexer: Lexer | undefined;

/** Text to tokens. What cannot be one is reported and left out, or stands in for what it was meant to be. */
export function lex(text: string): Lexed {
  const misread = misreadAt(text);
  if (misread !== -1) return { ...nothing(), findings: [notUtf8(misread)] };
  lexer ??= new Lexer(vocabulary, { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations: true });
  const { tokens, groups, errors } = lexer.tokenize(text);
  const comments = (groups["comments"] ?? []).map((token: IToken) => ({ range: rangeOf(token), text: token.image }));
  const findings = (groups["foreign"] ?? []).map(foreignComment);
  const lexed: Lexed = { ...nothing(), comments, findings };
  let strange = 0;
  for (const token of tokens) {
    for (let error = errors[strange]; error && error.offset < token.startOffset; error = errors[++strange]) {
      lexed.suspects.add(token);
    }
    add(lexed, token);
  }
  for (const { offset, length } of errors) findings.push(strangeCharacters(text, offset, length));
  return { ...lexed, findings: [...findings, ...unseen(text, errors)] };
}

const nothing = (): Lexed => ({ tokens: [], comments: [], findings: [], suspects: new Set(), badTexts: new Set() });

/** Control characters, and those that turn the direction of writing, so that a text reads otherwise than it is. */
const invisible = /[\x01-\x08\v\f\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]+/g;

/** Those in texts and comments; elsewhere the lexer told of them. */
function unseen(text: string, told: readonly { offset: number; length: number }[]): Finding[] {
  let next = 0;
  return [...text.matchAll(invisible)].flatMap(({ index, 0: image }) => {
    for (let one = told[next]; one && one.offset + one.length <= index; one = told[next]) next++;
    const isTold = (told[next]?.offset ?? Infinity) <= index;
    return isTold ? [] : [strangeCharacters(text, index, image.length)];
  });
}

/** Tokens have no end offset when only offsets are tracked. */
export function rangeOf(token: IToken): { start: number; end: number } {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

function add({ tokens, findings, suspects, badTexts }: Lexed, token: IToken): void {
  tokens.push(token);
  if (token.tokenType === Identifier) asKeyword(token);
  else if (token.tokenType === BadNumber) {
    suspects.add(token);
    findings.push(badNumber(token));
  } else if (token.tokenType === BadText) {
    const brace = swallowedBrace(token);
    if (brace) tokens.push(brace);
    suspects.add(token);
    badTexts.add(token.startOffset);
    findings.push(badText(token));
  }
}

function asKeyword(token: IToken): void {
  const keyword = keywords.get(token.image);
  if (!keyword) return;
  token.tokenType = keyword;
  token.tokenTypeIdx = keyword.tokenTypeIdx ?? token.tokenTypeIdx;
}

/** A text that does not end takes its line with it; a `{` at the end of the line is given back, so that the block survives. */
function swallowedBrace(token: IToken): IToken | undefined {
  if (isClosed(token.image)) return undefined;
  const image = token.image.trimEnd();
  token.image = image;
  if (!image.endsWith("{")) return undefined;
  token.image = image.slice(0, -1).trimEnd();
  const start = token.startOffset + image.length - 1;
  return createTokenInstance(LBrace, "{", start, start, NaN, NaN, NaN, NaN);
}
