/** Everything that other rooms may know of the language. */

// text to tree, messages, formatter
export type * from "./ast.ts";
export { blocksOf, blocksOfQueue, statementsIn } from "./blocks.ts";
export {
  type Attempt,
  agentFields,
  calendarFields,
  callbackOutcomes,
  callFields,
  callOutcomes,
  functions,
  type Outcome,
  type Outcomes,
  outcomes,
  outcomesOf,
  rejectCodes,
} from "./builtins.ts";
// the directory, and tree to checked program
export { type CheckOptions, type CheckResult, check } from "./check.ts";
export { type Diagnostic, type Edit, type Severity, severityRanks } from "./diagnostic.ts";
export { type Comparison, type Condition, hasLevel, meets, type Person } from "./directory/condition.ts";
export type * from "./directory/directory.ts";
export { type Entrance, entranceFor, entrances, isOwn } from "./entries.ts";
export { type EventName, eventNames } from "./directory/event-names.ts";
export { groupsBySkill, listed, listing } from "./directory/groups.ts";
export { noAnswerSettings, type Level, type Setting } from "./directory/settings.ts";
export { readDirectory } from "./directory/read.ts";
export { isClosed, phoneTrunks, routeOf, trunksIn } from "./directory/routes.ts";
export { choicesAfter, mayFollow } from "./directory/states.ts";
export { changedTrunkTypes } from "./directory/trunk-type.ts";
export { type Formatted, format } from "./format/format.ts";
export type { Chart, ChartEdge, ChartGroup, ChartNode } from "./graph/chart.ts";
export { graph, nameOf } from "./graph/graph.ts";
export { type QueueTimeline, timelines, type TimelineMoment, type TimelineStep } from "./graph/timeline.ts";
export { mermaid } from "./graph/mermaid.ts";
export { judge } from "./judge.ts";
export { isOurs, mailboxesAt } from "./mailboxes.ts";
export { nearest } from "./nearest.ts";
export { pageMarkdown, silencing } from "./pages/markdown.ts";
export type { Page } from "./pages/page.ts";
export { pageOf, pages } from "./pages/pages.ts";
export { type Parsed, parse } from "./parse.ts";
export { formatPhone, isAmong, longestFitting, mayBeCalled, normalise, samePhone } from "./phone.ts";
export { type Declared, type Names, pathOfUse, type ReadFile, resolveNames, usedPath } from "./names.ts";
export { type PlannedRules, plannedRules } from "./planned.ts";
export type { CheckedProgram } from "./program.ts";
export { promptFiles } from "./prompts.ts";
export { type RenderOptions, render } from "./render.ts";
export type { Silenced } from "./silence.ts";
export { lineText, makeSource, type Position, positionAt, type Range, type Source } from "./source.ts";
export { children, nodesAt, walk } from "./walk.ts";
