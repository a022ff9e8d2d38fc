import type { Deed } from "../../runtime/index.ts";
import type { Origin } from "../model.ts";
import { notify } from "../notices.tsx";
import { change, current, follow } from "../store.ts";
import { addDeed, addSteps, playOther, renew, wake } from "./asking.ts";
import { wallOf } from "./begin.ts";
import { blankScene } from "./model.ts";

/* What the rest of the page can do with the run. */

export { isAsking, renew, told, trailOf } from "./asking.ts";

/** A text at rest for so long is run anew, in milliseconds. */
const REST_MS = 350;

/** Begins to follow the texts, the scenario and the cursor of the page. */
export function startScene(): void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  follow(
    ({ site }) => site,
    () => {
      clearTimeout(resting);
      resting = setTimeout(renew, current().scene.stage ? REST_MS : 0);
    },
  );
  follow(({ scenario }) => scenario, playOther);
  follow(({ scene }) => scene.at, wake);
  follow(({ scene }) => scene.chosen, wake);
  wake();
}

/** Somebody does something, at the time of the cursor. */
export function act(deed: Deed): void {
  addDeed(deed, current().scene.at);
}

/** Goes so many events on or back. */
export function step(by: number): void {
  addSteps(by);
}

export function moveTo(at: number): void {
  change(({ scene }) => void (scene.at = Math.max(0, Math.round(at))));
}

/** The same by hand, begun at another time; empty: at the usual one. What was done is done again, as long after the beginning. */
export function begin(text: string): void {
  if (text !== "" && !wallOf(text)) return;
  change(({ scenario }) => void (scenario.origin = text === "" ? { from: "hand" } : { from: "hand", begins: text }));
}

/** Plays something else; what was done by hand can be had back. */
export function choose(origin: Origin): void {
  const before = current().scenario;
  change((page) => {
    Object.assign(page, { scenario: { origin, acts: [] }, scene: { ...blankScene, speed: page.scene.speed } });
  });
  if (before.acts.length > 0) notify("What you did by hand was put aside.", "plain", before);
}
