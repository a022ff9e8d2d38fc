import type { Diagnostic, Edit } from "../diagnostic.ts";

/** A change that an editor offers. */
export interface Action {
  title: string;
  kind: "fix" | "fix all" | "refactor";
  edits: Edit[];
  /** What is mended. */
  finding?: Diagnostic;
}
