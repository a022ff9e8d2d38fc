import type { Range } from "../../source.ts";

export type SuggestionKind = "word" | "phrase" | "name" | "thing" | "function" | "field" | "value" | "outcome" | "text";

/** Something that can be written at the cursor. */
export interface Suggestion {
  label: string;
  kind: SuggestionKind;
  /** What it is, in a word or two. */
  detail?: string;
  /** One line of explanation. */
  about?: string;
  /** What takes the place of `range`: a snippet with `${1:…}` for what is to be filled in. */
  snippet: string;
  range: Range;
}

/** A suggestion before it is known where it goes; what is written is the label where it has no form. */
export interface Offer {
  label: string;
  kind: SuggestionKind;
  detail?: string;
  about?: string;
  /** What is written, ‹…› standing for what is to be filled in. */
  form?: string;
}
