import type { Expr } from "../ast.ts";
import { type Checking, instead, report } from "./checking.ts";
import { inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkOpen } from "./secrets.ts";
import { fixedName } from "./things.ts";

/** The name of a prompt where it is played. */
export function checkSound(name: Expr, at: Place): void {
  const type = inferAs(name, at, ["text"], "a prompt");
  checkOpen(at.checking, name, type, "the names of prompts are written down");
  checkPrompt(at.checking, name);
}

/** Prompts whose name is written out must be there, where it is known which there are. */
export function checkPrompt(checking: Checking, name: Expr): void {
  const { prompts } = checking;
  if (!prompts || name.kind !== "text") return;
  const prompt = fixedName(name);
  if (prompt === undefined || prompts.has(prompt)) return;
  const { hint, write } = instead(prompt, prompts);
  const message = `there is no prompt \`${prompt}\`: callers hear nothing in its place`;
  report(checking, "warning", "S209", name.range, message, { hint, write: write && `"${write}"` });
}
