import type { Act, Deed, EventRecord } from "../../runtime/index.ts";
import type { Place, Scenario, Site } from "../model.ts";
import type { Extent, Moment, Opened, View } from "../scene/model.ts";
import { Digest } from "./digest.ts";
import { type Playing, playingOf, settle, stageOf } from "./playing.ts";
import { extentOf, instantBy, viewOf } from "./seeing.ts";
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
    const { message = "there is no strategy", hint, path, range } = read.error ?? {};
    return { error: message, hint, path, range };
  }
  const make = playingOf(read.program, site, origin, tell);
  if (!make) return { error: `there is no ${origin.from} “${"name" in origin ? origin.name : ""}” any more` };
  if ("error" in make) return make;
  const playing = make(acts, until);
  play(playing, origin.from === "test");
  return { stage: stageOf(playing), extent: extentOf(playing) };
}

/** Shows an instant; beyond the end, time passes until then, or as far as one stretch goes. */
function see(wanted: number, chosen?: string): Seen | undefined {
  if (!shown) return undefined;
  const { playing, digest } = shown;
  if (wanted >= playing.until()) playing.session?.runUntil(playing.startedAt + wanted, STRETCH);
  const view = viewOf(playing, digest, Math.min(wanted, playing.until()), chosen);
  return { extent: extentOf(playing), view };
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
  step: (at: number, by: number, chosen?: string) => see(shown ? instantBy(shown.playing, at, by) : at, chosen),
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
