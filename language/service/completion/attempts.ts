import { type Attempt, isAttempt, outcomesOf } from "../../builtins.ts";
import { nodesAt } from "../../walk.ts";
import type { Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";

/** The attempt in whose block a place is, by the rules around it. */
function attemptIn(path: readonly string[]): Attempt | undefined {
  const rule = path.findLast((one) => one === "queuePlan" || isAttempt(one));
  if (rule === "queuePlan") return "queue";
  return rule !== undefined && isAttempt(rule) ? rule : undefined;
}

/** The outcomes of the attempt around that have no handler yet. */
export function unhandled({ sheet, cursor }: Spot, path: readonly string[]): Offer[] {
  const attempt = attemptIn(path);
  if (!attempt) return [];
  const node = nodesAt(sheet.file, cursor.offset).findLast((one) => "handlers" in one);
  const handlers = node && "handlers" in node ? node.handlers : [];
  const written = ({ range }: { range: { start: number; end: number } }): boolean =>
    range.start <= cursor.offset && cursor.offset <= range.end;
  const seen = new Set(
    handlers.flatMap((handler) => handler.outcomes.filter((one) => !written(one)).map((one) => one.name.text)),
  );
  return Object.entries(outcomesOf(attempt).handled)
    .filter(([name]) => !seen.has(name))
    .map(([label, { about, carries }]) => ({ label, kind: "outcome", about, form: carries ? `${label}(‹x›)` : label }));
}

/** Whole handlers, one for each outcome that has none, and one for all of them. */
export function handlers(spot: Spot, path: readonly string[]): Offer[] {
  const left = unhandled(spot, path);
  const each = left.map(({ label, about, form }): Offer => {
    return { label: `on ${label}`, kind: "phrase", about, form: `on ${form} { ‹› }` };
  });
  const plain = left.filter(({ form }) => !form?.includes("(")).map(({ label }) => label);
  if (plain.length < 2) return each;
  const all = `on ${plain.join(", ")}`;
  return [...each, { label: all, kind: "phrase", about: "one handler for all of them", form: `${all} { ‹› }` }];
}
