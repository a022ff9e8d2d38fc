import type { Block, Queue, QueueRules, Statement, Strategy, Sub } from "../../ast.ts";
import { blocksOf, statementsIn } from "../../blocks.ts";
import { type Names, noNames, type ReadFile, type Resolved } from "../../names.ts";
import { plannedRules } from "../../planned.ts";
import type { Source } from "../../source.ts";
import { checkCalendar } from "../calendars.ts";
import { type Checking, report } from "../checking.ts";
import { checkAnswered } from "../media.ts";
import { fixedName } from "../things.ts";
import { checkAccepted } from "./accepted.ts";
import { checkBooked } from "./booked.ts";
import { checkEndings } from "./endings.ts";
import { ending, routing } from "./kinds.ts";
import { checkAfter, checkLoop, checkRepeated, checkUninterrupted } from "./limits.ts";
import { checkOneOrder, type Ordered } from "./order.ts";
import { checkPlaces } from "./places.ts";
import { checkRounds } from "./rounds.ts";
import { checkSlips } from "./slips.ts";
import { checkSounds } from "./sounds.ts";
import { checkSplit } from "./splits.ts";
import { runIn } from "../../runs.ts";
import type { Stretch } from "./stretches.ts";
import { type Inside, lookIntoSubs } from "./subs.ts";
import { checkPlanTimes, checkTimeline } from "./timeline.ts";

/** Where calls go, what may stand where, and how long it takes. */
export function checkFlow(
  files: readonly ReadFile[],
  stretches: readonly Stretch[],
  resolved: Resolved,
  checkingOf: (source: Source) => Checking,
): void {
  const declared = [...resolved.names].flatMap(([path, { subs }]) =>
    [...subs.values()].filter(({ source }) => source.path === path),
  );
  const subs = lookIntoSubs(declared, checkingOf);
  const queues: Ordered[] = [];
  for (const { checking, names, block, place } of stretches) {
    checkPlaces(checking, block, place, { names, subs });
    checkSounds(checking, block);
    if (place.after) checkAfter(checking, block, place.after, { directory: checking.directory, names, subs });
    for (const statement of statementsIn([block])) {
      checkStatement({ checking, names, subs }, statement);
      if (statement.kind === "queue") queues.push({ checking, queue: statement, rules: rulesOf(statement, names) });
    }
    if (place.waiting) checkRounds(checking, block, { source: checking.source, names });
  }
  // Rules that could not be read may be the same.
  if (!queues.some(({ checking }) => checking.torn)) checkOneOrder(queues);
  for (const { source, file } of files) {
    const flow: Flow = { checking: checkingOf(source), names: resolved.names.get(source.path) ?? noNames(), subs };
    for (const item of file.items) {
      if (item.kind === "strategy") checkStrategy(flow, item);
      else if (item.kind === "plan") checkPlanTimes(flow.checking, item);
      else if (item.kind === "calendar") checkCalendar(flow.checking, item);
    }
  }
}

const rulesOf = (queue: Queue, { plans }: Names): QueueRules =>
  plannedRules(queue, queue.by && plans.get(queue.by.text)?.item).rules;

interface Flow {
  checking: Checking;
  names: Names;
  subs: ReadonlyMap<Sub, Inside>;
}

function checkStrategy({ checking, names, subs }: Flow, strategy: Strategy): void {
  checkAnswered(checking, strategy, names);
  // What could not be read may lead anywhere.
  if (checking.torn) return;
  if (!triesNothing(strategy.body, names, subs)) {
    checkEndings(checking, strategy, names);
    return;
  }
  const message = `strategy \`${fixedName(strategy.name) ?? ""}\` tries nothing: every call goes to its default route`;
  report(checking, "warning", "S418", strategy.name.range, message, { hint: "write a `queue`, `ring` or `voicemail`" });
}

function triesNothing(body: Block, { subs: known }: Names, subs: ReadonlyMap<Sub, Inside>): boolean {
  const attempts = [...routing, ...ending];
  return !statementsIn([body]).some((statement) => {
    const run = runIn(statement);
    const sub = run && known.get(run.sub.text);
    // What an unknown sub tries is unknown.
    if (run && !sub) return true;
    return attempts.some((kind) => statement.kind === kind || (sub && subs.get(sub.item)?.statements.has(kind)));
  });
}

/** What holds of a statement wherever it stands. */
function checkStatement({ checking, names, subs }: Flow, statement: Statement): void {
  const start = { source: checking.source, names };
  const lengths = { directory: checking.directory, names, subs };
  checkSlips(checking, statement);
  for (const block of blocksOf(statement)) checkSounds(checking, block);
  switch (statement.kind) {
    case "queue":
      checkTimeline(checking, statement, names);
      checkBooked(checking, statement, names);
      if (statement.whileWaiting) checkRounds(checking, statement.whileWaiting, start);
      return;
    case "loop":
      checkLoop(checking, statement, start);
      checkRepeated(checking, statement, lengths);
      return;
    case "preview":
      checkAccepted(checking, statement, start);
      return;
    case "uninterrupted":
      checkUninterrupted(checking, statement, lengths);
      return;
    case "split":
      checkSplit(checking, statement);
      return;
    case "callback":
      if (statement.afterCallback) checkAfter(checking, statement.afterCallback, "after callback", lengths);
      return;
    default:
  }
}
