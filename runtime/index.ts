/** Everything that other rooms may know of the engine. */

export { type AgentState, isOnPrivateCall, redirectOf } from "./agent.ts";
export {
  type AgentFact,
  type AgentFigures,
  agentFigures,
  figureRows,
  isAgentFact,
  type NamedFigures,
  standingOf,
} from "./agent-figures.ts";
export type { SentAlong } from "./along.ts";
export type { Cause } from "./causes.ts";
export { chosenOf } from "./choosing.ts";
export type { CallCommand, Command, HttpCommand, Keys, Party } from "./commands.ts";
export { csvText } from "./csv.ts";
export type { Drive, Library } from "./core.ts";
export { Defect } from "./defect.ts";
export { createEngine, type Engine, type EngineOptions, type Outcome, restoreEngine } from "./engine.ts";
export type * from "./events.ts";
export { formatDuration, isoTime } from "./strategy/format.ts";
export { type Json, readJson } from "./json.ts";
export { type Host, type HostOptions, startHost } from "./host.ts";
export {
  type JournalEntry,
  journalHeader,
  journalLine,
  type JournalMark,
  journalMark,
  type JournalStart,
  type ReadJournal,
  readJournal,
  type Seal,
  type Replayed,
  replay,
} from "./journal.ts";
export { mayTurn } from "./house.ts";
export type { MailboxView } from "./mailboxes.ts";
export { loadProgram } from "./strategy/load.ts";
export { type Change, patching } from "./patches.ts";
export type { CallPort, Clock, HttpPort, Journal, Watcher } from "./ports.ts";
export type { Program } from "./strategy/program.ts";
export type * from "./records.ts";
export type { Snapshot } from "./snapshot.ts";
export type { Act, Deed } from "./film/deeds.ts";
export { createCamera, type Camera, type Film, type Shot } from "./film/film.ts";
export { openSession, type Session, type SessionOptions } from "./film/session.ts";
export { type Covered, coverageOf, Ways } from "./simulation/coverage.ts";
export { runTest, runTests, type TestFailure, type TestOptions, type TestResult } from "./simulation/test.ts";
export { type SaidSpan, type Span, spanIn } from "./span.ts";
export { createTrace, type Trace } from "./trace.ts";
export type { RecordedCall } from "./traffic/arrivals.ts";
export { type DayOptions, playDay } from "./traffic/day.ts";
export { type DayFigures, figureNames, type QueueFigure } from "./traffic/figures.ts";
export type { Estimate } from "./traffic/interval.ts";
export { type ReadCalls, readCalls, readLengths } from "./traffic/recorded.ts";
export { filesOf, planOf, type TrafficPlan } from "./traffic/plan.ts";
export {
  callsADay,
  type Curves,
  goalText,
  overallRows,
  type QueueTable,
  queueTables,
  type Report,
  type Row,
} from "./traffic/telling.ts";
export { type Comparison, compare, playDays, type QueueStudy, type Study, studyOf } from "./traffic/study.ts";
export { uuiHeader } from "./strategy/uui.ts";
export type { Value } from "./values.ts";
export type { AwayCall } from "./restarting.ts";
export type { AgentView, CallGlance, CallView, QueueView, Standing } from "./views.ts";
export { type Why, type WhyNot, whyText } from "./why.ts";
export type { WallTime, Zone, Zones } from "./zone.ts";
export { zonesFor } from "./zone-data.ts";
