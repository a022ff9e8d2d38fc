import type { Work } from "../model.ts";
import { notify } from "../notices.tsx";
import { blankPictures } from "../pictures/model.ts";
import { blankResults } from "../results/model.ts";
import { blankScene } from "../scene/model.ts";
import { change } from "../store.ts";
import { isLink, unpacked } from "./link.ts";
import { rememberPage, savedWork, setAside, startSaving } from "./saved.ts";

/** What the page begins with: the link it was opened by, else what was written here last, else the first example. */
export async function startWork(): Promise<void> {
  const isEmbedded = new URLSearchParams(location.search).get("embed") === "1";
  change((page) => {
    page.isEmbedded = isEmbedded;
  });
  rememberPage();
  const opened = location.hash;
  const linked = await workOfLink(opened);
  const saved = isEmbedded ? undefined : savedWork();
  if (linked && saved) setAside();
  show(linked ?? saved ?? (await example("first-call")));
  addEventListener("hashchange", () => void followLink());
  // Somebody was quicker than the page.
  if (location.hash !== opened) void followLink();
  if (!isEmbedded) startSaving(forgetLink);
}

/** Puts a work in the place of what is on the page. */
export function show(work: Work | undefined): void {
  if (!work) return;
  change((page) => {
    // Copies, so that the same work begins anew when it is opened again.
    Object.assign(page, {
      site: { ...work.site },
      scenario: { ...work.scenario },
      open: work.open,
      findings: {},
      checking: "first",
      marks: {},
      scene: blankScene,
      results: blankResults,
      pictures: blankPictures,
      goal: undefined,
      wish: undefined,
    });
    page.live.opened = undefined;
  });
}

/** What somebody begins with who wants none of the examples; it has no prompts, and their lengths are those of the directory. */
export const emptyWork: Work = {
  site: {
    files: [
      { path: "main.strategy", text: "" },
      { path: "directory.yaml", text: "directory: 1\n" },
    ],
    prompts: {},
  },
  open: "main.strategy",
  scenario: { origin: { from: "hand" }, acts: [] },
};

export async function example(name: string): Promise<Work | undefined> {
  const { examples } = await import("./examples.ts");
  return examples.get(name);
}

async function followLink(): Promise<void> {
  const work = await workOfLink(location.hash);
  if (!work) return;
  setAside();
  show(work);
}

async function workOfLink(hash: string): Promise<Work | undefined> {
  if (!isLink(hash)) return undefined;
  const read = await unpacked(hash);
  if (!("refused" in read)) return read;
  notify(`The link cannot be opened: ${read.refused}. Ask for it to be sent again, as a file perhaps.`, "bad");
  return undefined;
}

/** What is written now is another work than the link's: a reload shall bring what was written. */
function forgetLink(): void {
  if (isLink(location.hash)) history.replaceState(null, "", location.pathname + location.search);
}
