import type { Range } from "../../language/index.ts";
import type { QueueView, Why } from "../../runtime/index.ts";
import { marksOf, placesOf } from "../scene/marks.ts";
import type { TextFile } from "../model.ts";
import { change, current } from "../store.ts";
import { ask, baseOf, type Door, Refused } from "./ask.ts";
import { blankLive, type LiveAgent, type LiveCall, type LiveEvent, type LiveLoading, type LiveSite } from "./model.ts";
import { follow, type Followed, type Known } from "./stream.ts";

/*
 * The link to a run. Its events say that something has happened, its snapshots what there is now: they are asked for after events, and
 * now and then for what changes without one. A link that breaks is made again and catches up.
 */

const MOST_EVENTS = 300;
/** Between two looks: at least, and at most. */
const REST_MS = 300;
const QUIET_MS = 2000;
const LONGEST_PAUSE_MS = 10_000;

/** Only here, and only in memory. */
let door: Door | undefined;
let stream: Followed | undefined;
let known: Known | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let pauseMs = 500;

export async function connect(address: string, token: string): Promise<void> {
  disconnect();
  change((page) => void (page.live = { ...blankLive, state: "coming", address }));
  try {
    if (!/^[A-Za-z0-9._~-]*$/.test(token)) throw new Refused("A token has letters, digits and -._~ only.");
    door = { base: baseOf(address), token };
    await open(door);
  } catch (error) {
    disconnect();
    change(({ live }) => void (live.trouble = textOf(error)));
  }
}

export function disconnect(): void {
  door = undefined;
  known = undefined;
  stopTimer();
  stream?.end();
  change((page) => {
    page.live = { ...blankLive, address: page.live.address };
    page.marks.live = [];
  });
}

export function choose(call: string): void {
  change(({ live }) => {
    live.chosen = call;
    live.why = undefined;
  });
  lookSoon(0);
}

/** Has the page's strategies run there, in the place of those that do. */
export async function load(): Promise<void> {
  const { site, live } = current();
  if (!door || !live.site) return;
  change(({ live }) => void (live.loading = "asking"));
  const files = site.files.filter(({ path }) => path.endsWith(".strategy"));
  try {
    const { findings } = await ask<Pick<LiveLoading, "findings">>(door, "/api/site", {
      program: live.site.program,
      files,
    });
    told({ text: "Loaded: new calls use it, calls under way keep what they came with.", isBad: false, findings });
  } catch (error) {
    const findings = (error instanceof Refused && error.answer?.findings) || [];
    told({ text: textOf(error), isBad: true, findings });
  }
  await readSite().catch(() => undefined);
}

const told = (loading: LiveLoading): void => change(({ live }) => void (live.loading = loading));

async function open(at: Door): Promise<void> {
  await readSite();
  if (door !== at) return;
  await look();
  if (door !== at) return;
  change(({ live }) => void Object.assign(live, { state: "here", trouble: undefined }));
  pauseMs = 500;
  stream = follow(at, known, { reached: (now) => void (known = now), event, gap, ended });
  lookSoon(QUIET_MS);
}

async function readSite(): Promise<void> {
  if (!door) return;
  const site = await ask<LiveSite>(door, "/api/site");
  change(({ live }) => void (live.site = site));
}

function event(record: LiveEvent): void {
  change(({ live }) => void (live.events = [record, ...live.events].slice(0, MOST_EVENTS)));
  if (record.type === "strategy.loaded") void readSite().catch(() => undefined);
  lookSoon(REST_MS);
}

function gap(reason: string): void {
  change(({ live }) => {
    if (reason === "another run") live.events = [];
    live.gap =
      reason === "another run"
        ? "The run was started anew: what is shown begins with it."
        : "Some events are missing: the break was too long.";
  });
}

/** The run is gone, or the way to it: tried again with longer and longer pauses until somebody disconnects. */
function ended(why: string): void {
  const at = door;
  if (!at) return;
  stopTimer();
  change(({ live }) => void Object.assign(live, { state: "lost", trouble: `${why} Trying again…` }));
  timer = setTimeout(() => {
    open(at).catch((error: unknown) => door === at && ended(textOf(error)));
  }, pauseMs);
  pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
}

/** When the next look is; 0 where none is to come. */
let due = 0;

function stopTimer(): void {
  clearTimeout(timer);
  due = 0;
}

/** Looks then, or earlier where that was asked for before. */
function lookSoon(inMs: number): void {
  if (!door || current().live.state !== "here") return;
  const then = Date.now() + inMs;
  if (due > Date.now() && due <= then) return;
  due = then;
  clearTimeout(timer);
  timer = setTimeout(() => {
    // Whoever cannot be asked has ended the stream too.
    void look()
      .catch(() => undefined)
      .finally(() => lookSoon(QUIET_MS));
  }, inMs);
}

async function look(): Promise<void> {
  const at = door;
  if (!at) return;
  const [calls, agents, queues] = await Promise.all([
    ask<LiveCall[]>(at, "/api/calls"),
    ask<LiveAgent[]>(at, "/api/agents"),
    ask<QueueView[]>(at, "/api/queues"),
  ]);
  const wanted = current().live.chosen ?? calls[0]?.id;
  const chosen = calls.find(({ id }) => id === wanted);
  const asked = chosen?.queue?.position === undefined ? undefined : `/api/calls/${encodeURIComponent(chosen.id)}/why`;
  // It may have been answered meanwhile.
  const why = asked === undefined ? undefined : await ask<Why>(at, asked).then(withNever, () => undefined);
  if (door !== at) return;
  change((page) => {
    const { live } = page;
    Object.assign(live, { calls, agents, queues, at: Date.now(), why });
    live.chosen ??= wanted;
    const placed = calls.filter(({ program }) => program === live.site?.program).map(placeOf);
    page.marks.live = marksOf(placesOf(placed), { files: commonFiles(page.site.files, live.site) });
  });
}

/** Files of the page that are as they run. */
export function commonFiles(files: readonly TextFile[], site: LiveSite | undefined): TextFile[] {
  const running = new Map(site?.files.map(({ path, text }) => [path, text]));
  return files.filter(({ path, text }) => running.get(path) === text);
}

function placeOf({ id, stack }: LiveCall): { id: string; path?: string; range?: Range } {
  const { path, at } = stack.at(-1) ?? {};
  return { id, path, range: at };
}

/** JSON has no Infinity: a phone that rings for ever comes as nothing. */
function withNever(why: Why): Why {
  for (const { unanswered } of why.agents) unanswered.ring.value ??= Infinity;
  return why;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
