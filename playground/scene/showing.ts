import type { Act } from "../../runtime/index.ts";
import type { Page } from "../model.ts";
import { notify } from "../notices.tsx";
import { change } from "../store.ts";
import type { Seen } from "../workers/scene.worker.ts";
import { marksOf } from "./marks.ts";
import type { Moment, Opened } from "./model.ts";

/* What the worker has told, put on the page. */

/** `lastAct`: when something was done by hand last; a run that is opened with that is seen from there. */
export function showOpened(opened: Opened, lastAct: number): void {
  change((page) => {
    const { scene, scenario } = page;
    const isFirst = !scene.stage;
    scene.share = undefined;
    if ("error" in opened) {
      scene.trouble = opened;
      scene.isPlaying = false;
      page.marks.run = [];
      return;
    }
    const { stage, extent } = opened;
    const at = isFirst ? (stage.isPlayable && scenario.origin.from === "hand" ? lastAct : 0) : scene.at;
    Object.assign(scene, { stage, extent, trouble: undefined, view: undefined, at: Math.min(at, extent.until) });
  });
}

/** A long day is on its way; `share` is what is there of it, from 0 to 1. */
export function showProgress(share: unknown): void {
  change(({ scene }) => void (scene.share = Number(share)));
}

/** `asked`: where the cursor stood; if somebody has moved it since, it stays where it is. */
export function showSeen(seen: Seen | undefined, asked: number): void {
  if (!seen) return;
  // Nobody changes what was seen. Said here, the store need not walk through all of it to freeze it, thirty times a second.
  const view = Object.freeze(seen.view);
  change((page) => {
    const { scene } = page;
    if (scene.at === asked) scene.at = view.at;
    Object.assign(scene, { view, extent: seen.extent });
    scene.chosen ??= view.calls[0]?.id;
    const marks = marksOf(view.places, page.site);
    if (JSON.stringify(marks) !== JSON.stringify(page.marks.run)) page.marks.run = marks;
  });
}

export function showMoments(moments: Moment[]): void {
  change(({ scene }) => void (scene.moments = moments));
}

/** What had been done later is not any more; `before` has it still. */
export function showDropped(dropped: readonly Act[], before: Page["scenario"]): void {
  if (dropped.length === 0) return;
  const what = dropped.length === 1 ? "One act" : `${dropped.length} acts`;
  const are = dropped.length === 1 ? "is" : "are";
  notify(`From here with a change: ${what} that you had done later ${are} dropped.`, "plain", before);
}

export function refuseDeed(): void {
  notify("The text has errors: nothing can be done in the run before they are mended.", "bad");
}

/** It took too long, or broke: what was seen last stays. */
export function showStopped(): void {
  change(({ scene }) => {
    scene.stage = undefined;
    scene.share = undefined;
    scene.isPlaying = false;
    scene.trouble = { error: "the run took too long and was stopped" };
  });
}
