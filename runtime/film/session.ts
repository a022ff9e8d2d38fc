import type { CheckedProgram, Test } from "../../language/index.ts";
import type { Millis } from "../events.ts";
import { botsIn, namedIn, type PromptLengths } from "../simulation/cast.ts";
import type { Ways } from "../simulation/coverage.ts";
import { playsHosts } from "../simulation/hosts.ts";
import { openRehearsal } from "../simulation/rehearsal.ts";
import type { WallTime } from "../zone.ts";
import { type Act, castByHand, type Deed, type Habits, perform } from "./deeds.ts";
import { createCamera, type Film } from "./film.ts";
import { HostsByHand } from "./hosts.ts";

/** A switchboard played by hand, or by a test and by hand: filmed, so that every instant of it can be looked at again. */
export interface Session {
  film: Film;
  startedAt: Millis;
  /** What was done by hand so far. */
  acts: readonly Act[];
  /** What callers heard, and from when. */
  heard: readonly { call: string; name: string; at: Millis }[];
  /** Mistakes of ours that showed. */
  defects: readonly string[];
  now(): Millis;
  /** When something happens next by itself; `undefined`: nothing does. */
  next(): Millis | undefined;
  do(deed: Deed): void;
  /** Lets time pass until `at`, but no more than `most` things happen. False where it had to stop before. */
  runUntil(at: Millis, most?: number): boolean;
}

export interface SessionOptions {
  checked: CheckedProgram;
  /** Whose people, mocks and calls take part; without one everybody is offline and waits for a hand. */
  test?: Test;
  /** Without a test: what clocks of the site show when it begins. A Monday morning, unless it is said otherwise. */
  begins?: WallTime;
  lengths?: PromptLengths;
  /** Told which ways calls go. */
  ways?: Ways;
  /** Done again at their times, up to `until` (milliseconds since the start): so a session is forked. */
  acts?: readonly Act[];
  until?: Millis;
}

/** At most so many things happen at one stretch, unless it is said otherwise. */
const MOST_EVENTS = 100_000;

export function openSession(options: SessionOptions): Session {
  const { checked, begins, test = nobodyAt(begins), lengths, ways, acts: before = [], until = -Infinity } = options;
  const camera = createCamera();
  const habits: Habits = { agents: new Map(), numbers: new Map(), hosts: new HostsByHand() };
  const played = { agents: namedIn(test), bots: botsIn(test) };
  const rehearsal = openRehearsal(checked, test, {
    lengths,
    ways,
    drive: camera.drive,
    engine: (engine, making) => camera.onto(engine, making),
    cast: (cast) => castByHand(cast, played, habits),
    http: (hosts, around) => habits.hosts.before(hosts, playsHosts(test), around),
  });
  const { setting, story } = rehearsal;
  const { clock } = setting;
  const acts: Act[] = [];
  /** The clock of the stage stands still where nothing happens; people may act in between. */
  let now = story.startedAt;

  const session: Session = {
    film: camera.film,
    startedAt: story.startedAt,
    acts,
    heard: story.heard,
    defects: story.defects,
    now: () => Math.max(now, clock.now()),
    next: () => clock.next(),
    do(deed) {
      acts.push({ ...deed, at: session.now() - story.startedAt });
      clock.plan(session.now(), () => perform(deed, setting, habits));
      session.runUntil(session.now());
    },
    runUntil(at, most = MOST_EVENTS) {
      for (let left = most; ; left--) {
        const next = clock.next();
        if (next === undefined || next > at) break;
        if (left === 0) return false;
        clock.step();
      }
      now = Math.max(now, at);
      return true;
    },
  };
  session.runUntil(now);
  for (const { at, ...deed } of before) {
    if (at > until) break;
    session.runUntil(story.startedAt + at);
    session.do(deed);
  }
  session.runUntil(story.startedAt + Math.max(until, 0));
  return session;
}

/** A test that says nothing but when it begins: nobody is there. */
function nobodyAt(begins: WallTime | undefined): Test {
  const range = { start: 0, end: 0 };
  const text = { kind: "text" as const, range, parts: [] };
  const lines = begins ? [clockAt(begins, range)] : [];
  return { kind: "test", range, name: text, strategy: text, lines };
}

function clockAt({ year, month, day, minutes }: WallTime, range: Test["range"]): Test["lines"][number] {
  return {
    kind: "clock",
    range,
    date: { kind: "date", range, year, month, day },
    time: { kind: "time", range, minutes },
  };
}
