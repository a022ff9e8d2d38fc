import type { Block, QueuePlan, Statement, Strategy, Sub } from "../../ast.ts";
import { blocksOfQueue, statementsIn } from "../../blocks.ts";
import { type Declared, type Names, noNames, type ReadFile, type Resolved } from "../../names.ts";
import type { Source } from "../../source.ts";
import { checkCalendar } from "../calendars.ts";
import { type Checking, report } from "../checking.ts";
import { checkAnswered } from "../media.ts";
import { fixedName } from "../things.ts";
import { checkEndings } from "./endings.ts";
import { ending, routing } from "./kinds.ts";
import { checkPlaces, type Place } from "./places.ts";
import { checkReach } from "./reach.ts";
import { checkRounds } from "./rounds.ts";
import { runIn } from "./runs.ts";
import { type Inside, lookIntoSubs } from "./subs.ts";

/** What the checks of one text share. */
interface Flow {
  checking: Checking;
  names: Names;
  subs: ReadonlyMap<Sub, Inside>;
}

/** Where calls go and how long it takes: every block of strategies, subs and queue plans, in the order of the texts. */
export function checkFlow(
  files: readonly ReadFile[],
  resolved: Resolved,
  checkingOf: (source: Source) => Checking,
): void {
  const namesOf = (source: Source) => resolved.names.get(source.path) ?? noNames();
  const all = files.flatMap(({ source, file }) =>
    file.items
      .filter((item) => item.kind === "sub")
      .map((item): Declared<Sub> => ({ source, item, names: namesOf(source) })),
  );
  const subs = lookIntoSubs(all, checkingOf);
  for (const { source, file } of files) {
    const flow: Flow = { checking: checkingOf(source), names: namesOf(source), subs };
    for (const item of file.items) {
      if (item.kind === "strategy") checkStrategy(flow, item);
      else if (item.kind === "sub") checkSub(flow, item);
      else if (item.kind === "plan") checkPlan(flow, item);
      else if (item.kind === "calendar") checkCalendar(flow.checking, item);
    }
  }
}

function checkStrategy(flow: Flow, strategy: Strategy): void {
  const { body, afterCall } = strategy;
  checkBlock(flow, body, {});
  if (afterCall) checkBlock(flow, afterCall, { after: "after call" });
  checkAnswered(flow.checking, strategy, flow.names);
  // What could not be read may lead anywhere.
  if (flow.checking.torn) return;
  if (!triesNothing(flow, body)) checkEndings(flow.checking, strategy, flow.names);
  else {
    const message = `strategy \`${fixedName(strategy.name) ?? ""}\` tries nothing: every call goes to its default route`;
    const hint = "write a `queue`, `ring` or `voicemail`";
    report(flow.checking, "warning", "S418", strategy.name.range, message, { hint });
  }
}

function triesNothing({ names, subs }: Flow, body: Block): boolean {
  const attempts = [...routing, ...ending];
  return !statementsIn(body).some((statement) => {
    const run = runIn(statement);
    const sub = run && names.subs.get(run.sub.text);
    // What an unknown sub tries is unknown.
    if (run && !sub) return true;
    return attempts.some((kind) => statement.kind === kind || (sub && subs.get(sub.item)?.statements.has(kind)));
  });
}

function checkSub(flow: Flow, sub: Sub): void {
  checkBlock(flow, sub.body, { inSub: true }, sub);
}

/** A plan's blocks by themselves; what they mean for a queue is looked at there. */
function checkPlan(flow: Flow, plan: QueuePlan): void {
  for (const block of blocksOfQueue(plan)) {
    checkBlock(flow, block, block === plan.whileWaiting ? { waiting: true } : {});
    if (block === plan.whileWaiting) checkWaiting(flow, block);
  }
}

function checkBlock(flow: Flow, block: Block, place: Place, sub?: Sub): void {
  const { checking, names } = flow;
  const waiting = place.waiting ?? place.inSub ?? false;
  checkReach(checking, block, { source: checking.source, names, waiting, ...(sub && { sub }) });
  checkPlaces(checking, block, place, flow);
  for (const statement of statementsIn(block)) checkStatement(flow, statement);
}

/** What holds of a statement wherever it stands. */
function checkStatement(flow: Flow, statement: Statement): void {
  switch (statement.kind) {
    case "queue":
      if (statement.whileWaiting) checkWaiting(flow, statement.whileWaiting);
      return;
    default:
  }
}

function checkWaiting({ checking, names }: Flow, body: Block): void {
  checkRounds(checking, body, { source: checking.source, names });
}
