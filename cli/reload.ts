import type { Loading, SiteDoor, SiteText } from "../desk/index.ts";
import { changedTrunkTypes, type CheckedProgram, type Source } from "../language/index.ts";
import { runTest } from "../runtime/index.ts";
import { refuse } from "./check.ts";
import { reason } from "./exit.ts";
import { type Loaded, load, loadTexts } from "./load.ts";
import { warnOfNotLive } from "./not-live.ts";
import { complain, count } from "./output.ts";
import { place } from "./place.ts";
import { promptLengths } from "./prompt-lengths.ts";
import { warnOfSecrets } from "./secrets.ts";
import type { Service } from "./service.ts";
import { findingsIn, listed, namesIn, sourcesOf } from "./site.ts";
import { whenChanged } from "./watch.ts";

/** The strategies among everything that was read. */
export const textsOf = (sources: readonly Source[]): Source[] =>
  sources.filter(({ path }) => path.endsWith(".strategy"));

type Used = Pick<Service, "program" | "use" | "lookUp" | "refuse">;

export interface Reload {
  /** What runs, and with `mayLoad` the way by which a page has other strategies run. They are written to no file. */
  site(mayLoad: boolean): SiteDoor;
  /** From now on changed files are taken over, on SIGHUP and when one that was read or one beside it changes. Returns how to stop. */
  follow(service: Used): () => void;
}

/**
 * Other texts while calls go on: the strategies are checked, their tests run, and then new calls use them. With an error or a failed
 * test all stays as it is, and that is told.
 */
export function reloading(path: string, directoryPaths: string[], first: Loaded): Reload {
  const paths = [path];
  let running = first;
  let names = namesIn(path, first);
  let service: Used | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let unwatch = (): void => undefined;

  /** One after another: what changes while tests run is looked at when they are done. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = turn.then(act);
    turn = done.catch(() => undefined);
    return done;
  }

  function watch({ sources }: Loaded): () => void {
    const read = sources.map((source) => source.path);
    try {
      return whenChanged([...paths, ...directoryPaths, ...read], { recursive: false }, () =>
        look("a file has changed"),
      );
    } catch (error) {
      complain(`${reason(error)}: changed files are used on SIGHUP only`);
      return () => undefined;
    }
  }

  function look(why: string): void {
    // Whatever is wrong with what has changed, calls go on.
    void inTurn(() => reload(why).catch((error: unknown) => void refused(why, reason(error))));
  }

  async function reload(why: string): Promise<void> {
    if (!service) return;
    const loaded = beside(load(paths, directoryPaths));
    if (loaded.program?.hash === service.program().hash) {
      service.lookUp();
      warnOfSecrets(loaded.program, loaded);
      return complain(`${why}: nothing is new in it; tokens are looked up anew`);
    }
    unwatch();
    unwatch = watch(loaded);
    await take(why, loaded);
  }

  /** With what only a run has against it. */
  function beside(loaded: Loaded): Loaded {
    const changed = loaded.program ? changedTrunkTypes(running.read.directory, loaded.read) : [];
    if (changed.length === 0) return loaded;
    return { ...loaded, diagnostics: [...loaded.diagnostics, ...changed], program: undefined };
  }

  /** Why it is not used; undefined when it is. */
  async function take(why: string, loaded: Loaded): Promise<string | undefined> {
    const { program, diagnostics, sources } = loaded;
    if (diagnostics.length > 0) refuse(diagnostics, sources);
    const mistake = program ? await mistakeIn(program, loaded) : firstError(loaded);
    if (!program || mistake !== undefined) return refused(why, mistake ?? "it cannot be read");
    if (!service) return "the run ends";
    warnOfNotLive(program, sources);
    warnOfSecrets(program, loaded);
    running = loaded;
    names = namesIn(path, loaded);
    service.use(program, textsOf(sources));
    complain(`${why}: checked and tested; new calls use it, calls under way keep what they came with`);
    return undefined;
  }

  function refused(why: string, mistake: string): string {
    complain(`${why}: not used, calls go on as before: ${mistake}`);
    service?.refuse(mistake);
    return mistake;
  }

  async function offered(files: readonly SiteText[], over: string): Promise<Loading | "changed meanwhile"> {
    if (over !== running.program?.hash) return "changed meanwhile";
    const loaded = loadTexts(sourcesOf(path, files, names), running);
    const findings = findingsIn(loaded, namesIn(path, loaded));
    if (loaded.program && loaded.program.hash === over) return { findings };
    const mistake = await take("texts of a page", loaded);
    return { ...(mistake !== undefined && { refused: mistake }), findings };
  }

  return {
    site: (mayLoad) => ({
      read: () => ({ program: running.program?.hash ?? "", files: listed(running, names) }),
      pathOf: (known) => names.get(known) ?? known,
      ...(mayLoad && { load: (files, over) => inTurn(() => offered(files, over)) }),
    }),
    follow(used) {
      service = used;
      unwatch = watch(first);
      const signalled = (): void => look("SIGHUP");
      process.on("SIGHUP", signalled);
      return () => {
        service = undefined;
        unwatch();
        process.off("SIGHUP", signalled);
      };
    },
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
