import type { Expr, Name, Statement, Strategy, Test } from "./ast.ts";
import { blocksOfQueue, blocksOfStrategy, statementsIn } from "./blocks.ts";
import type { Checking } from "./checks/checking.ts";
import { checkCircles } from "./checks/circles.ts";
import { report } from "./checks/checking.ts";
import { checkEntries, checkOverlaps } from "./checks/entries.ts";
import { checkFlow } from "./checks/flow/flow.ts";
import { checkReach } from "./checks/flow/reach.ts";
import { stretchesOf } from "./checks/flow/stretches.ts";
import { checkDefaultRoute } from "./checks/routes.ts";
import { checkTests } from "./checks/tests/tests.ts";
import { checkTraffic } from "./checks/tests/traffic.ts";
import { fixedName } from "./checks/things.ts";
import { checkClashes, checkNamed, checkUses } from "./checks/uses.ts";
import { walkAll } from "./checks/walks.ts";
import { dataKeys } from "./call-data.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Directory, Places } from "./directory/directory.ts";
import { unusedEntries } from "./directory/unused.ts";
import { entrances } from "./entries.ts";
import { noNames, type ReadFile, resolveNames } from "./names.ts";
import { normalise } from "./phone.ts";
import { type CheckedProgram, gather, type Items, seal } from "./program.ts";
import type { Source } from "./source.ts";
import type { Type } from "./types.ts";

export interface CheckOptions {
  /** Reading a text or the directory gave errors, which the caller reports himself: there can be no program. */
  hadErrors?: boolean;
  /** Where the entries of the directory stand. */
  places?: Places;
  /** These are all the strategies that it serves: what none of them uses is told. */
  whole?: boolean;
  /** Names of the prompts there are, as strategies write them. Without it, prompts are not looked at. */
  prompts?: ReadonlySet<string>;
  /** Filled with what expressions and declared names are found to be, for editors. */
  types?: Map<Expr | Name, Type>;
}

export interface CheckResult {
  /** Only when nothing is an error. */
  program?: CheckedProgram;
  diagnostics: Diagnostic[];
}

/** Checks strategies and tests against the directory. Never throws; findings stand in the order of files and places. */
export function check(files: readonly ReadFile[], directory: Directory, options: CheckOptions = {}): CheckResult {
  const resolved = resolveNames(files);
  const program = gather(files, resolved, directory);
  const shared = sharedBy(program, options);
  const bySource = new Map(
    files.map(({ source }) => {
      const names = resolved.names.get(source.path) ?? noNames();
      return [source, { ...shared, source, names }];
    }),
  );
  const checkingOf = (source: Source): Checking => bySource.get(source) ?? { ...shared, source, names: noNames() };
  const strategies = program.strategies.map((one) => ({ ...one, checking: checkingOf(one.source) }));
  checkNames(strategies, program.tests, checkingOf);
  const stretches = stretchesOf(files, resolved, checkingOf);
  checkReach(stretches);
  for (const { checking, strategy } of strategies) {
    checkEntries(checking, strategy);
    checkDefaultRoute(checking, strategy);
  }
  for (const found of walkAll(program, checkingOf)) shared.diagnostics.push(found);
  // Now it is known what each `match` can be about.
  if ([...shared.covered.values()].includes(true)) checkReach(stretches);
  checkFlow(files, stretches, resolved, checkingOf);
  checkCircles(strategies);
  checkOverlaps(strategies.flatMap(({ checking, strategy }) => doorsOf(checking, strategy)));
  checkTests(
    program.tests.map(({ source, test }) => ({ checking: checkingOf(source), test })),
    program.strategies,
  );
  checkTraffic(
    program.traffic.map(({ source, traffic }) => ({ checking: checkingOf(source), traffic })),
    program.strategies,
  );
  checkClashes(resolved, ({ source }) => checkingOf(source));
  checkUses(files, ({ source }) => checkingOf(source));
  for (const file of files) checkNamed(file, resolved, checkingOf(file.source));
  // What a broken text would have used is not known.
  const { places, whole, hadErrors } = options;
  const unused = whole && places && !hadErrors ? unusedEntries(files, directory, places) : [];
  const diagnostics = inOrder([...shared.diagnostics, ...unused], files);
  const sound = !hadErrors && !diagnostics.some((one) => one.severity === "error");
  return { program: sound ? seal(files, program) : undefined, diagnostics };
}

/** What the checks of all files share. */
function sharedBy(
  program: Items,
  { hadErrors, places, prompts, types }: CheckOptions,
): Omit<Checking, "source" | "names"> {
  const { directory, strategies } = program;
  const { country } = directory.site;
  const people = Object.values(directory.agents);
  const statements = allStatements(program);
  return {
    directory,
    strategies,
    diagnostics: [],
    queues: new Set(statements.flatMap((one) => (one.kind === "queue" ? [one.name.text] : []))),
    dataKeys: dataKeys(program, statements),
    secrets: new Set(),
    uses: new Map(),
    ends: new Set(),
    covered: new Map(),
    prompts,
    ...(places && { places }),
    ...(types && { types }),
    torn: hadErrors ?? false,
    doors: entrances(
      strategies.map((one) => one.strategy),
      country,
    ),
    people,
    extensions: new Set(people.map((agent) => normalise(agent.extension ?? "", country))),
  };
}

/** Every statement that there is. */
const allStatements = ({ strategies, subs, plans }: Items): Statement[] =>
  statementsIn([
    ...strategies.flatMap(({ strategy }) => blocksOfStrategy(strategy)),
    ...subs.map(({ item }) => item.body),
    ...plans.flatMap(({ item }) => blocksOfQueue(item)),
  ]);

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

function doorsOf(checking: Checking, strategy: Strategy) {
  return entrances([strategy], checking.directory.site.country).map((entrance) => ({ checking, entrance }));
}

/** As one reads; a text that is walked twice, because it is run from several places, is told once. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly ReadFile[]): Diagnostic[] {
  const order = new Map(files.map(({ source }, index) => [source.path, index]));
  const seen = new Set<string>();
  const once = diagnostics.filter(({ code, path, range }) => {
    const key = `${code} ${range.start} ${range.end} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
  return once.toSorted((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.range.start - b.range.start);
}
