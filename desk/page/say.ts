import { usePage } from "./store.ts";
import { catalogue, filled, type Language, type WordKey } from "./words.ts";

export type Say = (key: WordKey, about?: string | number) => string;

const sayIn =
  (language: Language): Say =>
  (key, about = "") =>
    filled(catalogue[language][key], about);

export const useWords = (): Say => sayIn(usePage((page) => page.language));
