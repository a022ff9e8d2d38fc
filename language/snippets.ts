import { headOf, snippetOf, wholePhrases } from "./phrases.ts";

export interface Snippet {
  prefix: string;
  body: string[];
  description: string;
}

/** Whole items and statements, in the form in which editors take snippets. The file in `editors/vscode` is written from them. */
export function snippets(): Record<string, Snippet> {
  const filled = Object.entries(wholePhrases).filter(([, { form }]) => form.includes("‹"));
  return Object.fromEntries(
    filled.map(([rule, { form, about }]) => [
      rule,
      { prefix: headOf(form), body: snippetOf(form).split("\n"), description: about },
    ]),
  );
}
