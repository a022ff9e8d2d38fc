import type { Deed } from "../../runtime/index.ts";
import type { Page, Scenario } from "../model.ts";

/** What the worker has, and what it was not asked yet. */
export interface Conversation {
  /** What it plays; absent before the first question. Its acts are written by us as it tells them. */
  played?: Scenario;
  /** The text is another than that. */
  isStale: boolean;
  /** Done by hand, not told yet. */
  deeds: { deed: Deed; at: number }[];
  /** So many events on or back. */
  steps: number;
  /** How many shots the marks on the scrubber tell of. */
  marked: number;
}

export type Question = "open" | "refuse" | "tell" | "step" | "look" | "mark";

/** While it plays, marks of a long run would be asked for with every event. */
const MOST_MARKS_PLAYING = 100;

/** The next one, the most urgent first; undefined once what is wanted is what is shown. */
export function nextQuestion({ scene }: Pick<Page, "scene">, asked: Conversation): Question | undefined {
  if (asked.isStale) return "open";
  const { stage, trouble, at, view, chosen, extent, moments, isPlaying } = scene;
  if (!stage) return undefined;
  if (asked.deeds.length > 0) return trouble ? "refuse" : "tell";
  if (asked.steps !== 0) return "step";
  if (view?.at !== at || view.chosen !== chosen) return "look";
  if (!extent || asked.marked === extent.shots) return undefined;
  return isPlaying && moments.length > MOST_MARKS_PLAYING ? undefined : "mark";
}
