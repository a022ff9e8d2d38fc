import { themes, type Work } from "../model.ts";
import { change, current, follow } from "../store.ts";
import { readWork, workData } from "./reading.ts";

/* What the browser remembers: the work of last time and the one before, and the theme. A page without memory works as well. */

const keys = { work: "cordboard.work", earlier: "cordboard.earlier", theme: "cordboard.theme" } as const;

/** More is not kept: browsers give some 5 MB to a whole site. */
const mostCharacters = 1_500_000;

export const savedWork = (): Work | undefined => remembered("work");

/** What another work has taken the place of. */
export const earlierWork = (): Work | undefined => remembered("earlier");

function remembered(key: "work" | "earlier"): Work | undefined {
  try {
    const read = readWork(JSON.parse(get(key) ?? "null"));
    return "refused" in read ? undefined : read;
  } catch {
    return undefined;
  }
}

/** Another work is about to be shown: the one of now can be had back. */
export function setAside(): void {
  const now = get("work");
  if (now === undefined) return;
  put("earlier", now);
  change((page) => void (page.hasEarlier = true));
}

/** Begins to keep what is written, a moment after it is. */
export function startSaving(onWriting: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = JSON.stringify(workData(current()));
    if (text.length <= mostCharacters) put("work", text);
  };
  const soon = (): void => {
    onWriting();
    timer ??= setTimeout(save, 500);
  };
  follow(({ site }) => site, soon);
  follow(({ scenario }) => scenario, soon);
  addEventListener("pagehide", () => timer !== undefined && save());
}

/** What of the page itself was chosen or done before. */
export function rememberPage(): void {
  change((page) => void (page.hasEarlier = get("earlier") !== undefined));
  const theme = themes.find((one) => one === get("theme"));
  if (theme) change((page) => void (page.theme = theme));
  follow(
    ({ theme }) => theme,
    (now) => put("theme", now),
  );
}

function get(key: keyof typeof keys): string | undefined {
  try {
    return localStorage.getItem(keys[key]) ?? undefined;
  } catch {
    return undefined;
  }
}

function put(key: keyof typeof keys, text: string): void {
  try {
    localStorage.setItem(keys[key], text);
  } catch {
    // Full or forbidden: the text is on the page all the same.
    return;
  }
}
