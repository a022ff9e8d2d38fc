import { show } from "../share/opening.ts";
import { setAside } from "../share/saved.ts";
import { current, useStore } from "../store.ts";
import { load } from "./link.ts";
import { commonFiles } from "./site.ts";

/** Whether the texts of this page are those that run, and the ways from one to the other. */
export function Texts() {
  const site = useStore(({ live }) => live.site);
  const files = useStore((page) => page.site.files);
  const findings = useStore((page) => page.findings);
  const loading = useStore(({ live }) => live.loading);
  if (!site) return null;
  const common = new Set(commonFiles(files, site).map(({ path }) => path));
  const names = new Set([...files, ...site.files].map(({ path }) => path));
  const others = [...names].filter((path) => !common.has(path));
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
        <button type="button" disabled={others.length === 0} onClick={openRunning}>
          Open what runs
        </button>
        {site.mayLoad ? (
          <button
            type="button"
            class="main"
            disabled={refusal !== undefined || loading === "asking"}
            onClick={() => void load()}
          >
            Load into the run
          </button>
        ) : (
          <span class="soft">Loading is not permitted: the run was started without --allow-load.</span>
        )}
        {site.mayLoad && refusal !== undefined && others.length > 0 && <span class="soft">{refusal}</span>}
      </div>
      <Loading />
    </section>
  );
}

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
}

function Loading() {
  const loading = useStore(({ live }) => live.loading);
  if (loading === undefined) return null;
  if (loading === "asking") return <p role="status">The run checks the texts and runs their tests…</p>;
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
