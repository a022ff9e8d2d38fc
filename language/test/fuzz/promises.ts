import { readFileSync } from "node:fs";
import type { Diagnostic } from "../../diagnostic.ts";
import { format } from "../../format/format.ts";
import { completion } from "../../service/completion/completion.ts";
import { definition, highlights, references } from "../../service/definition.ts";
import { findings } from "../../service/findings.ts";
import { folding } from "../../service/folding.ts";
import { hover } from "../../service/hover.ts";
import type { Place } from "../../service/meaning.ts";
import { outline } from "../../service/outline.ts";
import { painting } from "../../service/painting.ts";
import { openProject, type Project } from "../../service/project.ts";
import type { Sheet } from "../../service/sheet.ts";
import { renamable } from "../../service/rename.ts";
import { selections } from "../../service/selection.ts";
import { makeSource, type Range } from "../../source.ts";
import { walk } from "../../walk.ts";

/*
 * What holds for every text there can be: no exception, a whole tree, findings and places inside the text, holes only where
 * something was told, a formatter that settles. Each function gives the promises that were broken; none is the wanted answer.
 */

const path = "t.strategy";
const site = makeSource("acceptance.yaml", readFileSync(new URL("../acceptance.yaml", import.meta.url), "utf8"));
/** Has the directory read already. */
const opened = openProject({ strategies: [], directory: [site] });

/** Of reading, checking, formatting and what an editor asks at `offset`. */
export function brokenPromises(text: string, offset: number): string[] {
  return [
    ...tried("service", () =>
      ofProject(openProject({ strategies: [makeSource(path, text)], directory: [site] }, opened), offset),
    ),
    ...tried("format", () => ofFormat(text)),
  ];
}

function tried(what: string, ask: () => string[]): string[] {
  try {
    return ask().map((broken) => `${what}: ${broken}`);
  } catch (error) {
    return [`${what} throws: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

function ofReading(text: string, { file, diagnostics }: Sheet): string[] {
  const broken = ofFindings(text, diagnostics);
  let before = 0;
  for (const { code, range } of diagnostics) {
    if (!/^S1\d\d$/.test(code)) broken.push(`${code} is no code of reading`);
    if (range.start < before) broken.push("findings are not in order");
    before = range.start;
  }
  walk(file, ({ kind, range }) => {
    if (!isInside(text, range)) broken.push(`${kind} lies outside`);
    if (kind === "hole" && diagnostics.length === 0) broken.push("a hole without a finding");
  });
  return broken;
}

function ofFindings(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.flatMap(({ code, message, hint, range, related = [], fix }) => {
    const broken = /undefined|NaN|\bnull\b|Word\b|Token|Identifier/.exec(`${message} ${hint ?? ""}`);
    const places = [range, ...related.flatMap(here), ...(fix?.edits ?? []).map((edit) => edit.range)];
    return [
      ...(broken && !text.includes(broken[0]) ? [`${code} says \`${message}\``] : []),
      ...(places.every((place) => isInside(text, place)) ? [] : [`${code} lies outside`]),
    ];
  });
}

function isInside(text: string, { start, end }: Range): boolean {
  return start >= 0 && start <= end && end <= text.length;
}

function ofFormat(text: string): string[] {
  const first = format(makeSource(path, text));
  if (first.text === undefined) {
    const isOurs = first.diagnostics.some(({ code }) => code === "S199");
    return first.diagnostics.length > 0 && !isOurs ? [] : [isOurs ? "would change the meaning" : "gives nothing"];
  }
  const second = format(makeSource(path, first.text));
  return second.text === first.text ? [] : ["does not settle"];
}

/** An editor's project reads and checks, and answers questions. */
function ofProject(project: Project, offset: number): string[] {
  const sheet = project.sheets.get(path);
  if (!sheet) return ["the text is not part of the project"];
  const { text } = sheet.source;
  completion(project, path, offset);
  hover(project, path, offset);
  renamable(project, path, offset);
  outline(sheet);
  const places: Range[] = [
    ...[...definition(project, path, offset), ...references(project, path, offset)].flatMap(here),
    ...highlights(project, path, offset).map((one) => one.range),
    ...selections(sheet, offset),
    ...painting(sheet).map((one) => one.range),
    ...folding(sheet).map((one) => one.range),
  ];
  const outside = places.filter((place) => !isInside(text, place)).map(() => "a place lies outside");
  return [...ofReading(text, sheet), ...ofFindings(text, findings(project).get(path) ?? []), ...outside];
}

const here = (one: Pick<Place, "path" | "range">): Range[] => (one.path === path ? [one.range] : []);
