import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, reason, UsageError } from "./exit.ts";
import { say } from "./output.ts";

/** What a new folder is a copy of: it is checked, tested and called in our own tests. */
const example = "first-call";
/** Its strategy and site are called so. */
const exampleName = "first call";

/** Makes a folder with a strategy, its directory, tests, traffic and prompts, which runs as it is. Nothing that exists is touched. */
export function create(folder: string): number {
  const name = folder === "" ? "" : basename(resolve(folder));
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u.test(name)) {
    throw new UsageError(`"${name}" cannot name a strategy; take letters, digits, blanks, dots and hyphens`);
  }
  if (existsSync(folder))
    throw new UsageError(`${folder} is there already, and nothing is written over; take another name`);
  const strategy = `${name.replaceAll(" ", "-")}.strategy`;
  try {
    copy(fileURLToPath(examples()), folder, (from, to) => {
      if (from.endsWith(".strategy")) writeFileSync(join(dirname(to), strategy), renamed(from, name));
      else if (from.endsWith(".yaml")) writeFileSync(to, renamed(from, name));
      else if (from.endsWith(".wav")) copyFileSync(from, to);
    });
  } catch (error) {
    throw new UsageError(`cannot write ${folder}: ${reason(error)}`);
  }
  const shown = quoted(relative(process.cwd(), folder) || folder);
  say(`made ${shown}: ${strategy}, directory.yaml, prompts`);
  say(`next: cordboard test ${shown}, then cordboard run ${shown}`);
  return exit.ok;
}

/** They are part of the package: two folders up when built, one when run from source. */
function examples(): URL {
  return new URL(`${import.meta.url.endsWith(".ts") ? "../" : "../../"}examples/${example}`, import.meta.url);
}

function copy(from: string, to: string, file: (from: string, to: string) => void): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!entry.isDirectory()) file(source, target);
    else if (!entry.name.startsWith(".")) copy(source, target, file);
  }
}

/** In a strategy the name stands in quotes; in the directory it gets them, for a name may look like a number. */
function renamed(path: string, name: string): string {
  const text = readFileSync(path, "utf8");
  return text.replaceAll(`"${exampleName}"`, `"${name}"`).replace(`name: ${exampleName}`, `name: "${name}"`);
}

function quoted(path: string): string {
  return path.includes(" ") ? `"${path}"` : path;
}
