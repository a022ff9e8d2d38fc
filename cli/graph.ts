import { graph as chartOf, mermaid, nameOf, nearest } from "../language/index.ts";
import { refuse } from "./check.ts";
import { exit, UsageError } from "./exit.ts";
import { strategyFiles } from "./files.ts";
import { readStrategies } from "./load.ts";
import { say } from "./output.ts";

export interface GraphOptions {
  strategy?: string;
}

/** Needs no directory: a chart shows what is written, wherever names lead. */
export function graph(paths: string[], { strategy }: GraphOptions): number {
  const files = readStrategies(strategyFiles(paths));
  const diagnostics = files.flatMap((one) => one.diagnostics);
  if (diagnostics.length > 0) {
    refuse(
      diagnostics,
      files.map((one) => one.source),
    );
    return exit.failed;
  }
  const known = files.flatMap(({ file }) => file.items.filter((item) => item.kind === "strategy").map(nameOf));
  if (strategy !== undefined && !known.includes(strategy)) throw new UsageError(unknown(strategy, known));
  say(mermaid(chartOf(files, strategy)).trimEnd());
  return exit.ok;
}

function unknown(strategy: string, known: string[]): string {
  const near = nearest(strategy, known);
  return `there is no strategy "${strategy}"; ${near ? `did you mean "${near}"?` : `there are: ${known.map((one) => `"${one}"`).join(", ")}`}`;
}
