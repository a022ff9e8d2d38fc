import type { Directory, Expr } from "../../language/index.ts";
import type { Call } from "../call.ts";
import type { Millis } from "../events.ts";
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
