import { FRAME_MS } from "./sound.ts";

/**
 * One clock for all legs. The legs are spread over four phases of a frame, so that packets leave in small groups; each wake-up does
 * what is due by the monotonic clock, so late timers do not add up.
 */
export interface Pacer {
  /** Calls `tick` every 20 ms from now on; the result ends it. The timer stands still while there is nobody to tick. */
  add(tick: () => void): () => void;
}

const PHASES = 4;
const STEP_MS = FRAME_MS / PHASES;
/** After a longer standstill nothing is made up for: a burst would only flood the jitter buffers of the phones. */
const STALL_MS = 200;

export function createPacer(now: () => number = () => performance.now()): Pacer {
  const phases = Array.from({ length: PHASES }, () => new Set<() => void>());
  let phase = 0;
  let dueAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    const at = now();
    if (at - dueAt > STALL_MS) dueAt = at;
    for (; dueAt <= at; dueAt += STEP_MS) {
      for (const tick of phases[phase] ?? []) tick();
      phase = (phase + 1) % PHASES;
    }
    const idle = phases.every((ticks) => ticks.size === 0);
    timer = idle ? undefined : setTimeout(wake, Math.max(1, dueAt - now()));
  }

  return {
    add(tick) {
      const quietest = phases.reduce((least, ticks) => (ticks.size < least.size ? ticks : least));
      quietest.add(tick);
      if (!timer) {
        dueAt = now();
        timer = setTimeout(wake, 1);
      }
      return () => void quietest.delete(tick);
    },
  };
}
