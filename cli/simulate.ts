import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isatty } from "node:tty";
import { type CheckedProgram, entrances } from "../language/index.ts";
import {
  compare,
  type DayFigures,
  filesOf,
  planOf,
  playDays,
  type RecordedCall,
  type Report,
  studyOf,
  type TrafficPlan,
} from "../runtime/index.ts";
import { refuse } from "./check.ts";
import { exit, reason, UsageError } from "./exit.ts";
import { type Loaded, load } from "./load.ts";
import { complain, count, say } from "./output.ts";
import { promptLengths } from "./prompt-lengths.ts";
import { readCalls, readLengths } from "./recorded.ts";
import { reportPage } from "./report-page.ts";
import { reportText } from "./report-text.ts";

export interface SimulateOptions {
  directory: string[];
  traffic?: string;
  calls?: string;
  seed?: number;
  replications?: number;
  compare?: string;
  html?: string;
  format: "human" | "json";
  assert: boolean;
}

type Traffic = CheckedProgram["traffic"][number];

/** Monday, so that weekly hours are in force as on most days. */
const DAY_PLAYED = Date.UTC(2026, 10, 23, 12);

export function simulate(path: string, options: SimulateOptions): number {
  const before = loadWhole(path, options);
  const after = options.compare === undefined ? undefined : loadWhole(options.compare, options);
  if (!before || (options.compare !== undefined && !after)) return exit.failed;
  const blocks = blocksOf(before.program, options.traffic);
  const reports = blocks.map((block) => report(block, before, after, options));
  if (options.format === "json") say(JSON.stringify(reports, null, 2));
  else for (const one of reports) say(reportText(one));
  if (options.html !== undefined) writePage(options.html, reportPage(reports));
  const defects = reports.flatMap(({ first, second }) => [...first.defects, ...(second?.defects ?? [])]);
  if (defects.length > 0) throw new Error(`${count(defects.length, "defect")} in the engine, the first: ${defects[0]}`);
  const missed = reports.some(({ first, second }) => (second ?? first).goal?.met === false);
  return options.assert && missed ? exit.failed : exit.ok;
}

function writePage(path: string, page: string): void {
  try {
    writeFileSync(path, page);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reason(error)}`);
  }
  complain(`written to ${path}`);
}

type Whole = Loaded & { program: CheckedProgram };

function loadWhole(path: string, { directory }: SimulateOptions): Whole | undefined {
  const loaded = load([path], directory);
  const { program } = loaded;
  if (program) return { ...loaded, program };
  refuse(loaded.diagnostics, loaded.sources);
  return undefined;
}

function blocksOf({ traffic }: CheckedProgram, name: string | undefined): Traffic[] {
  const blocks = name === undefined ? traffic : traffic.filter((one) => planOf(one.traffic).name === name);
  if (blocks.length > 0) return blocks;
  const names = traffic.map((one) => `"${planOf(one.traffic).name}"`).join(", ");
  if (names === "") throw new UsageError('there is no traffic block; write one: traffic "day" for "…" { … }');
  throw new UsageError(`no traffic block is called "${name}"; there are ${names}`);
}

function report(block: Traffic, before: Whole, after: Whole | undefined, options: SimulateOptions): Report {
  const { plan, recorded } = planFor(block, options);
  const halves = after ? 2 : 1;
  const days = play(before, plan, recorded, (share) => progress(plan.name, share / halves));
  const first = studyOf(plan, days);
  if (!after) return { first };
  const others = play(after, plan, recorded, (share) => progress(plan.name, (1 + share) / halves));
  return { first, second: studyOf(plan, others), comparison: compare(days, others) };
}

type Recorded = Record<string, RecordedCall[]>;

/** The block with what the command line changes. Files count from the strategy's folder, those of the command line from here. */
function planFor({ source, traffic }: Traffic, options: SimulateOptions): { plan: TrafficPlan; recorded: Recorded } {
  const here = (file: string) => resolve(dirname(source.path), file);
  const timings = traffic.lines.filter((line) => line.kind === "timing" && line.from);
  const lengths = filesOf({ ...traffic, lines: timings }).map((file) => [file, readLengths(here(file))] as const);
  const plan = planOf(traffic, Object.fromEntries(lengths));
  plan.seed = options.seed ?? plan.seed;
  plan.replications = options.replications ?? plan.replications;
  if (options.calls !== undefined) {
    plan.arrivals = [{ file: options.calls }];
    return { plan, recorded: { [options.calls]: readCalls(options.calls) } };
  }
  const files = plan.arrivals.flatMap((line) => ("file" in line ? [line.file] : []));
  return { plan, recorded: Object.fromEntries(files.map((file) => [file, readCalls(here(file))])) };
}

function play(
  { program, prompts }: Whole,
  plan: TrafficPlan,
  recorded: Recorded,
  onProgress: (share: number) => boolean,
): DayFigures[] {
  const strategy = program.strategies.find((one) => one.strategy.name.parts[0] === plan.strategy)?.strategy;
  if (!strategy) throw new UsageError(`there is no strategy "${plan.strategy}" to compare`);
  const lengths = promptLengths(prompts);
  const { lengthsMs, defaultLengthMs } = program.directory.prompts;
  return playDays({
    checked: program,
    plan,
    to: entrances([strategy], program.directory.site.country)[0]?.from ?? "",
    date: DAY_PLAYED,
    promptMs: (name, language) => lengths[`${name}.${language}`] ?? lengths[name] ?? lengthsMs[name] ?? defaultLengthMs,
    recorded,
    onProgress,
  });
}

/** A bar on a terminal; never in a file. */
function progress(name: string, share: number): boolean {
  if (!isatty(2)) return true;
  const width = 30;
  const done = Math.round(share * width);
  const bar = `${"█".repeat(done)}${"░".repeat(width - done)}`;
  process.stderr.write(`\r${name} ${bar} ${Math.round(share * 100)} %${share >= 1 ? "\n" : ""}`);
  return true;
}
