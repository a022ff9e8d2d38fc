import type { Block, CalendarLine, EntryPattern, Statement } from "../ast.ts";
import { blocksOf, statementsIn } from "../blocks.ts";
import { isAttempt, outcomesOf } from "../builtins.ts";
import { type Lengths, longest } from "../checks/flow/lengths.ts";
import { wordOf } from "../checks/words.ts";
import { noNames } from "../names.ts";
import type { Range } from "../source.ts";
import { countOf, shortly, weekday } from "./about-literals.ts";
import { namesByPath } from "./meaning.ts";
import type { Project } from "./project.ts";

/** A few pale words that stand in the text and belong not to it. */
export interface Inlay {
  offset: number;
  label: string;
  about?: string;
  /** Where a space parts it from the text. */
  space: "before" | "after";
}

/** What the text does not say: where a call goes on, when a wait ends at the latest, how many numbers and which day. */
export function inlays(project: Project, path: string, within?: Range): Inlay[] {
  const sheet = project.sheets.get(path);
  if (!sheet) return [];
  const lengths = lengthsIn(project, path);
  const all = sheet.file.items.flatMap((item): Inlay[] => {
    if (item.kind === "calendar") return item.lines.flatMap(dayOf);
    if (item.kind === "sub") return goingOn(item.body);
    if (item.kind !== "strategy") return [];
    const numbers = item.entries.flatMap(({ patterns }) => patterns).flatMap((one) => numbersOf(one));
    const after = item.afterCall ? goingOn(item.afterCall) : [];
    return [...numbers, ...goingOn(item.body), ...after, ...latest(item.body, 0, lengths)];
  });
  const inside = ({ offset }: Inlay): boolean => !within || (within.start <= offset && offset <= within.end);
  return all.filter(inside).toSorted((a, b) => a.offset - b.offset);
}

/** Subs count with what stands in themselves. */
function lengthsIn(project: Project, path: string): Lengths {
  const { directory } = project.binder;
  const names = namesByPath(project).get(path) ?? noNames();
  const alone = { directory, names, subs: new Map() };
  const subs = new Map([...names.subs.values()].map(({ item }) => [item, { length: longest(item.body, alone) }]));
  return { directory, names, subs };
}

/** `100 numbers` behind a range. */
function numbersOf(pattern: EntryPattern): Inlay[] {
  const count = pattern.kind === "span" ? countOf(pattern.from, pattern.to) : undefined;
  return count === undefined ? [] : [{ offset: pattern.range.end, label: `${count} numbers`, space: "before" }];
}

/** The day of the week behind a date. */
function dayOf(line: CalendarLine): Inlay[] {
  if (line.kind !== "holiday" || line.yearly) return [];
  return [line.from, ...(line.to ? [line.to] : [])].map((date) => ({
    offset: date.range.end,
    label: weekday(date).slice(0, 3),
    space: "before",
  }));
}

/** What stands below an attempt runs only where the attempt did not end routing. */
function goingOn(body: Block): Inlay[] {
  return [body, ...statementsIn([body]).flatMap(blocksOf)].flatMap(({ statements }) =>
    statements.flatMap((statement, index): Inlay[] => {
      const next = statements[index + 1];
      const [end] = isAttempt(statement.kind) ? Object.keys(outcomesOf(statement.kind).ends) : [];
      if (!next || end === undefined) return [];
      const about = `the call comes here where \`${wordOf(statement.kind)}\` did not end with \`${end}\``;
      return [{ offset: next.range.start, label: `not ${end}:`, about, space: "after" }];
    }),
  );
}

/** Attempts that can take long. */
const long = new Set<Statement["kind"]>(["queue", "ring", "preview", "ask", "dial"]);

/** The latest moment at which a call goes on below each attempt, as far as times are written out. */
function latest({ statements }: Block, from: number, lengths: Lengths): Inlay[] {
  let elapsed = from;
  return statements.flatMap((statement) => {
    const before = elapsed;
    elapsed += longest({ kind: "block", range: statement.range, statements: [statement] }, lengths);
    if (!long.has(statement.kind)) return blocksOf(statement).flatMap((block) => latest(block, before, lengths));
    if (!Number.isFinite(elapsed) || elapsed === before) return [];
    const about = "the latest end, counted from the beginning of the strategy, as far as times are written out";
    return [{ offset: statement.range.end, label: `≤ ${shortly(elapsed)}`, about, space: "before" as const }];
  });
}
