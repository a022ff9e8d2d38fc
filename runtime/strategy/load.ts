import type { CheckedProgram, Directory, Source, Strategy } from "../../language/index.ts";
import { Assembly } from "./assembly.ts";
import { entryTable } from "./entries.ts";
import type { Code, Program } from "./program.ts";
import { writeDestination, writeRoute } from "./route.ts";
import { lowerBlock } from "./statements.ts";

const nowhere = { start: 0, end: 0 };

/** Lowers a checked program to flat code. Fast enough to do it again on every change of a text. */
export function loadProgram(checked: CheckedProgram): Program {
  const { directory } = checked;
  const { strategies } = checked;
  return {
    hash: checked.hash,
    directory,
    entries: entryTable(
      strategies.map(({ strategy }) => strategy),
      directory.site.country,
    ),
    codes: [entryRoute(directory), ...strategies.map(({ source, strategy }) => lowerStrategy(source, strategy))],
    codeOf: new Map(strategies.map(({ strategy }, index) => [strategy, index + 1])),
  };
}

function lowerStrategy(source: Source, strategy: Strategy): Code {
  const code = new Assembly();
  lowerBlock(strategy.body, code);
  code.emit({ op: "end", at: { start: strategy.range.end - 1, end: strategy.range.end } });
  const defaultRoute = code.here;
  if (strategy.defaultRoute) writeRoute(strategy.defaultRoute.to, code);
  code.emit({ op: "undone", at: strategy.defaultRoute?.range ?? strategy.range });
  const name = strategy.name.parts.filter((part) => typeof part === "string").join("");
  return { name, source, ops: code.ops, slots: code.slots, defaultRoute, tries: code.tries };
}

/** The second net: where calls go whose strategy is missing or whose default route has failed. */
function entryRoute(directory: Directory): Code {
  const code = new Assembly();
  if (directory.defaults.entryRoute) writeDestination(directory.defaults.entryRoute, code);
  code.emit({ op: "undone", at: nowhere });
  return { name: "entry route", ops: code.ops, slots: code.slots, defaultRoute: 0, tries: [] };
}
