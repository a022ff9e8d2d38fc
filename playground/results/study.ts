import type { Mark, Site } from "../model.ts";
import { firstLine } from "../scene/marks.ts";
import { change, current, follow } from "../store.ts";
import { Asked, NoAnswer } from "../workers/ask.ts";
import type { StudyApi } from "../workers/study.worker.ts";
import { type Block, type DayResult, keyOf, type Refused, type Results, type Tests } from "./model.ts";

/* Tests and traffic in their worker: one at a time, and ended whenever somebody has seen enough. */

const study = new Asked<StudyApi>(
  () => new Worker(new URL("../workers/study.worker.ts", import.meta.url), { type: "module" }),
  { silentMs: 30_000 },
);

/** A text at rest for so long is read anew, in milliseconds. */
const REST_MS = 400;

/** Counts what was begun: whoever is not the last any more says nothing. */
let lastRun = 0;

type Running = NonNullable<Results["running"]>;

/** Begins to follow the texts, and what lenses wish. */
export function startResults(): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const ends = [
    follow(
      ({ site }) => site,
      () => {
        change(({ marks }) => void delete marks.results);
        clearTimeout(resting);
        resting = setTimeout(changed, REST_MS);
      },
    ),
    follow(({ wish }) => wish, obey),
    () => clearTimeout(resting),
  ];
  void readBlocks();
  obey();
  return () => ends.forEach((end) => end());
}

function changed(): void {
  const { results } = current();
  if (results.follows && results.running?.what !== "day") void runTests();
  void readBlocks();
}

function obey(): void {
  const { wish } = current();
  if (!wish || wish.does === "run") return;
  change((page) => void (page.wish = undefined));
  if (wish.does === "simulate") void simulate(wish);
  else void runTests(wish.does === "test" ? wish : undefined);
}

/** What there is to be run. While something runs, it comes after that. */
async function readBlocks(): Promise<void> {
  const { site } = current();
  const blocks = await answered(study.ask("blocks", site));
  if (!blocks || site !== current().site) return;
  change(({ results }) => {
    results.refused = "error" in blocks ? blocks : undefined;
    if (!("error" in blocks)) results.blocks = blocks;
  });
}

/** All tests, or the one of these names. */
export async function runTests(wanted?: Pick<Block, "path" | "name">): Promise<void> {
  cancel();
  const { site } = current();
  const running: Running = { what: "tests", key: wanted ? keyOf(wanted) : "", share: 0 };
  const given = wanted && { path: wanted.path, name: wanted.name };
  const found = await begun(running, study.askWithNews("tests", [site, given], progress));
  if (!found) return;
  const { tests } = current().results;
  // Of the same texts, other tests have said what they said.
  const others = given && tests?.files === site.files ? tests.tested : [];
  const kept = others.filter((one) => !found.tested.some((other) => keyOf(other) === keyOf(one)));
  const told = { ...found, tested: [...kept, ...found.tested] };
  const isOf = current().site === site;
  change((page) => {
    page.results.tests = { ...told, files: site.files };
    if (isOf) page.marks.results = marksOf(told, site);
  });
}

/** All days of a traffic block, beside what was kept of it. */
export async function simulate(block: Pick<Block, "path" | "name">): Promise<void> {
  cancel();
  const { site, results } = current();
  const key = keyOf(block);
  const before = results.before[key];
  const kept = before && { study: before.study, days: before.days };
  const wanted = { path: block.path, name: block.name };
  const asked = study.askWithNews("days", [site, wanted, kept], progress);
  const found = await begun({ what: "day", key, share: 0 }, asked);
  if (!found) return;
  const result: DayResult = { ...found, files: site.files, isCompared: kept !== undefined };
  change(({ results: { days } }) => void Object.assign(days, { [key]: result }));
}

/** Ends what runs, at once. */
export function cancel(): void {
  if (!current().results.running) return;
  change(({ results }) => void (results.running = undefined));
  study.stop();
}

async function begun<Found extends object>(
  running: Running,
  asked: Promise<Found | Refused>,
): Promise<Found | undefined> {
  change(({ results }) => {
    results.running = running;
    results.refused = undefined;
  });
  const mine = ++lastRun;
  const found = await answered(asked);
  if (mine !== lastRun) return undefined;
  const refused = found && "error" in found ? found : undefined;
  change(({ results }) => {
    results.running = undefined;
    results.refused ??= refused;
  });
  return found && "error" in found ? undefined : found;
}

function progress(share: unknown): void {
  change(({ results }) => void (results.running && (results.running.share = Number(share))));
}

/** Undefined where somebody had seen enough. */
async function answered<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (error.why !== "stopped") refuse(error.message);
    return undefined;
  }
}

const refuse = (error: string): void => change(({ results }) => void (results.refused = { error }));

/** Where tests failed, and what they came to. */
export function marksOf({ tested, covered = [] }: Tests, { files }: Site): Mark[] {
  const failed = tested.flatMap(({ name, failures }) =>
    failures.map(({ path, range, message }): Mark => ({ path, range, as: "failed", about: `${name}: ${message}` })),
  );
  const passed = covered
    .filter(({ times }) => times > 0)
    .map(({ what, name, path, range, times }): Mark => {
      const text = files.find((file) => file.path === path)?.text ?? "";
      const about = `tests come to ${what} ${name} ${times === 1 ? "once" : `${times} times`}`;
      return { path, range: firstLine(text, range), as: "passed", about };
    });
  return [...failed, ...passed];
}
