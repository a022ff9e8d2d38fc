import type { Act, Deed } from "../../runtime/index.ts";
import type { Origin, Page, Place } from "../model.ts";
import { notify } from "../notices.tsx";
import { change, current, follow } from "../store.ts";
import { Asked, NoAnswer } from "../workers/ask.ts";
import type { SceneApi, Seen, Told } from "../workers/scene.worker.ts";
import { marksOf } from "./marks.ts";
import { blankScene } from "./model.ts";

/*
 * The run in its worker. The page says what it wants to see (text, scenario, cursor), and the worker is asked, one question at a time,
 * until that is what is shown: the latest wish wins, and nothing piles up while somebody drags the cursor.
 */

const worker = new Asked<SceneApi>(
  () => new Worker(new URL("../workers/scene.worker.ts", import.meta.url), { type: "module" }),
  { silentMs: 8000, onStop: stopped },
);

/** A text at rest for so long is run anew, in milliseconds. */
const REST_MS = 350;

/** The scenario that the worker has; its acts are written by us as it tells them. */
let played: Page["scenario"] | undefined;
let isStale = true;
let isBusy = false;
/** Done by hand, not told yet. */
const deeds: { deed: Deed; at: number }[] = [];
let steps = 0;

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
  follow(
    ({ scenario }) => scenario,
    (now) => now !== played && renew(),
  );
  follow(({ scene }) => scene.at, wake);
  follow(({ scene }) => scene.chosen, wake);
  wake();
}

/** Runs the text as it is now. */
export function renew(): void {
  isStale = true;
  wake();
}

/** Somebody does something, at the time of the cursor. */
export function act(deed: Deed): void {
  deeds.push({ deed, at: current().scene.at });
  wake();
}

/** Goes so many events on or back. */
export function step(by: number): void {
  steps += by;
  wake();
}

/** For pictures of the run: what came to pass, and where a call has been. */
export const told = (since: Pick<Told, "film" | "shots">): Promise<Told> => worker.ask("records", since);
export const trailOf = (call: string, at: number): Promise<Place[]> => worker.ask("trail", call, at);

export const isAsking = (): boolean => isBusy;

export function moveTo(at: number): void {
  change(({ scene }) => void (scene.at = Math.max(0, Math.round(at))));
}

/** Plays something else; what was done by hand can be had back. */
export function choose(origin: Origin): void {
  const before = current().scenario;
  change((page) => {
    Object.assign(page, { scenario: { origin, acts: [] }, scene: { ...blankScene, speed: page.scene.speed } });
  });
  if (before.acts.length > 0) notify("What you did by hand was put aside.", "plain", before);
}

function wake(): void {
  if (!isBusy) void work();
}

async function work(): Promise<void> {
  isBusy = true;
  try {
    for (let next = due(); next; next = due()) await next();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  } finally {
    isBusy = false;
  }
}

/** The next question, the most urgent first. */
function due(): (() => Promise<void>) | undefined {
  if (isStale) return open;
  const { stage, trouble, at, view, chosen, extent, moments, isPlaying } = current().scene;
  if (!stage) return undefined;
  const told = deeds.shift();
  if (told) return trouble ? async () => refuse() : () => tell(told.deed, told.at);
  if (steps !== 0) return stepOn;
  if (view?.at !== at || view.chosen !== chosen) return look;
  if (extent && momentsOf !== extent.shots && !(isPlaying && moments.length > 100)) return mark;
  return undefined;
}

async function open(): Promise<void> {
  isStale = false;
  const { site, scenario, scene } = current();
  const isFirst = !scene.stage;
  const lastAct = scenario.acts.at(-1)?.at ?? 0;
  played = scenario;
  momentsOf = -1;
  const until = isFirst ? lastAct : Math.max(scene.extent?.until ?? 0, lastAct);
  const opened = await worker.askWithNews("open", [site, scenario, until], progress);
  change((page) => {
    page.scene.share = undefined;
    if ("error" in opened) {
      page.scene.trouble = opened;
      page.scene.isPlaying = false;
      page.marks.run = [];
      return;
    }
    const { scene } = page;
    const { stage, extent } = opened;
    const at = isFirst ? (stage.isPlayable && scenario.origin.from === "hand" ? lastAct : 0) : scene.at;
    Object.assign(scene, { stage, extent, trouble: undefined, view: undefined, at: Math.min(at, extent.until) });
  });
}

/** A long day is on its way; `share` is what is there of it, from 0 to 1. */
function progress(share: unknown): void {
  change(({ scene }) => void (scene.share = Number(share)));
}

async function look(): Promise<void> {
  const { at, chosen } = current().scene;
  show(await worker.ask("see", at, chosen), at);
}

async function stepOn(): Promise<void> {
  const { at, chosen } = current().scene;
  const by = steps;
  steps = 0;
  show(await worker.ask("step", at, by, chosen), at);
}

async function tell(deed: Deed, at: number): Promise<void> {
  const before = current().scenario;
  const done = await worker.ask("act", deed, at, current().scene.chosen);
  if (!done) return;
  const { acts, dropped } = done;
  change((page) => {
    page.scenario.acts = [...acts];
    played = undefined;
  });
  played = current().scenario;
  show(done, at);
  if (dropped.length > 0) notify(droppedText(dropped), "plain", before);
}

function droppedText(dropped: readonly Act[]): string {
  const what = dropped.length === 1 ? "One act" : `${dropped.length} acts`;
  return `From here with a change: ${what} that you had done later ${dropped.length === 1 ? "is" : "are"} dropped.`;
}

function refuse(): void {
  notify("The text has errors: nothing can be done in the run before they are mended.", "bad");
}

/** `asked`: where the cursor stood; if somebody has moved it since, it stays where it is. */
function show(seen: Seen | undefined, asked: number): void {
  if (!seen) return;
  change((page) => {
    const { scene } = page;
    if (scene.at === asked) scene.at = seen.view.at;
    Object.assign(scene, seen);
    scene.chosen ??= seen.view.calls[0]?.id;
    const marks = marksOf(seen.view.calls, page.site);
    if (JSON.stringify(marks) !== JSON.stringify(page.marks.run)) page.marks.run = marks;
  });
}

/** How many shots the marks on the scrubber tell of. */
let momentsOf = -1;

async function mark(): Promise<void> {
  momentsOf = current().scene.extent?.shots ?? 0;
  const moments = await worker.ask("moments");
  change(({ scene }) => void (scene.moments = moments));
}

/** It took too long, or broke: what was seen last stays, and nothing more is asked before the text changes. */
function stopped(): void {
  deeds.length = 0;
  steps = 0;
  change(({ scene }) => {
    scene.stage = undefined;
    scene.share = undefined;
    scene.isPlaying = false;
    scene.trouble = { error: "the run took too long and was stopped" };
  });
}
