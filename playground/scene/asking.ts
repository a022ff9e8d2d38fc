import type { Deed } from "../../runtime/index.ts";
import type { Page, Place } from "../model.ts";
import { change, current } from "../store.ts";
import { Asked, NoAnswer } from "../workers/ask.ts";
import type { SceneApi, Told } from "../workers/scene.worker.ts";
import { refuseDeed, showDropped, showOpened, showProgress, showSeen, showStopped } from "./showing.ts";

/*
 * The run in its worker. The page says what it wants to see (text, scenario, cursor), and the worker is asked, one question at a time,
 * until that is what is shown: the latest wish wins, and nothing piles up while somebody drags the cursor.
 */

const worker = new Asked<SceneApi>(
  () => new Worker(new URL("../workers/scene.worker.ts", import.meta.url), { type: "module" }),
  { silentMs: 8000, onStop: stopped },
);

/** The scenario that the worker has; its acts are written by us as it tells them. */
let played: Page["scenario"] | undefined;
let isStale = true;
let isBusy = false;
/** Done by hand, not told yet. */
const deeds: { deed: Deed; at: number }[] = [];
let steps = 0;
/** How many shots the marks on the scrubber tell of. */
let momentsOf = -1;

export const isAsking = (): boolean => isBusy;

/** Whether the worker plays something else than this. */
export const isAnother = (scenario: Page["scenario"]): boolean => scenario !== played;

/** Asks whatever there is to ask. */
export function wake(): void {
  if (!isBusy) void work();
}

/** Runs the text as it is now. */
export function renew(): void {
  isStale = true;
  wake();
}

export function addDeed(deed: Deed, at: number): void {
  deeds.push({ deed, at });
  wake();
}

export function addSteps(by: number): void {
  steps += by;
  wake();
}

/** For pictures of the run: what came to pass, and where a call has been. */
export const told = (since: Pick<Told, "film" | "shots">): Promise<Told> => worker.ask("records", since);
export const trailOf = (call: string, at: number): Promise<Place[]> => worker.ask("trail", call, at);

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
  if (told) return trouble ? async () => refuseDeed() : () => tell(told.deed, told.at);
  if (steps !== 0) return stepOn;
  if (view?.at !== at || view.chosen !== chosen) return look;
  if (extent && momentsOf !== extent.shots && !(isPlaying && moments.length > 100)) return mark;
  return undefined;
}

async function open(): Promise<void> {
  isStale = false;
  const { site, scenario, scene } = current();
  const lastAct = scenario.acts.at(-1)?.at ?? 0;
  played = scenario;
  momentsOf = -1;
  const until = scene.stage ? Math.max(scene.extent?.until ?? 0, lastAct) : lastAct;
  showOpened(await worker.askWithNews("open", [site, scenario, until], showProgress), lastAct);
}

async function look(): Promise<void> {
  const { at, chosen } = current().scene;
  showSeen(await worker.ask("see", at, chosen), at);
}

async function stepOn(): Promise<void> {
  const { at, chosen } = current().scene;
  const by = steps;
  steps = 0;
  showSeen(await worker.ask("step", at, by, chosen), at);
}

async function tell(deed: Deed, at: number): Promise<void> {
  const before = current().scenario;
  const done = await worker.ask("act", deed, at, current().scene.chosen);
  if (!done) return;
  change((page) => {
    page.scenario.acts = [...done.acts];
    played = undefined;
  });
  played = current().scenario;
  showSeen(done, at);
  showDropped(done.dropped, before);
}

async function mark(): Promise<void> {
  momentsOf = current().scene.extent?.shots ?? 0;
  const moments = await worker.ask("moments");
  change(({ scene }) => void (scene.moments = moments));
}

/** Nothing more is asked before the text changes. */
function stopped(): void {
  deeds.length = 0;
  steps = 0;
  showStopped();
}
