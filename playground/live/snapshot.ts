import type { Range } from "../../language/index.ts";
import type { QueueView, Why } from "../../runtime/index.ts";
import { marksOf, placesOf } from "../scene/marks.ts";
import { change } from "../store.ts";
import { ask, type Door } from "./ask.ts";
import type { LiveAgent, LiveCall } from "./model.ts";
import { commonFiles } from "./site.ts";

/** A run at one moment. */
export interface Snapshot {
  calls: LiveCall[];
  agents: LiveAgent[];
  queues: QueueView[];
  /** The call that is looked at closely, and why it waits, if it does. */
  chosen?: string;
  why?: Why;
}

/** `chosen`: else the first call. */
export async function readSnapshot(door: Door, chosen: string | undefined): Promise<Snapshot> {
  const [calls, agents, queues] = await Promise.all([
    ask<LiveCall[]>(door, "/api/calls"),
    ask<LiveAgent[]>(door, "/api/agents"),
    ask<QueueView[]>(door, "/api/queues"),
  ]);
  const wanted = chosen ?? calls[0]?.id;
  const call = calls.find(({ id }) => id === wanted);
  return { calls, agents, queues, chosen: wanted, why: call && (await readWhy(door, call)) };
}

async function readWhy(door: Door, { id, queue }: LiveCall): Promise<Why | undefined> {
  if (queue?.position === undefined) return undefined;
  // It may have been answered meanwhile.
  return ask<Why>(door, `/api/calls/${encodeURIComponent(id)}/why`).then(withNever, () => undefined);
}

/** JSON has no Infinity: a phone that rings for ever comes as nothing. */
function withNever(why: Why): Why {
  for (const { unanswered } of why.agents) unanswered.ring.value ??= Infinity;
  return why;
}

/** Puts it on the page, with the places of calls in those texts that are the same here and there. */
export function showSnapshot({ chosen, why, ...shown }: Snapshot): void {
  change((page) => {
    const { live } = page;
    Object.assign(live, shown, { at: Date.now() });
    live.chosen ??= chosen;
    // Another was chosen meanwhile: what is told of him comes with the next look.
    if (live.chosen === chosen) live.why = why;
    const placed = shown.calls.filter(({ program }) => program === live.site?.program).map(placeOf);
    page.marks.live = marksOf(placesOf(placed), { files: commonFiles(page.site.files, live.site) });
  });
}

/** By who calls, as the margin's hover names it. */
function placeOf({ from, stack }: LiveCall): { id: string; path?: string; range?: Range } {
  const { path, at } = stack.at(-1) ?? {};
  return { id: from, path, range: at };
}
