import type { Block, Statement } from "../../ast.ts";
import { type Checking, report } from "../checking.ts";
import { firstWord, wordOf } from "../words.ts";
import { ending } from "./kinds.ts";
import { isEndless } from "./rounds.ts";

type Kinds = ReadonlySet<Statement["kind"]>;

/** What takes no time at all. */
const instant: Kinds = new Set(["note", "count"]);

const sounding: Kinds = new Set(["play", "say", "music", "ringback", "silence"]);

/** A sound that plays on takes no time: what follows at once and sounds itself, or ends the call, leaves nothing of it. */
export function checkSounds(checking: Checking, { statements }: Block): void {
  let before: Statement | undefined;
  for (const statement of statements) {
    if (before && (sounding.has(statement.kind) || ending.has(statement.kind))) {
      const message = `nobody hears this \`${wordOf(before.kind)}\`: \`${wordOf(statement.kind)}\` follows at once`;
      const hint =
        before.kind === "music" ? "give it a time: `music … for 20s`" : "write a `wait` between them, or take it out";
      report(checking, "warning", "S427", firstWord(before), message, { hint });
    }
    if (isEndless(statement)) before = statement;
    else if (!isInstant(statement)) before = undefined;
  }
}

const forms: ReadonlySet<string> = new Set(["collectValue", "fetchValue", "runValue"]);

function isInstant(statement: Statement): boolean {
  const { kind } = statement;
  return kind === "let" || kind === "set" ? !forms.has(statement.value.kind) : instant.has(kind);
}
