/** What an editor asks of the language: plain functions of a project, plain data as answers, in a browser as well as behind stdio. */

export { type Highlighting, highlighting } from "../highlighting.ts";
export type { Action } from "./action.ts";
export { actions, fixAll } from "./actions.ts";
export { completion } from "./completion/completion.ts";
export type { Suggestion, SuggestionKind } from "./completion/suggestion.ts";
export { warmUp } from "./cursor.ts";
export { definition, highlights, references } from "./definition.ts";
export { findings } from "./findings.ts";
export { type Fold, folding } from "./folding.ts";
export { formatting } from "./formatting.ts";
export { type Hover, hover } from "./hover.ts";
export { type Inlay, inlays } from "./inlays.ts";
export { type Lens, lenses } from "./lenses.ts";
export type { Place } from "./meaning.ts";
export { type Entry, outline } from "./outline.ts";
export { type Paint, type Painted, painting, paints } from "./painting.ts";
export { openProject, type Project, type Texts } from "./project.ts";
export { type Refused, renamable, rename } from "./rename.ts";
export { selections } from "./selection.ts";
export type { Sheet } from "./sheet.ts";
export { type Signature, signatureAt } from "./signatures.ts";
