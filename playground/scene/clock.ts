import type { Page } from "../model.ts";
import { change, current, follow } from "../store.ts";
import { isAsking, moveTo, step } from "./scene.ts";

/* The virtual clock's hands: while it runs, the cursor moves with the window's frames. */

/** As fast as it goes: so many events with each answer. */
const EVENTS_AT_ONCE = 10;
/** A window that was hidden does not leap, in milliseconds. */
const LONGEST_FRAME_MS = 250;

let last: number | undefined;

/** Begins to follow whether it runs. */
export function startClock(): void {
  follow(({ scene }) => scene.isPlaying, start);
}

export function togglePlaying(): void {
  change(({ scene, scenario }) => {
    if (!scene.stage || scene.trouble) return;
    scene.isPlaying = !scene.isPlaying;
    // What has been seen to its end is seen again.
    if (scene.isPlaying && isSeen(scene, scenario)) scene.at = 0;
  });
}

export function pause(): void {
  change(({ scene }) => void (scene.isPlaying = false));
}

/** A test or a day that was filmed to its end; by hand it goes on for ever. */
function isSeen({ at, extent }: Page["scene"], { origin }: Page["scenario"]): boolean {
  return origin.from !== "hand" && at >= (extent?.until ?? 0);
}

function start(isPlaying: boolean): void {
  last = undefined;
  if (isPlaying) requestAnimationFrame(tick);
}

function tick(now: number): void {
  const { scenario, scene } = current();
  if (!scene.isPlaying) return;
  const passed = Math.min(LONGEST_FRAME_MS, now - (last ?? now));
  last = now;
  if (isSeen(scene, scenario) || (scene.speed === "max" && isIdle(scene))) return pause();
  if (scene.speed !== "max") moveTo(goal(scene, scenario, passed * Number(scene.speed)));
  else if (!isAsking()) step(EVENTS_AT_ONCE);
  requestAnimationFrame(tick);
}

/** By itself nothing more will happen. */
const isIdle = ({ at, extent }: Page["scene"]): boolean =>
  extent !== undefined && at >= extent.until && extent.next === undefined;

function goal({ at, extent }: Page["scene"], { origin }: Page["scenario"], by: number): number {
  return origin.from === "hand" ? at + by : Math.min(extent?.until ?? 0, at + by);
}
