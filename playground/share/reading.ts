import type { Origin, Scenario, Site, TextFile, Work } from "../model.ts";
import { wallOf } from "../scene/begin.ts";
import { isAct, isTime } from "./acts.ts";
import { limits, plainText, wrongName } from "./limits.ts";

/** Somebody's work, out of what a link, a file or the browser's memory holds; or a sentence that says why not. */
export function readWork(value: unknown): Work | { refused: string } {
  const { files, prompts, open, scenario } = record(value);
  const read = readFiles(files);
  if (!Array.isArray(read)) return read;
  const [first] = read;
  if (!first) return { refused: "it holds no file" };
  const site: Site = { files: read, ...(prompts !== undefined && { prompts: readPrompts(prompts) }) };
  const known = read.find(({ path }) => path === open) ?? read.find(({ path }) => path.endsWith(".strategy")) ?? first;
  return { site, open: known.path, scenario: readScenario(scenario) };
}

/** The same as plain data, for `readWork`. */
export function workData({ site, open, scenario }: Work): object {
  return { ...site, open, scenario };
}

function readFiles(value: unknown): TextFile[] | { refused: string } {
  if (!Array.isArray(value)) return { refused: "it holds no files" };
  if (value.length > limits.files) return { refused: `it holds more than ${limits.files} files` };
  const files: TextFile[] = [];
  let length = 0;
  for (const one of value) {
    const { path, text } = record(one);
    if (typeof path !== "string" || typeof text !== "string") return { refused: "a file in it has no name or no text" };
    const wrong = wrongName(
      path,
      files.map((file) => file.path),
    );
    if (wrong !== undefined) return { refused: `“${path.slice(0, limits.path)}”: ${wrong}` };
    length += text.length;
    if (length > limits.text) return { refused: `its texts are longer than ${limits.text} characters together` };
    files.push({ path, text: plainText(text) });
  }
  return files;
}

function readPrompts(value: unknown): Record<string, number> {
  const lengths = Object.entries(record(value)).filter((entry): entry is [string, number] => isTime(entry[1]));
  return Object.fromEntries(lengths.slice(0, limits.prompts));
}

/** What is not understood of a scenario is left out: the text matters more. */
function readScenario(value: unknown): Scenario {
  const { origin, acts } = record(value);
  const known = Array.isArray(acts) ? acts.slice(0, limits.acts).filter(isAct) : [];
  return { origin: readOrigin(origin), acts: known };
}

function readOrigin(value: unknown): Origin {
  const { from, path, name, begins } = record(value);
  if ((from === "test" || from === "traffic") && typeof path === "string" && typeof name === "string")
    return { from, path, name };
  return typeof begins === "string" && wallOf(begins) ? { from: "hand", begins } : { from: "hand" };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
