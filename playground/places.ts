import type { Place } from "./model.ts";
import { lineOf } from "./scene/marks.ts";
import { change, current } from "./store.ts";

/** The editor goes there; a small window shows the text. */
export function goTo({ path, range }: Place): void {
  change((page) => {
    page.open = path;
    page.goal = { path, range };
    page.narrow = "text";
  });
}

/** `first-call.strategy:12`, as findings name it. */
export function placeText({ path, range }: Place): string {
  const text = current().site.files.find((file) => file.path === path)?.text ?? "";
  return `${path}:${lineOf(text, range.start)}`;
}
