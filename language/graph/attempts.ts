import type * as ast from "../ast.ts";
import { outcomesOf } from "../builtins.ts";
import { addEnd, addNode, connect, type Spot } from "./canvas.ts";
import type { LooseEnd } from "./chart.ts";
import { linesOf, outcomesText } from "./labels.ts";

/** What is tried and ends with one outcome; queues are drawn by queue.ts. */
type Attempt = Exclude<Extract<ast.Statement, { handlers: ast.Handler[] }>, ast.Queue | ast.Try>;

export function isAttempt(statement: ast.Statement): statement is Attempt {
  return "handlers" in statement && statement.kind !== "queue" && statement.kind !== "try";
}

export function drawAttempt(spot: Spot, attempt: Attempt, into: LooseEnd[]): LooseEnd[] {
  const node = addNode(spot, "attempt", linesOf(attempt, spot.words), attempt.range, into);
  const from = node.id;
  const { ends } = outcomesOf(attempt.kind);
  for (const outcome of Object.keys(ends)) addEnd(spot, outcome, attempt.range, [{ from, label: outcome }]);
  if (attempt.kind === "callback" && attempt.afterCallback) {
    spot.drawBlock(spot, attempt.afterCallback, [{ from, label: "after callback", aside: true }]);
  }
  const handled = drawHandlers(spot, from, attempt.handlers, {}, attempt.kind === "preview" ? from : undefined);
  const others = unhandled(attempt);
  const isPlain = attempt.handlers.length === 0 && Object.keys(ends).length === 0;
  if (others.length > 0) handled.push(isPlain ? { from } : { from, label: others.join(", ") });
  return handled;
}

/** `resumed` is the preview that goes on when `accepted` has not led to a connection. */
export function drawHandlers(
  spot: Spot,
  from: string,
  handlers: readonly ast.Handler[],
  style: Pick<LooseEnd, "aside">,
  resumed?: string,
): LooseEnd[] {
  return handlers.flatMap((handler) => {
    const ends = spot.drawBlock(spot, handler.body, [{ from, label: outcomesText(handler, spot.words), ...style }]);
    if (resumed === undefined || !names(handler).includes("accepted")) return ends;
    connect(
      spot,
      ends.map((end) => ({ ...end, aside: true as const })),
      resumed,
    );
    return [];
  });
}

const names = (handler: ast.Handler): string[] => handler.outcomes.map((outcome) => outcome.name.text);

/** Outcomes that can come and have no handler: the call goes on below. */
function unhandled(attempt: Attempt): string[] {
  const handled = new Set(attempt.handlers.flatMap(names));
  return Object.keys(outcomesOf(attempt.kind).handled).filter((name) => !handled.has(name) && canCome(name, attempt));
}

function canCome(outcome: string, attempt: Attempt): boolean {
  if (attempt.kind === "ring") return outcome !== "not_confirmed" || attempt.confirmed !== undefined;
  if (attempt.kind === "ask") return outcome !== "give_up" || attempt.giveUp !== undefined;
  if (attempt.kind !== "collect") return true;
  // Where handlers name keys, all others are `invalid`.
  if (outcome === "digits") return !attempt.handlers.some(({ outcomes }) => outcomes.some((one) => one.digits));
  return attempt.tries ? outcome !== "nothing" && outcome !== "invalid" : outcome !== "no_choice";
}
