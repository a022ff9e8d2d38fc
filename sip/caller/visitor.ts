import type { TaskId } from "../../runtime/index.ts";
import { createBell } from "../dialog/bell.ts";

/** A caller who hears his messages: what he keys in, a PIN, is for that alone, and told to nobody else. */
export interface Visitor {
  readonly gone: boolean;
  /** Keys of his have not been heeded yet. */
  readonly pressing: boolean;
  pressed(digit: string): void;
  /** What he heard is over. */
  heard(task: TaskId): void;
  leave(): void;
  /** Until what he hears is over, he presses a key, or is gone. False: it is not over. */
  hears(task: TaskId): Promise<boolean>;
  /** His next key; undefined where none comes in time, or he is gone. */
  key(): Promise<string | undefined>;
}

/** For the first key, and between two. */
const KEY_MS = 6000;
/** That wait to be heeded: more are nobody's PIN. */
const MOST_KEYS = 100;

export function createVisitor(): Visitor {
  const keys: string[] = [];
  const bell = createBell();
  const is: { hearing?: TaskId; gone: boolean } = { gone: false };

  async function until(done: () => boolean, withinMs?: number): Promise<void> {
    const wait = { over: false };
    const end = (): void => {
      wait.over = true;
      bell.ring();
    };
    const timer = withinMs === undefined ? undefined : setTimeout(end, withinMs);
    while (!done() && !is.gone && !wait.over) await bell.rung();
    clearTimeout(timer);
  }

  return {
    get gone() {
      return is.gone;
    },
    get pressing() {
      return keys.length > 0;
    },
    pressed(digit) {
      if (keys.length < MOST_KEYS) keys.push(digit);
      bell.ring();
    },
    heard(task) {
      if (is.hearing === task) delete is.hearing;
      bell.ring();
    },
    leave() {
      is.gone = true;
      bell.ring();
    },
    async hears(task) {
      is.hearing = task;
      await until(() => is.hearing === undefined || keys.length > 0);
      return is.hearing === undefined;
    },
    async key() {
      await until(() => keys.length > 0, KEY_MS);
      return is.gone ? undefined : keys.shift();
    },
  };
}
