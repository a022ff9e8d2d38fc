import type { TextFile } from "../model.ts";
import { change, current } from "../store.ts";
import { ask, type Door, Refused, textOf } from "./ask.ts";
import type { LiveLoading, LiveSite } from "./model.ts";

/* The texts of a run, and those of the page in their place. */

export async function readSite(door: Door): Promise<void> {
  const site = await ask<LiveSite>(door, "/api/site");
  change(({ live }) => void (live.site = site));
}

/** Has the page's strategies run there, in the place of those that do. */
export async function loadSite(door: Door): Promise<void> {
  const { site, live } = current();
  if (!live.site) return;
  told("asking");
  const files = site.files.filter(({ path }) => path.endsWith(".strategy"));
  try {
    const { program } = live.site;
    const { findings } = await ask<Pick<LiveLoading, "findings">>(door, "/api/site", { program, files });
    told({ text: "Loaded: new calls use it, calls under way keep what they came with.", isBad: false, findings });
  } catch (error) {
    const findings = (error instanceof Refused && error.answer?.findings) || [];
    told({ text: textOf(error), isBad: true, findings });
  }
  await readSite(door).catch(() => undefined);
}

const told = (loading: LiveLoading | "asking"): void => change(({ live }) => void (live.loading = loading));

/** Files of the page that are as they run. */
export function commonFiles(files: readonly TextFile[], site: LiveSite | undefined): TextFile[] {
  const running = new Map(site?.files.map(({ path, text }) => [path, text]));
  return files.filter(({ path, text }) => running.get(path) === text);
}
