import { current } from "../store.ts";
import { pause, togglePlaying } from "./clock.ts";
import { moveTo, step } from "./scene.ts";

/* The clock by keys: where they mean nothing else, and everywhere on the clock bar. */

const acts: Record<string, () => void> = {
  " ": togglePlaying,
  ArrowRight: () => stepBy(1),
  ArrowLeft: () => stepBy(-1),
  Home: () => jump(0),
  End: () => jump(current().scene.extent?.until ?? 0),
};

export function stepBy(by: number): void {
  pause();
  step(by);
}

export function jump(at: number): void {
  pause();
  moveTo(at);
}

const takesKeys =
  "input:not([type=range]), textarea, select, [contenteditable], [role=tab], dialog, summary, .monaco-editor";

/** Begins to listen. */
export function startKeys(): () => void {
  const hear = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, altKey, metaKey, shiftKey } = event;
    const does = acts[key];
    if (!does || ctrlKey || altKey || metaKey || shiftKey || !(target instanceof Element)) return;
    if (target.closest(takesKeys) || (key === " " && target.closest("button, a"))) return;
    event.preventDefault();
    does();
  };
  addEventListener("keydown", hear);
  return () => removeEventListener("keydown", hear);
}
