import { fixedName } from "../checks/things.ts";
import type { Range } from "../source.ts";
import type { Project } from "./project.ts";

/** Something to be done with an item, shown above it. */
export interface Lens {
  range: Range;
  title: string;
  /** `test` is one test, `tests` are those of the file. */
  does: "run" | "test" | "tests" | "simulate";
  /** The name of the strategy, test or traffic block. */
  name: string;
}

/** Run a strategy and its tests, run one test, simulate a day. */
export function lenses(project: Project, path: string): Lens[] {
  const items = project.sheets.get(path)?.file.items ?? [];
  const tests = [...project.sheets.values()].flatMap(({ file }) =>
    file.items.flatMap((item) => (item.kind === "test" ? [fixedName(item.strategy)] : [])),
  );
  return items.flatMap((item): Lens[] => {
    if (item.kind !== "strategy" && item.kind !== "test" && item.kind !== "traffic") return [];
    const { range } = item.name;
    const name = fixedName(item.name) ?? "";
    if (item.kind === "test") return [{ range, title: "run this test", does: "test", name }];
    if (item.kind === "traffic") return [{ range, title: "simulate this day", does: "simulate", name }];
    const own = tests.filter((strategy) => strategy === name).length;
    const run: Lens = { range, title: "run this strategy", does: "run", name };
    return own === 0
      ? [run]
      : [run, { range, title: `run ${own} ${own === 1 ? "test" : "tests"}`, does: "tests", name }];
  });
}
