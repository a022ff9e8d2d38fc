import { isatty } from "node:tty";

/** Colour only on a terminal, never with `NO_COLOR` (https://no-color.org). */
export function wantsColour(fd: 1 | 2): boolean {
  return isatty(fd) && !process.env["NO_COLOR"];
}

let told: 1 | 2 = 1;

/** From now on stdout is for data only: what `say` tells goes to stderr. */
export function keepStdoutForData(): void {
  told = 2;
}

export function say(text: string): void {
  (told === 1 ? process.stdout : process.stderr).write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Seconds with one decimal, for people. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `3 errors`, `1 warning`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** What could steer a terminal or turn its text about, written out: names and reasons are other people's. Lines stay lines. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
