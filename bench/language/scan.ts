/** Kinds of token. */
export const end = 0;
export const word = 1;
export const text = 2;
export const number = 3;
export const duration = 4;
export const sign = 5;

export interface Tokens {
  kinds: number[];
  starts: number[];
  ends: number[];
  images: string[];
}

const pattern =
  /[ \t\r\n]+|#[^\n\r]*|([A-Za-z_]\w*)|("(?:[^"\\\n\r{]|\\.|\{[^}\n\r]*\})*")|((?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?(?![\w.]))|(\d+(?:\.\d+)?)|(->|\.\.|\?\?|[=!]=|[<>]=?|[{}()[\],:.=+\-*/])/y;

/** Text to tokens by one regular expression; throws at what is none. */
export function scan(source: string, from = 0, to = source.length): Tokens {
  const tokens: Tokens = { kinds: [], starts: [], ends: [], images: [] };
  pattern.lastIndex = from;
  while (pattern.lastIndex < to) {
    const start = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match || pattern.lastIndex === start) throw new Error(`unreadable at ${start}`);
    let kind = end;
    for (let group = 1; group <= 5 && kind === end; group++)
      if (match[group] !== undefined) kind = kindOf[group] ?? end;
    if (kind === end) continue;
    tokens.kinds.push(kind);
    tokens.starts.push(start);
    tokens.ends.push(pattern.lastIndex);
    tokens.images.push(match[0]);
  }
  tokens.kinds.push(end);
  tokens.starts.push(to);
  tokens.ends.push(to);
  tokens.images.push("");
  return tokens;
}

const kindOf = [end, word, text, duration, number, sign];
