import type { Place } from "./model.ts";
import { lineOf } from "./scene/marks.ts";
import { change, current } from "./store.ts";

/** The editor goes there; a small window shows the text first, because what is hidden takes no focus. */
export function goTo({ path, range }: Place): void {
  change((page) => void (page.narrow = "text"));
  requestAnimationFrame(() =>
    change((page) => {
      page.open = path;
      page.goal = { path, range };
    }),
  );
}

/** `first-call.strategy:12`, as findings name it. */
export function placeText({ path, range }: Place): string {
  const text = current().site.files.find((file) => file.path === path)?.text ?? "";
  return `${path}:${lineOf(text, range.start)}`;
}
