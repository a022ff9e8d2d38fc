import { useEffect, useState } from "preact/hooks";

/*
 * The time of the server, whatever the clock of this machine says: what it was when the server told it, and what has passed since by a
 * clock that nobody sets.
 */

let told = { server: 0, here: 0 };

/** `asked`: when the question went out; the answer is about half of the way old. */
export function setClock(server: number, asked: number): void {
  const here = performance.now();
  told = { server: server + (here - asked) / 2, here };
}

export const serverNow = (): number => told.server + performance.now() - told.here;

/** Drawn anew so often. */
const TICK_MS = 250;

/** All rows tick together, by one timer that runs while any is shown. */
const shown = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tickAll(): void {
  const now = serverNow();
  for (const tick of shown) tick(now);
}

export function useServerNow(): number {
  const [now, tick] = useState(serverNow);
  useEffect(() => {
    shown.add(tick);
    timer ??= setInterval(tickAll, TICK_MS);
    return () => {
      shown.delete(tick);
      if (shown.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now;
}

/** Whole seconds to go; none once it is over. */
export const secondsUntil = (until: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));

/** `4:05`, `1:02:03` */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number): string => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `30 nov 2026, 10:05` */
export const whenIn = (language: string, at: string | number): string =>
  new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

export const since = (at: string, now: number): string => lasting(now - Date.parse(at));
