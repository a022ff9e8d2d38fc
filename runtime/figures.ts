import type { Millis } from "./events.ts";

/** What a queue remembers that nothing else knows. */
export interface Queue {
  name: string;
  today: Day;
  /** When the last services of it began. */
  starts: Millis[];
  /** Waits that were foreseen and have come to an end, and by how much they were wrong in all. */
  foresight: { calls: number; missedByMs: Millis };
}

/** What a queue has counted today. */
export interface Day {
  entered: number;
  answered: number;
  abandoned: number;
  /** Of those answered, from their place in the queue until the two were joined. */
  answeredWaitMs: Millis;
  /** How many of those waited so many seconds, rounded up. */
  waits: Record<number, number>;
  /** Conversations with its callers that have come to an end, and their time with the work after them. */
  handled: number;
  handledMs: Millis;
}

export function newQueue(name: string): Queue {
  return { name, today: newDay(), starts: [], foresight: { calls: 0, missedByMs: 0 } };
}

export function newDay(): Day {
  return { entered: 0, answered: 0, abandoned: 0, answeredWaitMs: 0, waits: {}, handled: 0, handledMs: 0 };
}

/** Average speed of answer; undefined before the first. */
export function asaOf({ answered, answeredWaitMs }: Day): Millis | undefined {
  return answered === 0 ? undefined : answeredWaitMs / answered;
}

/** Percent of those who came and have left by hanging up or by an answer. */
export function abandonRateOf({ answered, abandoned }: Day): number {
  return answered + abandoned === 0 ? 0 : (100 * abandoned) / (answered + abandoned);
}

/** Percent of the answered calls that waited no longer. Exact for whole seconds. */
export function serviceLevelOf({ answered, waits }: Day, within: Millis): number {
  if (answered === 0) return 100;
  let soon = 0;
  for (const [seconds, count] of Object.entries(waits)) if (Number(seconds) * 1000 <= within) soon += count;
  return (100 * soon) / answered;
}
