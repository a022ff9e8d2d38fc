import type { Block, Item, Sub } from "../../ast.ts";
import { blocksOfQueue } from "../../blocks.ts";
import { inPlan, type Names, noNames, type ReadFile, type Resolved } from "../../names.ts";
import type { Source } from "../../source.ts";
import type { Checking } from "../checking.ts";
import type { Place } from "./places.ts";

/** One block that calls run through, with where it stands. */
export interface Stretch {
  checking: Checking;
  names: Names;
  block: Block;
  place: Place;
  sub?: Sub;
}

/** Everything that calls run through: the bodies of strategies and subs, what follows a call, the blocks of queue plans. */
export function stretchesOf(
  files: readonly ReadFile[],
  resolved: Resolved,
  checkingOf: (source: Source) => Checking,
): Stretch[] {
  return files.flatMap(({ source, file }) => {
    const checking = checkingOf(source);
    const names = resolved.names.get(source.path) ?? noNames();
    return file.items.flatMap((item) => {
      const inside = item.kind === "plan" ? inPlan(names) : names;
      return blocksOfItem(item).map((one) => ({ checking, names: inside, ...one }));
    });
  });
}

function blocksOfItem(item: Item): Pick<Stretch, "block" | "place" | "sub">[] {
  switch (item.kind) {
    case "strategy": {
      const { body, afterCall } = item;
      return [
        { block: body, place: {} },
        ...(afterCall ? [{ block: afterCall, place: { after: "after call" } as const }] : []),
      ];
    }
    case "sub":
      return [{ block: item.body, place: { inSub: true }, sub: item }];
    case "plan":
      return blocksOfQueue(item).map((block) => ({
        block,
        place: block === item.whileWaiting ? { waiting: true } : {},
      }));
    default:
      return [];
  }
}
