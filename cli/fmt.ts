import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { format, makeSource } from "../language/index.ts";
import { refuse } from "./check.ts";
import { exit, reason, UsageError } from "./exit.ts";
import { readSource, strategyFiles } from "./files.ts";
import { complain, say } from "./output.ts";

export interface FmtOptions {
  /** Only tell which files would change. */
  check: boolean;
}

export function fmt(paths: string[], options: FmtOptions): number {
  if (paths.length === 1 && paths[0] === "-") return formatStdin(options);
  if (paths.includes("-")) throw new UsageError("- stands alone: it reads stdin, and writes no file");
  let unformatted = 0;
  let broken = 0;
  for (const path of strategyFiles(paths)) {
    const source = readSource(path);
    const { text, diagnostics } = format(source);
    if (text === undefined) {
      refuse(diagnostics, [source]);
      broken += 1;
    } else if (text !== source.text) {
      unformatted += 1;
      say(path);
      if (!options.check) replaceFile(path, text);
    }
  }
  return broken > 0 || (options.check && unformatted > 0) ? exit.failed : exit.ok;
}

function formatStdin(options: FmtOptions): number {
  const source = makeSource("stdin", readFileSync(0, "utf8"));
  const { text, diagnostics } = format(source);
  if (text === undefined) {
    refuse(diagnostics, [source]);
    return exit.failed;
  }
  if (!options.check) process.stdout.write(text);
  else if (text !== source.text) complain("stdin is not formatted");
  return options.check && text !== source.text ? exit.failed : exit.ok;
}

/** Writes beside the file and renames, so that a full disk or a crash leaves the old text. A link stays one. */
function replaceFile(path: string, text: string): void {
  try {
    const file = realpathSync(path);
    const beside = `${file}.formatting-${process.pid}`;
    writeFileSync(beside, text, { mode: statSync(file).mode });
    renameSync(beside, file);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reason(error)}`);
  }
}
