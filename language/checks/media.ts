import type { Music, Play, Reject } from "../ast.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import type { State } from "./state.ts";
import { fixedName } from "./things.ts";
import { firstWord } from "./waiting.ts";

/** Nothing can be heard before the call is answered. One finding for each way without `answer`. */
export function checkHeard(checking: Checking, statement: Play | Music, state: State): void {
  if (state.answered === "yes") return;
  const maybe = state.answered === "maybe" ? " on every way that leads" : "";
  const sound = statement.kind === "play" ? statement.prompt : statement.name;
  const message = `the caller cannot hear ${quote(checking, sound.range)}: the call is not answered${maybe} here`;
  const { path, text } = checking.source;
  const lineStart = text.lastIndexOf("\n", statement.range.start - 1) + 1;
  const indent = text.slice(lineStart, statement.range.start);
  report(checking, "error", "S401", firstWord(statement), message, { hint: "write `answer` before it" });
  if (/^[ \t]*$/.test(indent)) {
    const range = { start: statement.range.start, end: statement.range.start };
    const found = checking.diagnostics.at(-1);
    if (found) found.fix = { title: "answer before it", edits: [{ path, range, text: `answer\n${indent}` }] };
  }
  // What follows would only repeat it.
  state.answered = "yes";
}

/** A final answer cannot be taken back. */
export function checkReject(checking: Checking, statement: Reject, state: State): void {
  if (state.answered === "no") return;
  const message = "the call is answered already, so it cannot be rejected any more";
  const severity = state.answered === "yes" ? "error" : "warning";
  report(checking, severity, "S421", firstWord(statement), message, { hint: "write `hangup`" });
}

/** Prompts whose name is written out must be there, where it is known which there are. */
export function checkPrompt(checking: Checking, name: Play["prompt"]): void {
  const { prompts } = checking;
  if (!prompts || name.kind !== "text") return;
  const prompt = fixedName(name);
  if (prompt === undefined || prompts.has(prompt)) return;
  const { hint, write } = instead(prompt, prompts);
  const message = `there is no prompt \`${prompt}\`: callers hear nothing in its place`;
  report(checking, "warning", "S209", name.range, message, { hint, write: write && `"${write}"` });
}
