import type { Test } from "../../language/index.ts";
import type { Event } from "../events.ts";
import { figureText } from "../strategy/figures.ts";
import type { Value } from "../values.ts";
import { linesOf } from "./cast.ts";
import { literal } from "./literal.ts";

/** What a test states instead of what the engine would find: figures, branches of a split, waits of sites. */
export function statedIn(test: Test): Record<string, Value> {
  const stated: Record<string, Value> = {};
  for (const { subject, value } of linesOf(test, "stated")) {
    if (subject.kind === "apply") stated[figureText(subject.name.text, subject.args.map(literal))] = literal(value);
  }
  for (const { label } of linesOf(test, "splitTakes")) stated[`split takes ${label.text}`] = true;
  for (const { site, wait } of linesOf(test, "siteWaits")) stated[`site ${site.text}`] = literal(wait);
  return stated;
}

/** Switches and counters as a test wants them, before anything happens. */
export function settingsIn(test: Test): Event[] {
  return linesOf(test, "stated").flatMap(({ subject, value }): Event[] => {
    if (subject.kind !== "thing" || subject.name.kind !== "name") return [];
    const name = subject.name.text;
    const given = literal(value);
    if (typeof given === "boolean") return [{ type: "flag.set", flag: name, on: given, by: "test" }];
    return typeof given === "number" ? [{ type: "counter.set", counter: name, value: given, by: "test" }] : [];
  });
}
