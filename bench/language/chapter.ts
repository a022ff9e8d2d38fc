import { check, makeSource, parse, readDirectory, type Source } from "../../language/index.ts";
import { lex } from "../../language/grammar/lex.ts";
import { findings } from "../../language/service/findings.ts";
import { openProject, type Project, type Texts } from "../../language/service/project.ts";
import type { Chapter, Row } from "../chapter.ts";
import { median } from "../median.ts";
import { descend } from "./descent.ts";
import { langiumParser } from "./langium.ts";
import { directory, subset, whole } from "./texts.ts";

const langium = await langiumParser();
const site = makeSource("directory.yaml", directory);

/** From text to findings, on files of three lengths, and next to other ways to make a parser. */
export const languageChapter: Chapter = {
  name: "language",
  rows: () => [100, 1000, 10_000].flatMap((lines) => [...parsers(lines), ...checking(lines)]),
};

const budgets: Record<number, number> = { 1000: 20, 10_000: 200 };

function parsers(lines: number): Row[] {
  const text = subset(lines);
  const size = sizeOf(text);
  const ours = median(() => parse(makeSource("subset.strategy", text)));
  const others = { "by Langium": () => langium(text), "by hand": () => descend(text) };
  return [
    { what: "lex + parse a subset", size, ms: ours, ratio: 1 },
    ...Object.entries(others).map(([how, work]) => {
      const ms = median(work);
      return { what: `  the same ${how}`, size, ms, ratio: ms / ours };
    }),
  ];
}

function checking(lines: number): Row[] {
  const text = whole(lines);
  const size = sizeOf(text);
  const source = makeSource("whole.strategy", text);
  const found = readDirectory([site]).directory;
  const { file } = parse(source);
  return [
    { what: "lex", size, ms: median(() => lex(text)) },
    { what: "lex + parse", size, ms: median(() => parse(source)) },
    { what: "check", size, ms: median(() => check([{ source, file }], found)) },
    { what: "lex + parse + check", size, ms: median(() => parseAndCheck(text)), budget: budgets[lines] },
    { what: "keystroke to findings", size, ms: keystroke(text), budget: budgets[lines] },
  ];

  function parseAndCheck(now: string): unknown {
    const fresh = makeSource("whole.strategy", now);
    return check([{ source: fresh, file: parse(fresh).file }], found);
  }
}

/** A letter typed into the middle of the text, in an editor that has the project open. */
function keystroke(text: string): number {
  const at = text.indexOf("welcome", text.length / 2);
  const texts = (now: Source): Texts => ({ strategies: [now], directory: [site] });
  let project: Project = openProject(texts(makeSource("whole.strategy", text)));
  let typed = 0;
  return median(() => {
    typed++;
    const letters = "x".repeat(1 + (typed % 2));
    const now = makeSource("whole.strategy", text.slice(0, at) + letters + text.slice(at));
    project = openProject(texts(now), project);
    return findings(project);
  });
}

function sizeOf(text: string): string {
  return `${(text.split("\n").length - 1).toLocaleString("en")} lines`;
}
