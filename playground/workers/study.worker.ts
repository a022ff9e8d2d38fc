import { type CheckedProgram, nameOf } from "../../language/index.ts";
import {
  callsADay,
  compare,
  coverageOf,
  goalText,
  loadProgram,
  overallRows,
  playDays,
  queueTables,
  runTest,
  studyOf,
  Ways,
} from "../../runtime/index.ts";
import type { Site } from "../model.ts";
import type { Block, Blocks, Played, Refused, Tested, Tests, Told } from "../results/model.ts";
import { dayOptions } from "./days.ts";
import { serve } from "./serve.ts";
import { programOf } from "./site.ts";

/* Tests and days of traffic. They take as long as they take: the page is told how far they are, and ends the worker when it has seen enough. */

/** What is told between two events of a day, no more often than this, in shares of the whole. */
const TELL_EVERY = 0.002;

type Named = Pick<CheckedProgram["tests"][number]["test"], "name" | "strategy">;

const blockOf = (path: string, { name, strategy }: Named): Block => ({
  path,
  name: nameOf({ name }),
  strategy: nameOf({ name: strategy }),
  range: name.range,
});

function blocksOf({ tests, traffic }: CheckedProgram): Blocks {
  return {
    tests: tests.map(({ source, test }) => blockOf(source.path, test)),
    traffic: traffic.map((one) => blockOf(one.source.path, one.traffic)),
  };
}

/** The program of a site, or why there is none. */
function read(site: Site): { program: CheckedProgram } | Refused {
  const found = programOf(site);
  if ("program" in found) return found;
  const { message = "there is no strategy", path, range } = found.error ?? {};
  return { error: message, path, range };
}

type Wanted = Pick<Block, "path" | "name">;

const isWanted = (wanted: Wanted | undefined, block: Wanted): boolean =>
  !wanted || (wanted.path === block.path && wanted.name === block.name);

/** Of one test alone nothing is said about what tests cover. */
function runTests(site: Site, wanted: Wanted | undefined, tell: (share: number) => void): Tests | Refused {
  const found = read(site);
  if ("error" in found) return found;
  const { program } = found;
  const ways = new Ways();
  const chosen = program.tests.filter(({ source, test }) => isWanted(wanted, blockOf(source.path, test)));
  const tested = chosen.map((one, nth): Tested => {
    tell(nth / chosen.length);
    const { records: _, ...result } = runTest(program, one, { promptLengths: site.prompts, ways });
    return { ...result, range: one.test.name.range };
  });
  return { tested, covered: wanted ? undefined : coverageOf(loadProgram(program), ways) };
}

function playBlock(
  site: Site,
  wanted: Wanted,
  before: Played | undefined,
  tell: (share: number) => void,
): (Played & { told: Told }) | Refused {
  const found = read(site);
  if ("error" in found) return found;
  const { program } = found;
  const block = program.traffic.find(({ source, traffic }) => isWanted(wanted, blockOf(source.path, traffic)));
  if (!block) return { error: `there is no traffic “${wanted.name}” any more` };
  const options = dayOptions(program, block, site);
  if ("error" in options) return options;
  let told = 0;
  const days = playDays({
    ...options,
    onProgress(share) {
      if (share - told < TELL_EVERY) return true;
      told = share;
      tell(share);
      return true;
    },
  });
  const played = { study: studyOf(options.plan, days), days };
  return { ...played, told: toldOf(played, before) };
}

/** As people read it, beside what was before. */
function toldOf({ study, days }: Played, before?: Played): Told {
  const report = before
    ? { first: before.study, second: study, comparison: compare(before.days, days) }
    : { first: study };
  const { goal } = study;
  return {
    calls: callsADay(study),
    goal: goal && { text: goalText(goal, 0), met: goal.met },
    queues: queueTables(report),
    all: overallRows(report),
  };
}

const api = serve((tell) => ({
  blocks(site: Site): Blocks | Refused {
    const found = read(site);
    return "error" in found ? found : blocksOf(found.program);
  },
  /** All of them, or the one that is wanted. */
  tests: (site: Site, wanted?: Wanted) => runTests(site, wanted, tell),
  /** All days of a block, beside those from before. */
  days: (site: Site, wanted: Wanted, before?: Played) => playBlock(site, wanted, before, tell),
}));

export type StudyApi = typeof api;
