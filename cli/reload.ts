import type { CheckedProgram, Source } from "../language/index.ts";
import { runTest } from "../runtime/index.ts";
import { refuse } from "./check.ts";
import { reason } from "./exit.ts";
import { type Loaded, load } from "./load.ts";
import { warnOfNotLive } from "./not-live.ts";
import { complain, count } from "./output.ts";
import { place } from "./place.ts";
import { promptLengths } from "./prompt-lengths.ts";
import type { Service } from "./service.ts";
import { whenChanged } from "./watch.ts";

/** The strategies among everything that was read. */
export const textsOf = (sources: readonly Source[]): Source[] =>
  sources.filter(({ path }) => path.endsWith(".strategy"));

/**
 * On SIGHUP, and when a file that was read or one beside it changes: the strategies are checked, their tests run, and then new calls use
 * them. With an error or a failed test all stays as it is, and that is told. Returns how to stop.
 */
export function reloadWhenChanged(
  paths: string[],
  directoryPaths: string[],
  first: Loaded,
  service: Pick<Service, "program" | "use" | "refuse">,
): () => void {
  let turn = Promise.resolve();
  let stopped = false;
  let unwatch = watch(first);

  function watch({ sources }: Loaded): () => void {
    const read = sources.map(({ path }) => path);
    try {
      return whenChanged([...paths, ...directoryPaths, ...read], { recursive: false }, () =>
        look("a file has changed"),
      );
    } catch (error) {
      complain(`${reason(error)}: changed files are used on SIGHUP only`);
      return () => undefined;
    }
  }

  /** One after another: what changes while tests run is looked at when they are done. */
  function look(why: string): void {
    turn = turn.then(async () => {
      if (stopped) return;
      // Whatever is wrong with what has changed, calls go on.
      await reload(why).catch((error: unknown) => refused(why, reason(error)));
    });
  }

  async function reload(why: string): Promise<void> {
    const loaded = load(paths, directoryPaths);
    const { program, diagnostics, sources } = loaded;
    if (program?.hash === service.program().hash) return complain(`${why}: nothing is new in it`);
    unwatch();
    unwatch = watch(loaded);
    if (diagnostics.length > 0) refuse(diagnostics, sources);
    const mistake = program ? await mistakeIn(program, loaded) : firstError(loaded);
    if (!program || mistake !== undefined) return refused(why, mistake ?? "it cannot be read");
    if (stopped) return;
    warnOfNotLive(program, sources);
    service.use(program, textsOf(sources));
    complain(`${why}: checked and tested; new calls use it, calls under way keep what they came with`);
  }

  function refused(why: string, mistake: string): void {
    complain(`${why}: not used, calls go on as before: ${mistake}`);
    service.refuse(mistake);
  }

  const signalled = (): void => look("SIGHUP");
  process.on("SIGHUP", signalled);
  return () => {
    stopped = true;
    unwatch();
    process.off("SIGHUP", signalled);
  };
}

function firstError({ diagnostics, sources }: Loaded): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return "it cannot be read";
  return `${count(errors.length, "error")}, the first: ${place(first.path, first.range.start, sources)} ${first.message}`;
}

/** Calls go on between two tests. */
async function mistakeIn(program: CheckedProgram, { sources, prompts }: Loaded): Promise<string | undefined> {
  if (program.strategies.length === 0) return "no strategy is left";
  const lengths = promptLengths(prompts);
  for (const test of program.tests) {
    await new Promise((next) => setImmediate(next));
    const { name, failures } = runTest(program, test, { promptLengths: lengths });
    const [failure] = failures;
    if (failure) return `test "${name}" fails: ${place(failure.path, failure.range.start, sources)} ${failure.message}`;
  }
  return undefined;
}
