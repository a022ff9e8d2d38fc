import { parseDocument } from "yaml";
import { makeSource, readDirectory } from "../../language/index.ts";
import type { Chapter, Row } from "../chapter.ts";
import { median } from "../median.ts";
import { block, exported, importing, rows } from "./texts.ts";

/** From files to a directory without findings, next to what reading YAML alone takes. */
export const directoryChapter: Chapter = {
  name: "directory",
  rows: () => [100, 1000, 10_000].flatMap(reading),
};

const budgets: Record<number, number> = { 10_000: 1000 };

function reading(agents: number): Row[] {
  const size = `${agents.toLocaleString("en")} agents`;
  const budget = budgets[agents];
  const yaml = (what: string, text: string): Row[] => {
    const ms = median(() => readDirectory([makeSource("directory.yaml", text)]));
    const alone = median(() => parseDocument(text, { uniqueKeys: false, prettyErrors: false }));
    return [
      { what, size, ms, ratio: 1, budget },
      { what: "  parsed by the YAML library, nothing read", size, ms: alone, ratio: alone / ms },
    ];
  };
  const csv = makeSource("agents.csv", exported(agents));
  const main = makeSource("directory.yaml", importing);
  return [
    ...yaml("YAML, an agent a line", rows(agents)),
    ...yaml("YAML, a key a line", block(agents)),
    { what: "CSV", size, ms: median(() => readDirectory([main], [csv])), budget },
  ];
}
