import type { Expected } from "../grammar/probe.ts";
import { type Phrase, phraseOf } from "../phrases.ts";

/** What a word begins or leads on to where the grammar takes it. */
export function phraseFor({ within, begins }: Expected, word: string): Phrase | undefined {
  return (
    begins.map((rule) => phraseOf(rule, word)).find((one) => one !== undefined) ?? phraseOf(within.at(-1) ?? "", word)
  );
}
