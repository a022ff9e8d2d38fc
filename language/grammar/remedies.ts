import type { IToken, TokenType } from "./chevrotain.ts";
import { nearest } from "../nearest.ts";
import * as T from "./tokens.ts";
import { meantLiteral } from "./units.ts";

const { W } = T;

/* What authors mean who write something that cannot stand where it stands. */

/** What to do about a finding: in words, and as the text to put in its place. */
export interface Remedy {
  hint?: string;
  write?: string;
}

/** What is known of the place of a word: the words that can stand there, and its neighbours. */
export interface Near {
  words?: readonly string[];
  before?: IToken;
  after?: IToken;
}

export function remedyOf(token: IToken, near: Near): Remedy | undefined {
  return foreign(token, near) ?? didYouMean(token, near.words ?? []) ?? misplaced(token, near);
}

export function didYouMean(token: IToken, words: Iterable<string>): Remedy | undefined {
  const meant = nearest(token.image, words);
  return meant === undefined ? undefined : { hint: `did you mean \`${meant}\`?`, write: meant };
}

/** Words that other languages begin a statement with, and what is written here. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ...["repeat", "while", "foreach"].map((word) => [word, "loop 3 times { … }"] as const),
  ...["elseif", "elsif", "elif"].map((word) => [word, "else if"] as const),
  ...["var", "const", "val", "def"].map((word) => [word, "let"] as const),
  ...["log", "print", "echo"].map((word) => [word, "note"] as const),
  ...["switch", "case", "select"].map((word) => [word, "match"] as const),
  ...["disconnect", "terminate", "exit", "hang"].map((word) => [word, "hangup"] as const),
  ["break", "stop loop"],
  ["catch", "on bad_value { … }"],
  ["sleep", "wait"],
]);

function foreign(token: IToken, { words, before }: Near): Remedy | undefined {
  const ours = words?.includes("let") ? elsewhere.get(token.image) : undefined;
  if (ours !== undefined) return { hint: `write \`${ours}\`` };
  if (token.tokenType === T.Assign) return { hint: "`==` compares; `=` gives a value to `let` and `set`", write: "==" };
  if (token.tokenType === W.not) return { hint: "`not` stands before the whole comparison: `not a in b`" };
  const meant = before?.tokenType === T.Num ? meantLiteral(before.image + token.image) : undefined;
  return meant === undefined ? undefined : { hint: `write \`${meant}\`, without a space` };
}

/** A value given without `let` or `set`, a handler without `on`, or outside the block of its attempt. */
function misplaced(token: IToken, { words = [], after }: Near): Remedy | undefined {
  const { image, tokenType } = token;
  if (words.includes("let")) {
    if (tokenType === W.on) return { hint: "`on …` stands in the braces of what is tried" };
    if (tokenType === W.call && after?.tokenType === T.Dot)
      return { hint: "write `set call.… = …`", write: "set call" };
    if (after?.tokenType !== T.Assign) return undefined;
    return { hint: `write \`let ${image} = …\``, write: `let ${image}` };
  }
  if (tokenType === W.if && words.includes("when")) return { hint: "write `when …`", write: "when" };
  const isHandler = after?.tokenType === T.LBrace || after?.tokenType === T.LParen;
  return isHandler && words.includes("on") ? { hint: `write \`on ${image}\``, write: `on ${image}` } : undefined;
}

/** Signs that are taken for one another. */
const signs = new Map<TokenType, string>([
  [T.Assign, "="],
  [T.Colon, ":"],
  [T.Comma, ","],
  [T.Arrow, "->"],
]);

/** Where a token of one type was expected, and another one stands. */
export function insteadOf(expected: TokenType, { image, tokenType }: IToken): Remedy | undefined {
  const isName = expected === T.Word || expected === T.AnyName;
  if (expected === T.Text && tokenType === T.Identifier) return { hint: `write \`"${image}"\``, write: `"${image}"` };
  if (isName && tokenType === T.Text) {
    const inside = image.slice(1, -1);
    if (!/^[A-Za-z_]\w*$/.test(inside)) return { hint: "a name is one word" };
    return { hint: `write \`${inside}\``, write: inside };
  }
  if (expected === T.Word && tokenType !== T.BadText && /^[A-Za-z]/.test(image)) {
    return { hint: `\`${image}\` is a word of the language; choose another name` };
  }
  if (expected === T.Duration && tokenType === T.Num) {
    return { hint: `write \`${image}s\` for seconds`, write: `${image}s` };
  }
  if (expected === T.Num && tokenType === T.Duration) return { hint: "this takes a plain number" };
  const sign = signs.get(expected);
  const isSign = signs.has(tokenType) || tokenType === T.Compare || (expected === T.Comma && tokenType === W.and);
  return sign !== undefined && isSign ? { hint: `write \`${sign}\``, write: sign } : undefined;
}
