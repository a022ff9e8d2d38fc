import type { Deed } from "../../runtime/index.ts";
import type { Page, Place } from "../model.ts";
import { change, current } from "../store.ts";
import { Asked, NoAnswer } from "../workers/ask.ts";
import type { SceneApi, Told } from "../workers/scene.worker.ts";
import { type Conversation, nextQuestion, type Question } from "./questions.ts";
import { refuseDeed, showDropped, showMoments, showOpened, showProgress, showSeen, showStopped } from "./showing.ts";

/*
 * The run in its worker. The page says what it wants to see (text, scenario, cursor), and the worker is asked, one question at a time,
 * until that is what is shown: the latest wish wins, and nothing piles up while somebody drags the cursor. An answer about another run
 * than the page wants by now is not shown.
 */

const worker = new Asked<SceneApi>(
  () => new Worker(new URL("../workers/scene.worker.ts", import.meta.url), { type: "module" }),
  { silentMs: 8000, onStop: stopped },
);

const asked: Conversation & { isBusy: boolean } = { isBusy: false, isStale: true, deeds: [], steps: 0, marked: -1 };

export const isAsking = (): boolean => asked.isBusy;

/** Asks whatever there is to ask. */
export function wake(): void {
  if (!asked.isBusy) void converse();
}

/** Runs the text as it is now. */
export function renew(): void {
  asked.isStale = true;
  wake();
}

/** Plays the page's scenario, where that is another than the one that is played. */
export function playOther(scenario: Page["scenario"]): void {
  if (isPlayed(scenario)) return;
  Object.assign(asked, { deeds: [], steps: 0 });
  renew();
}

export function addDeed(deed: Deed, at: number): void {
  asked.deeds.push({ deed, at });
  wake();
}

export function addSteps(by: number): void {
  asked.steps += by;
  wake();
}

/** For pictures of the run: what came to pass, and where a call has been. */
export const told = (since: Pick<Told, "film" | "shots">): Promise<Told> => worker.ask("records", since);
export const trailOf = (call: string, at: number): Promise<Place[]> => worker.ask("trail", call, at);

const isPlayed = (scenario: Page["scenario"]): boolean => scenario === asked.played;

async function converse(): Promise<void> {
  asked.isBusy = true;
  try {
    for (let next = nextQuestion(current(), asked); next; next = nextQuestion(current(), asked)) await put[next]();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  } finally {
    asked.isBusy = false;
  }
}

/** How each question is put, and what becomes of its answer. */
const put: Record<Question, () => Promise<void>> = {
  async open() {
    const { site, scenario, scene } = current();
    const lastAct = scenario.acts.at(-1)?.at ?? 0;
    Object.assign(asked, { isStale: false, played: scenario, marked: -1 });
    const until = scene.stage ? Math.max(scene.extent?.until ?? 0, lastAct) : lastAct;
    const opened = await worker.askWithNews("open", [site, scenario, until], showProgress);
    if (isPlayed(current().scenario)) showOpened(opened, lastAct);
  },
  async refuse() {
    asked.deeds.shift();
    refuseDeed();
  },
  async tell() {
    const { deed, at } = asked.deeds.shift() ?? {};
    if (!deed || at === undefined) return;
    const { scenario, scene } = current();
    const done = await worker.ask("act", deed, at, scene.chosen);
    if (!done || !isPlayed(current().scenario)) return;
    asked.played = { ...scenario, acts: [...done.acts] };
    change((page) => void (page.scenario = asked.played ?? scenario));
    showSeen(done, at);
    showDropped(done.dropped, scenario);
  },
  async step() {
    const { at, chosen } = current().scene;
    const by = asked.steps;
    asked.steps = 0;
    const seen = await worker.ask("step", at, by, chosen);
    if (isPlayed(current().scenario)) showSeen(seen, at);
  },
  async look() {
    const { at, chosen } = current().scene;
    const seen = await worker.ask("see", at, chosen);
    if (isPlayed(current().scenario)) showSeen(seen, at);
  },
  async mark() {
    asked.marked = current().scene.extent?.shots ?? 0;
    const moments = await worker.ask("moments");
    if (isPlayed(current().scenario)) showMoments(moments);
  },
};

/** Nothing more is asked before the text changes. */
function stopped(): void {
  Object.assign(asked, { deeds: [], steps: 0 });
  showStopped();
}
