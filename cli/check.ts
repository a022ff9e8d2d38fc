import { type Diagnostic, positionAt, render, type Source } from "../language/index.ts";
import { exit } from "./exit.ts";
import { load } from "./load.ts";
import { complain, count, say, wantsColour } from "./output.ts";
import { sarif } from "./sarif.ts";

export interface CheckOptions {
  directory: string[];
  format: "human" | "json" | "sarif";
  strict: boolean;
}

export function check(paths: string[], options: CheckOptions): number {
  const { sources, diagnostics } = load(paths, options.directory);
  if (options.format === "json")
    say(
      JSON.stringify(
        diagnostics.map((one) => withPositions(one, sources)),
        null,
        2,
      ),
    );
  else if (options.format === "sarif") say(JSON.stringify(sarif(diagnostics, sources), null, 2));
  else printHuman(diagnostics, sources);
  const errors = diagnostics.some((one) => one.severity === "error" || (options.strict && one.severity === "warning"));
  return errors ? exit.failed : exit.ok;
}

/** Findings for people on stderr's sister, then one line that counts them. */
export function printHuman(diagnostics: Diagnostic[], sources: Source[], print = say): void {
  if (diagnostics.length > 0) print(render(diagnostics, sources, { colour: wantsColour(1) }));
  print(summary(diagnostics));
}

function summary(diagnostics: Diagnostic[]): string {
  const of = (severity: Diagnostic["severity"]): number =>
    diagnostics.filter((one) => one.severity === severity).length;
  if (diagnostics.length === 0) return "no findings";
  return [count(of("error"), "error"), count(of("warning"), "warning"), count(of("hint"), "hint")].join(", ");
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
