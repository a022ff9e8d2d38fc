import type { Range } from "../../language/index.ts";
import type { AgentView, CallView, Change, EventRecord, QueueView, Shot, Why } from "../../runtime/index.ts";

/*
 * The run as the page holds it, and as the worker tells it. Times are milliseconds since the run began, as in acts; what comes out of
 * the engine as it is (views, records) has milliseconds since 1970.
 */

/** What there is to act on, before anything happens. */
export interface Stage {
  /** Milliseconds since 1970, and the IANA name of the zone whose clocks people read. */
  startedAt: number;
  zone: string;
  agents: { id: string; name: string }[];
  /** Numbers that strategies take calls at. */
  entries: { number: string; strategy: string }[];
  flags: { name: string; default: boolean }[];
  hosts: string[];
  /** What a run can come from, beside a hand. */
  tests: Block[];
  traffic: Block[];
  /** A day of traffic is looked at, not played. */
  isPlayable: boolean;
}

export interface Block {
  path: string;
  name: string;
}

/** How far the run goes by now. */
export interface Extent {
  shots: number;
  until: number;
  /** When something happens next by itself. */
  next?: number;
  /** There was more than can be kept; the rest is not here. */
  isCut: boolean;
  /** Our own mistakes; they belong in a report. */
  defects: readonly string[];
}

/** What can be seen of an instant. */
export interface View {
  at: number;
  /** How many shots had been taken. */
  count: number;
  calls: CallRow[];
  places: PlaceOfCalls[];
  agents: AgentView[];
  queues: QueueView[];
  /** The calls that were over, the last of all first; not all of them. */
  ended: Ended[];
  /** What came to pass last, until this instant. */
  last: Happened[];
  /** The call that was asked about: all of it, and why it waits, if it does. */
  chosen?: string;
  call?: CallView;
  why?: Why;
}

/** What a list tells of a call: there may be hundreds, thirty times a second. */
export interface CallRow {
  id: string;
  from: string;
  to: string;
  /** Milliseconds since 1970. */
  arrivedAt: number;
  /** In few words. */
  does: string;
  hears: string;
  /** While it waits in one. */
  queue?: string;
  position?: number;
  score?: number;
  /** To whom it is shown. */
  shown?: readonly { agent: string; preview: string }[];
}

/** A place of the texts at which calls are; the first of them by name. */
export interface PlaceOfCalls {
  path: string;
  range: Range;
  calls: string[];
  count: number;
}

export type Ended = Extract<EventRecord, { type: "call.ended" }>;

/** One event: its type, what it brought about and what it changed. */
export interface Happened {
  at: number;
  event: Shot["event"]["type"];
  records: readonly EventRecord[];
  changes: readonly Change[];
}

/** Where something happened, for the scrubber. */
export interface Moment {
  at: number;
  /** The most telling thing: of several, the first in this order. */
  what: "failed" | "ended" | "connected" | "arrived" | "other";
}

/** Why nothing can be played now. */
export interface Trouble {
  error: string;
  /** What to do. */
  hint?: string;
  path?: string;
  range?: Range;
}

export type Opened = { stage: Stage; extent: Extent } | Trouble;

export const speeds = ["1", "10", "60", "max"] as const;
export type Speed = (typeof speeds)[number];

/** The run's part of the page. */
export interface Scene {
  /** Absent before the first one could be opened. */
  stage?: Stage;
  extent?: Extent;
  /** Where the cursor stands; the view follows as fast as it can. */
  at: number;
  view?: View;
  moments: readonly Moment[];
  isPlaying: boolean;
  speed: Speed;
  /** With a stage: what is seen is of the text before. */
  trouble?: Trouble;
  /** How much there is of a day that is on its way, from 0 to 1. */
  share?: number;
  /** The call that is looked at closely. */
  chosen?: string;
}

export const blankScene: Scene = { at: 0, moments: [], isPlaying: false, speed: "1" };
