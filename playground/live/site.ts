import type { TextFile } from "../model.ts";
import { change } from "../store.ts";
import { ask, type Door, Refused, textOf } from "./ask.ts";
import type { Live, LiveLoading, LiveSite } from "./model.ts";

/* The texts of a run, and those of the page in their place. */

export const readSite = (door: Door): Promise<LiveSite> => ask<LiveSite>(door, "/api/site");

export function showSite(site: LiveSite): void {
  change(({ live, site: { files } }) => {
    live.site = site;
    if (otherPaths(files, site).length === 0) live.opened = site.program;
  });
}

/** Whether what is written here is meant in the place of what runs: nobody has loaded another since it was opened. */
export const isOwn = ({ opened, site }: Live): boolean => opened !== undefined && opened === site?.program;

/** What became of a loading; `opened`: the texts that run since. */
interface Loaded {
  opened?: string;
  loading: LiveLoading;
}

/** Has these strategies run there, in the place of `program`. */
export async function loadSite(door: Door, program: string, files: readonly TextFile[]): Promise<Loaded> {
  try {
    const answer = await ask<Pick<LiveSite, "program"> & Pick<LiveLoading, "findings">>(door, "/api/site", {
      program,
      files,
    });
    return { opened: answer.program, loading: { text: loaded, isBad: false, findings: answer.findings } };
  } catch (error) {
    const findings = (error instanceof Refused && error.answer?.findings) || [];
    const sorted = findings.toSorted((a, b) => weight(a) - weight(b));
    return { loading: { text: textOf(error), isBad: true, findings: sorted } };
  }
}

export const showLoaded = (loaded: Loaded): void => change(({ live }) => void Object.assign(live, loaded));

const loaded =
  "Loaded: new calls use it, calls under way keep what they came with. It stands in no file there: when a file of the run changes, or it is started again, the files run.";

/** What stops the loading comes first. */
const weight = ({ severity }: LiveLoading["findings"][number]): number =>
  severity === "error" ? 0 : severity === "warning" ? 1 : 2;

/** Of all files, those that are loaded: a directory is the affair of who runs it. */
export const strategiesOf = (files: readonly TextFile[]): TextFile[] =>
  files.filter(({ path }) => path.endsWith(".strategy"));

/** Files that are here and not there, there and not here, or another text. */
export function otherPaths(files: readonly TextFile[], site: LiveSite): string[] {
  const common = new Set(commonFiles(files, site).map(({ path }) => path));
  const paths = new Set([...files, ...site.files].map(({ path }) => path));
  return [...paths].filter((path) => !common.has(path));
}

/** Files of the page that are as they run. */
export function commonFiles(files: readonly TextFile[], site: LiveSite | undefined): TextFile[] {
  const running = new Map(site?.files.map(({ path, text }) => [path, text]));
  return files.filter(({ path, text }) => running.get(path) === text);
}
