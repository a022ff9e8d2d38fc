import type { Diagnostic, Severity } from "../../language/index.ts";
import { goTo, placeText } from "../places.ts";
import { useStore } from "../store.ts";

/** What is wrong in all files, as a list; the editor goes to what is chosen. */
export function Problems() {
  const findings = useStore((page) => page.findings);
  const checking = useStore((page) => page.checking);
  const all = Object.values(findings).flat();
  return (
    <details class="problems">
      <summary>
        <span role="status">{checking === "ready" ? summary(all) : unchecked[checking]}</span>
        <span class="keys">F8 next finding · F1 all commands · Ctrl+M lets Tab leave the editor</span>
      </summary>
      <ul>
        {all.map((one, nth) => (
          <li key={nth}>
            <Problem {...one} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const unchecked = {
  first: "Checking…",
  stopped: "Checking took too long and was stopped; it begins again when the text changes.",
};

function Problem({ code, severity, message, hint, path, range }: Diagnostic) {
  // A place counts lines of the text as it is.
  useStore((page) => page.site);
  return (
    <button type="button" class={`problem ${severity}`} onClick={() => goTo({ path, range })}>
      <span class="where">{placeText({ path, range })}</span>
      <span class="what">
        <b>{severity}</b> {message}
        {hint && <span class="remedy">{hint}</span>}
      </span>
      <span class="code-of">{code}</span>
    </button>
  );
}

function summary(all: readonly Diagnostic[]): string {
  if (all.length === 0) return "No findings";
  const of = (severity: Severity) => all.filter((one) => one.severity === severity).length;
  const counts = (["error", "warning", "hint"] as const).map((severity) => [of(severity), severity] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? "" : "s"}`)
    .join(", ");
}
