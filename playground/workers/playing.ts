import { type CheckedProgram, entrances, nameOf } from "../../language/index.ts";
import {
  type Act,
  createCamera,
  type DayOptions,
  type Film,
  openSession,
  playDay,
  type Session,
  type SessionOptions,
} from "../../runtime/index.ts";
import type { Origin, Site } from "../model.ts";
import { wallOf } from "../scene/begin.ts";
import type { Block, Stage, Trouble } from "../scene/model.ts";
import { dayOptions } from "./days.ts";
import { Trail } from "./trail.ts";

/* What is played: a session by hand, by a test and by hand, or a whole day of traffic to look at. */

export interface Playing {
  program: CheckedProgram;
  film: Film;
  startedAt: number;
  /** As far as it goes; milliseconds since it began. */
  until(): number;
  heard: Session["heard"];
  defects: readonly string[];
  isCut: boolean;
  /** Absent for a day of traffic. */
  session?: Session;
  trail?: Trail;
  /** The same up to `until`, with these acts. */
  again(acts: readonly Act[], until: number): Playing;
}

/** So many events of a day are kept: some 50 MB. */
const MOST_SHOTS = 60_000;
/** A test that does not come to its end is shown so far. */
const MOST_EVENTS = 20_000;
/** So many events between two words on how far a day is. */
const TELL_EVERY = 100;
const DAY_MS = 86_400_000;

/** Undefined where the text has no such block. */
export function playingOf(
  program: CheckedProgram,
  site: Site,
  origin: Origin,
  tell: (news: unknown) => void,
): ((acts: readonly Act[], until: number) => Playing) | Trouble | undefined {
  const { prompts } = site;
  switch (origin.from) {
    case "hand":
      return handed({ checked: program, begins: wallOf(origin.begins ?? ""), lengths: prompts });
    case "test": {
      const test = program.tests.find((one) => isAt(origin, one.source.path, one.test));
      return test && handed({ checked: program, test: test.test, lengths: prompts });
    }
    default: {
      const block = program.traffic.find((one) => isAt(origin, one.source.path, one.traffic));
      if (!block) return undefined;
      const options = dayOptions(program, block, site);
      return "error" in options ? options : () => dayOf(options, tell);
    }
  }
}

type Test = CheckedProgram["tests"][number]["test"];
type Traffic = CheckedProgram["traffic"][number]["traffic"];

const isAt = (origin: Block, path: string, block: Test | Traffic): boolean =>
  origin.path === path && origin.name === nameOf(block);

/** What a test goes on to do is seen to its end; a session by hand goes as far as somebody takes it. */
function handed(played: Pick<SessionOptions, "checked" | "test" | "begins" | "lengths">) {
  return function again(acts: readonly Act[], until: number): Playing {
    const trail = new Trail();
    const session = openSession({ ...played, ways: trail, acts, until });
    const { film, startedAt, heard, defects } = session;
    return {
      program: played.checked,
      film,
      startedAt,
      until: () => session.now() - startedAt,
      heard,
      defects,
      isCut: false,
      session,
      trail,
      again,
    };
  };
}

/** Lets everything happen that a test has set going. */
export function settle({ session, startedAt }: Pick<Playing, "session" | "startedAt">): void {
  if (!session) return;
  for (let left = MOST_EVENTS; left > 0; left--) {
    const next = session.next();
    if (next === undefined || next > startedAt + DAY_MS) return;
    session.runUntil(next, 1);
  }
}

/** The whole of a day at once, as far as it can be kept. */
function dayOf(options: Omit<DayOptions, "replication">, tell: (news: unknown) => void): Playing {
  const camera = createCamera();
  const { film } = camera;
  let told = 0;
  const { endedAt, defects } = playDay({
    ...options,
    replication: 1,
    drive: camera.drive,
    engine: (engine, making) => camera.onto(engine, making),
    onProgress: (share) => {
      if (++told % TELL_EVERY === 0) tell(share);
      return film.shots.length < MOST_SHOTS;
    },
  });
  const startedAt = film.shots[0]?.at ?? endedAt;
  const playing: Playing = {
    program: options.checked,
    film,
    startedAt,
    until: () => endedAt - startedAt,
    heard: [],
    defects,
    isCut: film.shots.length >= MOST_SHOTS,
    again: () => playing,
  };
  return playing;
}

/** What there is to act on. */
export function stageOf({ program, startedAt, session }: Playing): Stage {
  const { directory, strategies, tests, traffic } = program;
  const taken = entrances(
    strategies.map(({ strategy }) => strategy),
    directory.site.country,
  );
  return {
    startedAt,
    zone: directory.site.zone,
    agents: Object.values(directory.agents).map(({ id, name }) => ({ id, name })),
    flags: Object.values(directory.flags).map(({ name, default: on }) => ({ name, default: on })),
    hosts: Object.keys(directory.hosts),
    entries: taken.map(({ from, strategy }) => ({ number: from, strategy: nameOf(strategy) })),
    tests: tests.map(({ source, test }) => ({ path: source.path, name: nameOf(test) })),
    traffic: traffic.map((one) => ({ path: one.source.path, name: nameOf(one.traffic) })),
    isPlayable: session !== undefined,
  };
}
