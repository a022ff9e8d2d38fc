import type { Covered } from "../../runtime/index.ts";
import { goTo, placeText } from "../places.ts";
import { choose } from "../scene/scene.ts";
import { change, useStore } from "../store.ts";
import { type Block, keyOf, type Tested } from "./model.ts";
import { Progress } from "./progress.tsx";
import { runTests } from "./study.ts";

export function TestsPart() {
  const blocks = useStore(({ results }) => results.blocks?.tests);
  const tests = useStore(({ results }) => results.tests);
  const isStale = useStore(({ results, site }) => results.tests !== undefined && results.tests.files !== site.files);
  const follows = useStore(({ results }) => results.follows);
  const told = new Map(tests?.tested.map((one) => [keyOf(one), one]));
  return (
    <section aria-labelledby="tests-head">
      <header class="results-head">
        <h2 id="tests-head">Tests</h2>
        <button type="button" class="main" disabled={!blocks?.length} onClick={() => void runTests()}>
          Run all
        </button>
        <label>
          <input type="checkbox" checked={follows} onChange={({ currentTarget: { checked } }) => follow(checked)} /> as
          I write
        </label>
        <Progress what="tests" />
        <span class="summary" role="status">
          {tests && summary(tests.tested)}
          {isStale && <span class="stale">, of the text before it was changed</span>}
        </span>
      </header>
      {blocks?.length === 0 && (
        <p class="empty">
          There is no test yet. Write <code>test "somebody calls" for "…" {"{ … }"}</code> beside the strategy; each
          runs on a clock of its own, and says whether what it expects came to pass.
        </p>
      )}
      <ul class="tests">
        {blocks?.map((block) => (
          <Test key={keyOf(block)} block={block} told={told.get(keyOf(block))} />
        ))}
      </ul>
      {tests?.covered && <Coverage covered={tests.covered} />}
    </section>
  );
}

function follow(follows: boolean): void {
  change(({ results }) => void (results.follows = follows));
  if (follows) void runTests();
}

function summary(tested: readonly Tested[]): string {
  const failed = tested.filter(({ passed }) => !passed).length;
  return `${tested.length - failed} passed, ${failed} failed`;
}

function Test({ block, told }: { block: Block; told?: Tested }) {
  const verdict = told ? (told.passed ? "passed" : "failed") : "not run";
  return (
    <li class={`test ${verdict.replace(" ", "-")}`}>
      <span class="verdict">{verdict}</span>
      <button type="button" class="link name" onClick={() => goTo(block)}>
        {block.name}
      </button>
      <span class="figure soft">{told && duration(told.ms)}</span>
      <button type="button" class="small" aria-label={`Run “${block.name}”`} onClick={() => void runTests(block)}>
        Run
      </button>
      <button type="button" class="small" aria-label={`Watch “${block.name}” as a run`} onClick={() => watch(block)}>
        Watch
      </button>
      {told && told.failures.length > 0 && (
        <ul class="failures">
          {told.failures.map((failure, nth) => (
            <li key={nth}>
              <button type="button" class="link" onClick={() => goTo(failure)}>
                {placeText(failure)}
              </button>{" "}
              {failure.message}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The test as a run, to be looked at from instant to instant. */
function watch({ path, name }: Block): void {
  choose({ from: "test", path, name });
  change((page) => void (page.panel = "run"));
}

/** On the virtual clock. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const kinds = { branch: "branches", outcome: "outcomes", step: "steps" } as const;

function Coverage({ covered }: { covered: readonly Covered[] }) {
  const missed = covered.filter(({ times }) => times === 0);
  return (
    <div class="coverage">
      <h3>What tests come to</h3>
      <dl>
        {(["branch", "outcome", "step"] as const).map((kind) => (
          <Share key={kind} name={kinds[kind]} of={covered.filter(({ what }) => what === kind)} />
        ))}
      </dl>
      {missed.length > 0 && (
        <details open={missed.length < 10}>
          <summary>No test comes to {missed.length === 1 ? "one of them" : `${missed.length} of them`}</summary>
          <ul>
            {missed.map(({ what, name, path, range }, nth) => (
              <li key={nth}>
                <button type="button" class="link" onClick={() => goTo({ path, range })}>
                  {placeText({ path, range })}
                </button>{" "}
                {what} <code>{name}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Share({ name, of }: { name: string; of: readonly Covered[] }) {
  if (of.length === 0) return null;
  const reached = of.filter(({ times }) => times > 0).length;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <meter aria-label={name} max={of.length} value={reached} />
        <span class="figure">
          {reached} of {of.length}
        </span>
      </dd>
    </div>
  );
}
