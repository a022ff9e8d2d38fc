import type { Block, Queue, Statement, Strategy, Test } from "./ast.ts";
import { statementsIn } from "./blocks.ts";
import type { Checking } from "./checks/checking.ts";
import { checkCircles } from "./checks/circles.ts";
import { report } from "./checks/checking.ts";
import { checkEntries, checkOverlaps } from "./checks/entries.ts";
import { checkLater } from "./checks/later.ts";
import { checkFlow } from "./checks/flow/flow.ts";
import { checkReach } from "./checks/flow/reach.ts";
import { stretchesOf } from "./checks/flow/stretches.ts";
import { checkDefaultRoute } from "./checks/routes.ts";
import { walkBlock } from "./checks/statements.ts";
import { checkTest } from "./checks/tests.ts";
import { fixedName } from "./checks/things.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Directory } from "./directory/directory.ts";
import { entrances } from "./entries.ts";
import { hash } from "./hash.ts";
import { noNames, type ReadFile, type Resolved, resolveNames } from "./names.ts";
import { normalise } from "./phone.ts";
import type { CheckedProgram } from "./program.ts";
import type { Source } from "./source.ts";

export interface CheckOptions {
  /** Reading a text or the directory gave errors, which the caller reports himself: there can be no program. */
  hadErrors?: boolean;
  /** Names of the prompts there are, as strategies write them. Without it, prompts are not looked at. */
  prompts?: ReadonlySet<string>;
}

export interface CheckResult {
  /** Only when nothing is an error. */
  program?: CheckedProgram;
  diagnostics: Diagnostic[];
}

/** Checks strategies and tests against the directory. Never throws; findings stand in the order of files and places. */
export function check(files: readonly ReadFile[], directory: Directory, options: CheckOptions = {}): CheckResult {
  const strategies = files.flatMap(({ source, file }) =>
    file.items.filter((item) => item.kind === "strategy").map((strategy) => ({ source, strategy })),
  );
  const tests = files.flatMap(({ source, file }) =>
    file.items.filter((item) => item.kind === "test").map((test) => ({ source, test })),
  );
  const resolved = resolveNames(files);
  const diagnostics: Diagnostic[] = [];
  const queues = new Map(strategies.map(({ strategy }) => [strategy, queuesIn(strategy.body)]));
  const names = new Set([...queues.values()].flat().map((queue) => queue.name.text));
  const { country } = directory.site;
  const people = Object.values(directory.agents);
  const shared = {
    directory,
    strategies,
    diagnostics,
    queues: names,
    prompts: options.prompts,
    torn: options.hadErrors ?? false,
    doors: entrances(
      strategies.map((one) => one.strategy),
      country,
    ),
    ends: new Set<Statement>(),
    people,
    extensions: new Set(people.map((agent) => normalise(agent.extension ?? "", country))),
  };
  const checkingOf = (source: Source): Checking => ({ ...shared, source });
  const all = strategies.map(({ source, strategy }) => ({ checking: checkingOf(source), strategy }));
  checkNames(all, tests, checkingOf);
  for (const { source, file } of files) checkLater(checkingOf(source), file);
  const stretches = stretchesOf(files, resolved, checkingOf);
  stretches.forEach(checkReach);
  for (const { checking, strategy } of all) checkStrategy(checking, strategy);
  checkFlow(files, stretches, resolved, checkingOf);
  checkCircles(all.map((one) => ({ ...one, names: resolved.names.get(one.checking.source.path) ?? noNames() })));
  checkOverlaps(all.flatMap(({ checking, strategy }) => doorsOf(checking, strategy)));
  for (const { source, test } of tests) {
    checkTest(checkingOf(source), test, (name) => queuesOf(name, queues));
  }
  sort(diagnostics, files);
  const sound = !options.hadErrors && !diagnostics.some((one) => one.severity === "error");
  return { program: sound ? seal(files, resolved, directory) : undefined, diagnostics };
}

const queuesIn = (block: Block): Queue[] => statementsIn(block).filter((one) => one.kind === "queue");

function queuesOf(name: string, queues: ReadonlyMap<Strategy, Queue[]>): Queue[] {
  return [...queues].flatMap(([strategy, own]) => (fixedName(strategy.name) === name ? own : []));
}

type Judged = { checking: Checking; strategy: Strategy };

/** Two strategies of one name, or two tests of one name for one strategy. */
function checkNames(
  all: Judged[],
  tests: { source: Source; test: Test }[],
  checkingOf: (source: Source) => Checking,
): void {
  const named = [
    ...all.map(({ checking, strategy }) => ({
      checking,
      what: "strategy",
      item: strategy,
      key: fixedName(strategy.name) ?? "",
    })),
    ...tests.map(({ source, test }) => {
      const key = `${fixedName(test.strategy) ?? ""}\n${fixedName(test.name) ?? ""}`;
      return { checking: checkingOf(source), what: "test", item: test, key };
    }),
  ];
  const first = new Map<string, (typeof named)[number]>();
  for (const one of named) {
    const before = first.get(`${one.what} ${one.key}`);
    if (!before) {
      first.set(`${one.what} ${one.key}`, one);
      continue;
    }
    const message = `there is a ${one.what} \`${fixedName(one.item.name) ?? ""}\` already`;
    const related = [{ path: before.checking.source.path, range: before.item.name.range, message: "the first one" }];
    report(one.checking, "error", "S206", one.item.name.range, message, { related });
  }
}

function checkStrategy(checking: Checking, strategy: Strategy): void {
  checkEntries(checking, strategy);
  checkDefaultRoute(checking, strategy);
  const state = { known: new Map(), ended: false };
  walkBlock(strategy.body, state, { checking, scope: { names: new Map() }, queued: false });
}

function doorsOf(checking: Checking, strategy: Strategy) {
  return entrances([strategy], checking.directory.site.country).map((entrance) => ({ checking, entrance }));
}

function sort(diagnostics: Diagnostic[], files: readonly ReadFile[]): void {
  const order = new Map(files.map(({ source }, index) => [source.path, index]));
  diagnostics.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.range.start - b.range.start);
}

/** The items of all files with what each can name. */
function seal(files: readonly ReadFile[], { names: byPath }: Resolved, directory: Directory): CheckedProgram {
  const program: Omit<CheckedProgram, symbol> = {
    hash: hash([...files.map(({ source }) => source.text), JSON.stringify(directory)]),
    strategies: [],
    subs: [],
    calendars: [],
    plans: [],
    tests: [],
    traffic: [],
    directory,
  };
  for (const { source, file } of files) {
    const names = byPath.get(source.path) ?? noNames();
    for (const item of file.items) {
      if (item.kind === "strategy") program.strategies.push({ source, strategy: item, names });
      else if (item.kind === "sub") program.subs.push({ source, item, names });
      else if (item.kind === "calendar") program.calendars.push({ source, item, names });
      else if (item.kind === "plan") program.plans.push({ source, item, names });
      else if (item.kind === "test") program.tests.push({ source, test: item });
      else if (item.kind === "traffic") program.traffic.push({ source, traffic: item });
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is this function's promise and has no value
  return program as CheckedProgram;
}
