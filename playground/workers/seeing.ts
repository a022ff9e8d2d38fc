import type { CallGlance, Shot } from "../../runtime/index.ts";
import type { CallRow, Extent, Happened, View } from "../scene/model.ts";
import { placesOf } from "../scene/marks.ts";
import { doing, hearing } from "../scene/words.ts";
import type { Digest } from "./digest.ts";
import type { Playing } from "./playing.ts";

/* What can be seen of an instant: all of it that the page shows and no more, for it is asked for thirty times a second. */

/** More of them nobody looks through. */
const MOST_ENDED = 30;
/** Of one instant; more nobody reads. */
const MOST_HAPPENED = 30;

/** `at`: milliseconds since the run began, and no later than it goes. */
export function viewOf({ film, startedAt }: Playing, digest: Digest, at: number, chosen?: string): View {
  const instant = startedAt + at;
  const engine = film.at(instant);
  const count = film.countAt(instant);
  const glances = engine.glance();
  const heard = digest.hears(
    glances.map(({ call }) => call),
    instant,
  );
  return {
    at,
    count,
    calls: glances.map((glance) => rowOf(glance, heard[glance.call.id])),
    places: placesOf(glances.map(({ call, path, at: range }) => ({ id: call.id, path, range }))),
    agents: engine.agents(),
    queues: engine.queues(),
    ended: digest.ended(instant, MOST_ENDED),
    last: lastOf(film.shots, count, startedAt),
    chosen,
    call: chosen === undefined ? undefined : engine.call(chosen),
    why: chosen === undefined ? undefined : engine.why(chosen),
  };
}

function rowOf({ call, position, score }: CallGlance, words: string | undefined): CallRow {
  const { id, from, to, arrivedAt, queued, preview } = call;
  const shown = preview?.shown ?? [];
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
    shown: shown.length === 0 ? undefined : shown.map((one) => ({ agent: one.agent, preview: one.id })),
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

export function extentOf({ film, session, startedAt, until, isCut, defects }: Playing): Extent {
  const next = session?.next();
  return {
    shots: film.shots.length,
    until: until(),
    next: next === undefined ? undefined : next - startedAt,
    isCut,
    defects,
  };
}

/** The instant of so many events later, or earlier; later ones are let happen. */
export function instantBy({ film, session, startedAt, until }: Playing, at: number, by: number): number {
  const after = film.countAt(startedAt + at);
  if (by < 0) {
    const before = lastBefore(film.shots, after, startedAt + at);
    return Math.max(0, (film.shots[before + 1 + by]?.at ?? startedAt) - startedAt);
  }
  for (let next = session?.next(); next !== undefined && film.shots.length < after + by; next = session?.next())
    session?.runUntil(next, by);
  const shot = film.shots[after + by - 1];
  return shot ? shot.at - startedAt : until();
}

/** The last shot that is earlier than `at`. */
function lastBefore(shots: readonly Shot[], count: number, at: number): number {
  let nth = count - 1;
  while (nth >= 0 && shots[nth]?.at === at) nth--;
  return nth;
}
