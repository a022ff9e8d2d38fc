import { type CheckedProgram, entrances } from "../../language/index.ts";
import {
  type AgentView,
  type CallView,
  createCamera,
  type Deed,
  type Film,
  filesOf,
  openSession,
  planOf,
  playDay,
  type QueueView,
  type Session,
  type Shot,
  type Why,
} from "../../runtime/index.ts";
import type { Range } from "../../language/index.ts";
import type { Scenario, Site } from "../model.ts";
import { serve } from "./serve.ts";
import { programOf } from "./site.ts";

/* The engine on a virtual clock, filmed: played by hand, by a test and by hand, or a day of traffic to look at. */

/** What there is to act on, before anything happens. */
export interface Stage {
  startedAt: number;
  agents: { id: string; name: string }[];
  flags: string[];
  /** Numbers that strategies take calls at. */
  entries: { number: string; strategy: string }[];
  /** A day of traffic is looked at, not played. */
  isPlayable: boolean;
}

/** How far the film goes by now; times are milliseconds since 1970. */
export interface Extent {
  shots: number;
  until: number;
  /** When something happens next by itself. */
  next?: number;
  /** Not everything that was to happen by then has happened: go on. */
  isBehind: boolean;
  heard: readonly { call: string; name: string; at: number }[];
  /** Our own mistakes; they belong in a report. */
  defects: readonly string[];
}

export type Opened = { stage: Stage; extent: Extent } | { error: string; path?: string; range?: Range };

/** What can be seen of an instant. */
export interface View {
  at: number;
  /** How many shots had been taken. */
  count: number;
  calls: CallView[];
  agents: AgentView[];
  queues: QueueView[];
}

/** So many events of a day are kept: some 50 MB. */
const MOST_SHOTS = 60_000;
/** So many events at one stretch, then the page gets a word in. */
const STRETCH = 5000;
/** Monday noon, so that weekly hours are in force as on most days. */
const DAY_PLAYED = Date.UTC(2026, 10, 23, 12);

/** What is played now. */
interface Playing {
  program: CheckedProgram;
  film: Film;
  startedAt: number;
  until: number;
  /** Absent for a day of traffic. */
  session?: Session;
}

let playing: Playing | undefined;

function open(site: Site, { origin, acts }: Scenario, until?: number): Opened {
  playing = undefined;
  const read = programOf(site);
  if (!("program" in read)) {
    const { message = "there is no strategy", path, range } = read.error ?? {};
    return { error: message, path, range };
  }
  const { program } = read;
  if (origin.from === "traffic") playing = dayOf(program, origin.name, site.prompts ?? {});
  else {
    const test = origin.from === "test" ? program.tests.find((one) => nameOf(one.test) === origin.name) : undefined;
    if (origin.from === "test" && !test) return { error: `there is no test “${origin.name}” any more` };
    const session = openSession({ checked: program, test: test?.test, lengths: site.prompts, acts, until });
    playing = { program, film: session.film, startedAt: session.startedAt, until: session.now(), session };
  }
  if (!playing) return { error: `there is no traffic “${origin.from === "traffic" ? origin.name : ""}” any more` };
  return { stage: stageOf(playing), extent: extent() };
}

/** The whole of a day at once, as far as it can be kept. */
function dayOf(program: CheckedProgram, name: string, lengths: Record<string, number>): Playing | undefined {
  const block = program.traffic.find((one) => nameOf(one.traffic) === name)?.traffic;
  if (!block) return undefined;
  const plan = planOf(block, Object.fromEntries(filesOf(block).map((file) => [file, []])));
  const strategy = program.strategies.find((one) => nameOf(one.strategy) === plan.strategy)?.strategy;
  const camera = createCamera();
  const { lengthsMs, defaultLengthMs } = program.directory.prompts;
  const { endedAt } = playDay({
    checked: program,
    plan,
    replication: 1,
    to: entrances(strategy ? [strategy] : [], program.directory.site.country)[0]?.from ?? "",
    date: DAY_PLAYED,
    promptMs: (prompt, language) =>
      lengths[`${prompt}.${language}`] ?? lengths[prompt] ?? lengthsMs[prompt] ?? defaultLengthMs,
    drive: camera.drive,
    engine: (engine, making) => camera.onto(engine, making),
    onProgress: () => camera.film.shots.length < MOST_SHOTS,
  });
  const startedAt = camera.film.shots[0]?.at ?? endedAt;
  return { program, film: camera.film, startedAt, until: endedAt };
}

const nameOf = ({ name }: { name: { parts: readonly unknown[] } }): string =>
  name.parts.filter((part) => typeof part === "string").join("");

function stageOf({ program: { directory, strategies }, startedAt, session }: Playing): Stage {
  const taken = entrances(
    strategies.map(({ strategy }) => strategy),
    directory.site.country,
  );
  return {
    startedAt,
    agents: Object.values(directory.agents).map(({ id, name }) => ({ id, name })),
    flags: Object.keys(directory.flags),
    entries: taken.map(({ from, strategy }) => ({ number: from, strategy: nameOf(strategy) })),
    isPlayable: session !== undefined,
  };
}

function extent(isBehind = false): Extent {
  const { film, session, until = 0 } = playing ?? {};
  return {
    shots: film?.shots.length ?? 0,
    until,
    next: session?.next(),
    isBehind,
    heard: session?.heard ?? [],
    defects: session?.defects ?? [],
  };
}

const api = serve(() => ({
  /** Begins anew; what was done by hand is done again, up to `until` (milliseconds since the start) where that is given. */
  open,
  /** Somebody does something, at the end of the film. */
  act(deed: Deed): Extent {
    playing?.session?.do(deed);
    if (playing?.session) playing.until = playing.session.now();
    return extent();
  },
  acts: () => playing?.session?.acts ?? [],
  /** Lets time pass until `at`, or as far as one stretch goes. */
  run(at: number): Extent {
    if (!playing?.session) return extent();
    const cameThere = playing.session.runUntil(at, STRETCH);
    playing.until = playing.session.now();
    return extent(!cameThere);
  },
  view(at: number): View | undefined {
    if (!playing) return undefined;
    const count = playing.film.countAt(at);
    const engine = playing.film.after(count);
    return { at, count, calls: engine.calls(), agents: engine.agents(), queues: engine.queues() };
  },
  why(call: string, at: number): Why | undefined {
    return playing?.film.after(playing.film.countAt(at)).why(call);
  },
  /** Shots from the one of this number on, from 0. */
  shots: (from: number, to?: number): readonly Shot[] => playing?.film.shots.slice(from, to) ?? [],
}));

export type SceneApi = typeof api;
