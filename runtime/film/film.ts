import type { Drive } from "../core.ts";
import { type Engine, type Outcome, restoreEngine, type RestoreOptions } from "../engine.ts";
import type { Event, Millis } from "../events.ts";
import { type Change, patching } from "../patches.ts";
import type { EventRecord } from "../records.ts";
import type { Snapshot } from "../snapshot.ts";

/*
 * Everything that happened to an engine, so that it can be looked at as it stood at any instant. The engine is deterministic: a
 * snapshot now and then and the events in between are the whole truth, and going back costs no more than going on.
 */

/** One event, and what it brought about. */
export interface Shot {
  at: Millis;
  event: Event;
  records: readonly EventRecord[];
  /** What it changed of calls, agents and queues, forward and back. */
  changes: readonly Change[];
}

export interface Film {
  readonly shots: readonly Shot[];
  /** How many shots were taken by `at`, those of that very instant included. */
  countAt(at: Millis): number;
  /** The engine as it stood after the first `count` shots, to be asked and not to be told. One engine moves: ask it before the next call. */
  after(count: number): Engine;
  /** The same at an instant between two shots: what waits has waited until then. */
  at(at: Millis): Engine;
}

export interface Camera {
  film: Film;
  /** For `createEngine`: tells what recipes change. */
  drive: Drive;
  /** Stands before the engine that is filmed. */
  onto(engine: Engine, making: RestoreOptions): Engine;
}

/** Events between two snapshots: a jump back tells at most so many again, some 20 µs each. */
const SNAPSHOT_EVERY = 100;

export function createCamera(): Camera {
  const shots: Shot[] = [];
  const snapshots: Snapshot[] = [];
  let changes: Change[] = [];
  let again = (_snapshot: Snapshot): Engine => {
    throw new Error("nothing is filmed yet");
  };
  let shown: { engine: Engine; count: number; at: Millis } | undefined;

  function keep(engine: Engine, event: Event, at: Millis, { records }: Pick<Outcome, "records">): void {
    shots.push({ at, event, records, changes });
    changes = [];
    if (shots.length % SNAPSHOT_EVERY === 0) snapshots.push(engine.snapshot());
  }

  /** With those shots told to it, and no time later than `at`. */
  function engineAfter(count: number, at: Millis): Engine {
    const near = Math.min(Math.floor(count / SNAPSHOT_EVERY), snapshots.length - 1);
    const nearest = near * SNAPSHOT_EVERY;
    if (!shown || shown.count > count || shown.count < nearest || shown.at > at) {
      const snapshot = snapshots[near];
      if (!snapshot) throw new Error("nothing is filmed yet");
      shown = { engine: again(snapshot), count: nearest, at: snapshot.now };
    }
    while (shown.count < Math.min(count, shots.length)) {
      const shot = shots[shown.count++];
      if (!shot) break;
      tellAgain(shown.engine, shot);
      shown.at = shot.at;
    }
    return shown.engine;
  }

  return {
    drive: patching((change) => changes.push(change)),
    onto(engine, making) {
      again = (snapshot) => restoreEngine(snapshot, making);
      snapshots.push(engine.snapshot());
      changes = [];
      let inHand: Event = { type: "time.passed" };
      return {
        ...engine,
        accept(event, now) {
          inHand = event;
          const outcome = engine.accept(event, now);
          keep(engine, event, now, outcome);
          return outcome;
        },
        abandon(now) {
          const outcome = engine.abandon(now);
          keep(engine, inHand, now, outcome);
          return outcome;
        },
      };
    },
    film: {
      shots,
      countAt: (at) => firstAfter(shots, at),
      after: (count) => engineAfter(count, shots[Math.min(count, shots.length) - 1]?.at ?? Infinity),
      at(at) {
        const engine = engineAfter(firstAfter(shots, at), at);
        // Nothing is due: all that was is a shot.
        if (shown && shown.at < at) {
          engine.accept({ type: "time.passed" }, at);
          shown.at = at;
        }
        return engine;
      },
    },
  };
}

/** A mistake of ours shows again, and is answered again. */
function tellAgain(engine: Engine, { event, at }: Shot): void {
  try {
    engine.accept(event, at);
  } catch {
    engine.abandon(at);
  }
}

/** Shots stand in the order of their time. */
function firstAfter(shots: readonly Shot[], at: Millis): number {
  let low = 0;
  let high = shots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shots[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
