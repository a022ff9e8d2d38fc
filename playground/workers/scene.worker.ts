import type { Act, CallView, Deed, EventRecord, Shot } from "../../runtime/index.ts";
import type { Place, Scenario, Site } from "../model.ts";
import type { CallRow, Extent, Happened, Moment, Opened, View } from "../scene/model.ts";
import { doing, hearing } from "../scene/words.ts";
import { Digest } from "./digest.ts";
import { type Playing, playingOf, settle, stageOf } from "./playing.ts";
import { serve } from "./serve.ts";
import { programOf } from "./site.ts";

/* The engine on a virtual clock, filmed. Times are milliseconds since the run began. */

export interface Seen {
  extent: Extent;
  view: View;
}

export interface Played extends Seen {
  /** What was done by hand, with this; and what had been done later and is not any more. */
  acts: readonly Act[];
  dropped: readonly Act[];
}

/** What came to pass, for the pictures. */
export interface Told {
  film: number;
  from: number;
  shots: number;
  isWhole: boolean;
  records: readonly EventRecord[];
}

const MOST_SHOTS_TOLD = 20_000;
/** So many events at one stretch, then the page gets a word in. */
const STRETCH = 5000;
const MOST_ENDED = 30;
/** Of one instant; more nobody reads. */
const MOST_HAPPENED = 30;

let shown: { playing: Playing; digest: Digest; isTest: boolean } | undefined;
/** Counts the films: a fork is another one. */
let films = 0;

function play(playing: Playing, isTest: boolean): void {
  if (isTest) settle(playing);
  shown = { playing, digest: new Digest(playing), isTest };
  films++;
}

function open(site: Site, { origin, acts }: Scenario, until: number, tell: (news: unknown) => void): Opened {
  const read = programOf(site);
  if (!("program" in read)) {
    const { message = "there is no strategy", path, range } = read.error ?? {};
    return { error: message, path, range };
  }
  const make = playingOf(read.program, site, origin, tell);
  if (!make) return { error: `there is no ${origin.from} “${"name" in origin ? origin.name : ""}” any more` };
  const playing = make(acts, until);
  play(playing, origin.from === "test");
  return { stage: stageOf(playing), extent: extentOf(playing) };
}

function extentOf({ film, session, startedAt, until, isCut, defects }: Playing): Extent {
  const next = session?.next();
  return {
    shots: film.shots.length,
    until: until(),
    next: next === undefined ? undefined : next - startedAt,
    isCut,
    defects,
  };
}

/** Shows an instant, all of it; beyond the end, time passes until then, or as far as one stretch goes. */
function see(wanted: number, chosen?: string): Seen | undefined {
  if (!shown) return undefined;
  const { playing, digest } = shown;
  const { film, session, startedAt } = playing;
  if (wanted >= playing.until()) session?.runUntil(startedAt + wanted, STRETCH);
  const at = Math.min(wanted, playing.until());
  const engine = film.at(startedAt + at);
  const count = film.countAt(startedAt + at);
  const calls = engine.calls();
  const heard = digest.hears(calls, startedAt + at);
  const view: View = {
    at,
    count,
    calls: calls.map((call) => rowOf(call, heard[call.id])),
    agents: engine.agents(),
    queues: engine.queues(),
    ended: digest.ended(startedAt + at, MOST_ENDED),
    last: lastOf(film.shots, count, startedAt),
    chosen,
    call: calls.find(({ id }) => id === chosen),
    why: chosen === undefined ? undefined : engine.why(chosen),
  };
  return { extent: extentOf(playing), view };
}

function rowOf(call: CallView, words: string | undefined): CallRow {
  const { id, from, to, arrivedAt, queued, position, score, stack, preview } = call;
  const { path, at } = stack.at(-1) ?? {};
  return {
    id,
    from,
    to,
    arrivedAt,
    does: doing(call),
    hears: hearing(call, words),
    queue: queued?.joined ? queued.name : undefined,
    position,
    score,
    place: path !== undefined && at ? { path, range: at } : undefined,
    shown: (preview?.shown ?? []).map((one) => ({ agent: one.agent, preview: one.id })),
  };
}

/** What came to pass at the last instant at which anything did. */
function lastOf(shots: readonly Shot[], count: number, startedAt: number): Happened[] {
  const at = shots[count - 1]?.at;
  let from = count;
  while (from > 0 && shots[from - 1]?.at === at && count - from < MOST_HAPPENED) from--;
  return shots
    .slice(from, count)
    .map((shot) => ({ at: shot.at - startedAt, event: shot.event.type, records: shot.records, changes: shot.changes }));
}

/** The instant of so many events later, or earlier. */
function timeBy(at: number, by: number): number {
  if (!shown) return at;
  const { film, session, startedAt } = shown.playing;
  const after = film.countAt(startedAt + at);
  if (by < 0) {
    const before = lastBefore(film.shots, after, startedAt + at);
    return Math.max(0, (film.shots[before + 1 + by]?.at ?? startedAt) - startedAt);
  }
  for (let next = session?.next(); next !== undefined && film.shots.length < after + by; next = session?.next())
    session?.runUntil(next, by);
  const shot = film.shots[after + by - 1];
  return shot ? shot.at - startedAt : shown.playing.until();
}

/** The last shot that is earlier than `at`. */
function lastBefore(shots: readonly Shot[], count: number, at: number): number {
  let nth = count - 1;
  while (nth >= 0 && shots[nth]?.at === at) nth--;
  return nth;
}

/** Does something at this time; what was done later is dropped, and what it led to. */
function act(deed: Deed, at: number, chosen?: string): Played | undefined {
  if (!shown?.playing.session) return undefined;
  const { playing, isTest } = shown;
  const before = playing.session?.acts ?? [];
  const kept = before.filter((one) => one.at <= at);
  const dropped = before.slice(kept.length);
  const forked = at < playing.until() ? playing.again(kept, at) : playing;
  const { session, startedAt } = forked;
  session?.runUntil(startedAt + at);
  session?.do(deed);
  if (forked !== playing || isTest) play(forked, isTest);
  const seen = see(at, chosen);
  return seen && { ...seen, acts: session?.acts ?? [], dropped };
}

/** What has come to pass since so many shots of this film; of another film, everything. */
function records({ film, shots }: Pick<Told, "film" | "shots">): Told {
  const all = shown?.playing.film.shots ?? [];
  const from = film === films ? shots : 0;
  const until = Math.min(all.length, from + MOST_SHOTS_TOLD);
  const told = all.slice(from, until).flatMap((shot) => shot.records);
  return { film: films, from, shots: until, isWhole: until === all.length, records: told };
}

const api = serve((tell) => ({
  /** Begins anew; what was done by hand is done again, and time passes until `until`. */
  open: (site: Site, scenario: Scenario, until: number) => open(site, scenario, until, tell),
  see,
  /** Goes `by` events on or back. */
  step: (at: number, by: number, chosen?: string) => see(timeBy(at, by), chosen),
  act,
  moments: (): Moment[] => shown?.digest.marks() ?? [],
  records,
  /** Where this call had been by `at`. */
  trail(call: string, at: number): Place[] {
    if (!shown) return [];
    const { trail, startedAt, program } = shown.playing;
    return trail?.of(call, startedAt + at, program) ?? [];
  },
}));

export type SceneApi = typeof api;
