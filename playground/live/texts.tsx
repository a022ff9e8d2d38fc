import { show } from "../share/opening.ts";
import { setAside } from "../share/saved.ts";
import { change, current, useStore } from "../store.ts";
import { isOwn, otherPaths } from "./site.ts";

/** Whether the texts of this page are those that run, and the ways from one to the other. */
export function Texts() {
  const site = useStore(({ live }) => live.site);
  const files = useStore((page) => page.site.files);
  const findings = useStore((page) => page.findings);
  const loading = useStore(({ live }) => live.loading);
  const isItsOwn = useStore(({ live }) => isOwn(live));
  if (!site) return null;
  const others = otherPaths(files, site);
  const hasErrors = Object.values(findings).some((some) => some.some(({ severity }) => severity === "error"));
  const refusal = hasErrors
    ? "The texts of this page have errors."
    : others.every((path) => !path.endsWith(".strategy"))
      ? "The strategies are those that run."
      : undefined;
  return (
    <section class="run-part live-texts" aria-label="Texts of the run">
      <p>
        {others.length === 0
          ? "The texts of this page are those that run."
          : `Other texts run than those of this page: ${others.join(", ")}.`}
      </p>
      <div class="hand">
        <button
          type="button"
          class={isItsOwn ? undefined : "main"}
          disabled={others.length === 0}
          onClick={openRunning}
        >
          Open what runs
        </button>
        {site.mayLoad ? (
          <button
            type="button"
            class={isItsOwn ? "main" : undefined}
            disabled={refusal !== undefined || loading === "asking"}
            onClick={askToLoad}
          >
            Load into the run…
          </button>
        ) : (
          <span class="soft">Loading is not permitted: the run was started without --allow-load.</span>
        )}
        {site.mayLoad && refusal !== undefined && others.length > 0 && <span class="soft">{refusal}</span>}
      </div>
      <Loading isOfOthers={others.length > 0} />
    </section>
  );
}

const askToLoad = (): void => change((page) => void (page.dialog = "load into the run"));

/** What was written here before can be had back. */
function openRunning(): void {
  const { site } = current().live;
  if (!site) return;
  setAside();
  const open = site.files.find(({ path }) => path.endsWith(".strategy"))?.path ?? "";
  show({
    site: { files: site.files.map((file) => ({ ...file })) },
    scenario: { origin: { from: "hand" }, acts: [] },
    open,
  });
  // What was said of other texts is said of these no more.
  change(({ live }) => void Object.assign(live, { opened: site.program, loading: undefined }));
}

/** `isOfOthers`: the page has other texts than run; else a refusal is of texts that are gone. */
function Loading({ isOfOthers }: { isOfOthers: boolean }) {
  const loading = useStore(({ live }) => live.loading);
  if (loading === undefined) return null;
  if (loading === "asking") return <p role="status">The run checks the texts and runs their tests…</p>;
  if (loading.isBad && !isOfOthers) return null;
  return (
    <div role="status">
      <p class={loading.isBad ? "bad" : "good"}>{loading.text}</p>
      <ul>
        {loading.findings.map(({ severity, message, path, line, column }) => (
          <li key={`${path}:${line}:${column} ${message}`}>
            {path}:{line}:{column} {severity}: {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
