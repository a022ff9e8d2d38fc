import type { Expr, Name, Statement, Strategy } from "../ast.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { Agent, Directory, Places } from "../directory/directory.ts";
import type { Entrance } from "../entries.ts";
import type { Names } from "../names.ts";
import { nearest } from "../nearest.ts";
import type { Range, Source } from "../source.ts";
import type { Type } from "../types.ts";

/** What all checks of one file share. */
export interface Checking {
  source: Source;
  /** What can be named in this file. */
  names: Names;
  /** Paths such as `call.data.card` that are secret here. */
  secrets: ReadonlySet<string>;
  /** Behind the last line of the strategy's head. */
  headEnd?: { path: string; range: Range };
  /** The strategy that is walked, and whatever it runs. */
  strategy?: Strategy;
  /** Which files name a sub, calendar, plan or strategy. */
  uses: Map<object, Set<Source>>;
  directory: Directory;
  /** Where its entries stand, where that is known. */
  places?: Places;
  /** Of all files: a queue may be asked about from another strategy. */
  queues: ReadonlySet<string>;
  /** Keys of `call.data` that anything writes, in any file. */
  dataKeys: ReadonlySet<string>;
  strategies: readonly { source: Source; strategy: Strategy }[];
  /** All their entries, those that win first. */
  doors: readonly Entrance[];
  /** Statements below which no call goes on. */
  ends: Set<Statement>;
  /** Of each `match` that calls come to, whether an arm fits every one of them, whatever way they came by. */
  covered: Map<Statement, boolean>;
  people: readonly Agent[];
  /** Their extensions, normalised. */
  extensions: ReadonlySet<string>;
  /** Names of the prompts there are, without language and ending. Unknown when absent. */
  prompts?: ReadonlySet<string>;
  /** Parts of the texts or the directory could not be read: what they would have declared is not missed. */
  torn: boolean;
  diagnostics: Diagnostic[];
  /** What expressions and declared names are found to be, for editors; the last walk counts. */
  types?: Map<Expr | Name, Type>;
}

/** The same in another file, or in this one below another strategy. */
export function within(checking: Checking, { source, names }: { source: Source; names: Names }): Checking {
  return { ...checking, source, names };
}

/** Notes that this file names something declared at the top of a file. */
export function markUsed({ uses, source }: Checking, item: object): void {
  const files = uses.get(item);
  if (files) files.add(source);
  else uses.set(item, new Set([source]));
}

/** What a finding says besides its sentence. `write` replaces the range. */
export interface Advice {
  hint?: string;
  write?: string;
  /** What `write` replaces, where it is not the range of the finding. */
  writeAt?: Range;
  /** A fix elsewhere, or of several edits. */
  fix?: Diagnostic["fix"];
  related?: Diagnostic["related"];
}

export function report(
  checking: Checking,
  severity: Severity,
  code: string,
  range: Range,
  message: string,
  { hint, write, writeAt, fix, related }: Advice = {},
): void {
  const { path } = checking.source;
  const written =
    write === undefined
      ? undefined
      : { title: `write \`${write}\``, edits: [{ path, range: writeAt ?? range, text: write }] };
  checking.diagnostics.push({ code, severity, message, path, range, hint, fix: fix ?? written, related });
}

/** Whether something was told of a part of this text: what else there is to say of it may be an echo. */
export function isTold({ source, diagnostics }: Checking, { start, end }: Range): boolean {
  return diagnostics.some(
    ({ path, range, severity }) =>
      severity !== "hint" && path === source.path && start <= range.start && range.end <= end,
  );
}

/** A name that nothing has. Where parts could not be read it is told only if it looks like a slip, else it may be an echo. */
export function reportUnknown(checking: Checking, code: string, range: Range, message: string, advice: Advice): void {
  if (!checking.torn || advice.write !== undefined) report(checking, "error", code, range, message, advice);
}

/** The hint and fix for a name that nothing has: the nearest known one, else those there are, if they are few. */
export function instead(word: string, known: Iterable<string>): Advice {
  const all = [...known];
  const near = meant(word, all);
  return near === undefined ? listed(all) : { hint: `did you mean \`${near}\`?`, write: near };
}

/** The known name nearest to a mistyped one. One or two letters are too little to tell a slip from another name. */
export function meant(word: string, known: Iterable<string>): string | undefined {
  const near = nearest(word, known);
  return word.length > 2 || near?.toLowerCase() === word.toLowerCase() ? near : undefined;
}

/** Whether one of the names that were `written` is none and probably meant `name`: told there, it is no news that `name` is not used. */
export function isMistyped(name: string, written: Iterable<string>, isKnown: (word: string) => boolean): boolean {
  return [...written].some((word) => !isKnown(word) && meant(word, [name]) !== undefined);
}

export function listed(names: readonly string[]): Advice {
  if (names.length === 0 || names.length > 12) return {};
  return { hint: `known here: ${names.map((one) => `\`${one}\``).join(", ")}` };
}

/** The author's own text of a range, cut to one line for a message. */
export function quote(checking: Checking, range: Range): string {
  const [line = ""] = checking.source.text.slice(range.start, range.end).split("\n");
  return `\`${line.length > 60 ? `${line.slice(0, 57)}…` : line.trimEnd()}\``;
}
