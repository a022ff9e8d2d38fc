import { change, current } from "../store.ts";
import { baseOf, type Door, Refused, textOf, Unreached } from "./ask.ts";
import { blankLive, type LiveEvent } from "./model.ts";
import { loadSite, readSite, showLoaded, showSite, strategiesOf } from "./site.ts";
import { readSnapshot, showSnapshot } from "./snapshot.ts";
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

/** Has the page's strategies run there, in the place of `program`; where others run by now, the run refuses. */
export async function load(program: string | undefined): Promise<void> {
  const at = door;
  if (!at || program === undefined) return;
  change(({ live }) => void (live.loading = "asking"));
  const loaded = await loadSite(at, program, strategiesOf(current().site.files));
  if (door !== at) return;
  showLoaded(loaded);
  await renew(at).catch(() => undefined);
}

/** What another run than that of now answers is not shown. */
async function renew(at: Door): Promise<void> {
  const site = await readSite(at);
  if (door === at) showSite(site);
}

async function open(at: Door): Promise<void> {
  await renew(at);
  if (door !== at) return;
  await look();
  if (door !== at) return;
  change(({ live }) => void Object.assign(live, { state: "here", trouble: undefined }));
  pauseMs = 500;
  stream = follow(at, known, { reached: (now) => void (known = now), event, gap, ended });
  lookSoon(QUIET_MS);
}

function event(record: LiveEvent): void {
  change(({ live }) => void (live.events = [record, ...live.events].slice(0, MOST_EVENTS)));
  if (record.type === "strategy.loaded" && door) void renew(door).catch(() => undefined);
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

/** The run is gone, or the way to it: tried again with longer and longer pauses until somebody disconnects. That it has ended explains why nobody answers. */
function ended(why: string, hasRunEnded = false): void {
  const at = door;
  if (!at) return;
  stopTimer();
  change(({ live }) => void Object.assign(live, { state: "lost", trouble: `${why} Trying again…` }));
  timer = setTimeout(() => {
    open(at).catch((error: unknown) => {
      if (door !== at) return;
      if (hasRunEnded && error instanceof Unreached) ended(why, true);
      else ended(textOf(error));
    });
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
  const seen = await readSnapshot(at, current().live.chosen);
  if (door === at) showSnapshot(seen);
}
