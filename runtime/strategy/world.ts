import type { Directory, Expr } from "../../language/index.ts";
import type { Call } from "../call.ts";
import type { Agent } from "../agent.ts";
import type { Millis } from "../events.ts";
import type { Day } from "../figures.ts";
import type { Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import type { Calendar } from "../calendar.ts";

export type Headcount = "ready" | "staffed" | "reachable" | "busy";

/** What an expression may ask of the world around its call. Pure: the same answers until the engine takes its next event. */
export interface World {
  readonly now: Millis;
  readonly directory: Directory;
  /** By IANA name; every zone of the program is there. */
  zone(name: string): Zone;
  /** undefined: no such agent. */
  agentState(agent: string): string | undefined;
  /** Of a group or agent; undefined: no such thing. */
  headcount(what: Headcount, noun: string, name: string): number | undefined;
  flag(name: string): boolean | undefined;
  counter(name: string): number | undefined;
  waiting(queue: string): number;
  longestWait(queue: string): number;
  /** From 1; undefined when the call is in no queue. */
  position(call: Call): number | undefined;
  /** undefined: nobody has been in such a queue. */
  today(queue: string): Day | undefined;
  agent(id: string): Agent | undefined;
  /** Infinity where it cannot be told. */
  expectedWait(call: Call): Millis;
  /** Of a call that came now to a queue, or for a group or agent. */
  expectedWaitOf(noun: string, name: string): Millis;
  /** Calls in the house that came by this entry, or use this trunk. */
  callsBy(entry: string): number;
  callsOn(trunk: string): number;
  /** What the site said, if it is not too old. */
  siteWait(site: string): Millis | undefined;
  /** What a test states of a figure, by how it is written: `ewt(queue Vip)`. */
  stated(figure: string): Value | undefined;
}

/** Errors of a running strategy; none of them ever drops a call. */
export interface Failure {
  error: "bad_value" | "no_such_target" | "limit" | "media_not_found";
  text: string;
}

/** What an expression is evaluated in. The first failure stays; whoever evaluates looks at it afterwards. */
export interface Scope {
  readonly call: Call;
  /** Variables of the code it belongs to. */
  locals: Value[];
  readonly world: World;
  failure: Failure | undefined;
  /** People are meant who have not been asked for by any call yet: what cannot be told of them is left out. */
  readonly open?: true;
}

export type Evaluate = (scope: Scope) => Value;

/** Whether a pattern takes a value. */
export type Takes = (value: Value, scope: Scope) => boolean;

export function constant(value: Value): Evaluate {
  return () => value;
}

/** Notes the failure and gives `missing`, so that evaluation simply goes on to its end. */
export function fail(scope: Pick<Scope, "failure">, error: Failure["error"], text: string): null {
  scope.failure ??= { error, text };
  return null;
}

/** Turns an expression of the text into a closure, with the variables of its place. */
export type Lower = (expr: Expr) => Evaluate;

/** The variables in force at a place of the text, and the calendars that it can name. */
export interface Names {
  slotOf(name: string): number | undefined;
  calendarCalled(name: string): Calendar | undefined;
}
