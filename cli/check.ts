import { type Diagnostic, positionAt, severityRanks, render, type Severity, type Source } from "../language/index.ts";
import { exit, UsageError } from "./exit.ts";
import { filesOf } from "./files.ts";
import { loadFiles } from "./load.ts";
import { complain, count, say, wantsColour } from "./output.ts";
import { sarif } from "./sarif.ts";

export interface CheckOptions {
  directory: string[];
  format: "human" | "json" | "sarif";
  strict: boolean;
}

export function check(paths: string[], options: CheckOptions): number {
  const files = filesOf(paths, options.directory);
  if (files.strategies.length === 0 && files.directory.length === 0) {
    throw new UsageError(`neither a .strategy file nor a directory in ${paths.join(", ")}`);
  }
  const loaded = loadFiles(files);
  const { sources, diagnostics } = loaded;
  if (options.format === "json")
    say(
      JSON.stringify(
        diagnostics.map((one) => withPositions(one, sources)),
        null,
        2,
      ),
    );
  else if (options.format === "sarif") say(JSON.stringify(sarif(loaded), null, 2));
  else printHuman(diagnostics, sources);
  const errors = diagnostics.some((one) => one.severity === "error" || (options.strict && one.severity === "warning"));
  return errors ? exit.failed : exit.ok;
}

/** Findings for people, then one line that counts them. */
function printHuman(diagnostics: Diagnostic[], sources: Source[]): void {
  if (diagnostics.length > 0) say(render(diagnostics, sources, { colour: wantsColour(1) }));
  say(summary(diagnostics));
}

/** How many there are, and how to read more about the worst of them. */
function summary(diagnostics: Diagnostic[]): string {
  const [worst] = diagnostics.toSorted((a, b) => severityRanks[a.severity] - severityRanks[b.severity]);
  if (!worst) return "no findings";
  const of = (severity: Severity): number => diagnostics.filter((one) => one.severity === severity).length;
  const counts = [count(of("error"), "error"), count(of("warning"), "warning"), count(of("hint"), "hint")].join(", ");
  return `${counts}\nmore about a code, and how to mend it: cordboard explain ${worst.code}`;
}

function withPositions(one: Diagnostic, sources: Source[]): object {
  const source = sources.find((candidate) => candidate.path === one.path);
  if (!source) return one;
  return { ...one, start: positionAt(source, one.range.start), end: positionAt(source, one.range.end) };
}

/** Errors on stderr, for commands that need a sound program to begin with. */
export function refuse(diagnostics: Diagnostic[], sources: Source[]): void {
  complain(render(diagnostics, sources, { colour: wantsColour(2) }));
  complain(summary(diagnostics));
}
