import { type Draft, produce } from "immer";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { blankPage, type Page } from "./model.ts";

/* The page's one state. Nothing else holds any, and nothing changes it but a recipe given to `change`. */

let page: Page = blankPage;
const watchers = new Set<() => void>();

export const current = (): Page => page;

export function change(recipe: (draft: Draft<Page>) => void): void {
  const next = produce(page, (draft) => {
    recipe(draft);
  });
  if (next === page) return;
  page = next;
  for (const watcher of watchers) watcher();
}

/** Calls `react` whenever the selected part is another than before. Returns what ends that. */
export function follow<T>(select: (page: Page) => T, react: (now: T, before: T) => void): () => void {
  let before = select(page);
  const watcher = (): void => {
    const now = select(page);
    if (Object.is(now, before)) return;
    const last = before;
    before = now;
    react(now, last);
  };
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** Part of the state, for a component: `select` picks what is there and makes nothing new. */
export function useStore<T>(select: (page: Page) => T): T {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const picked = select(page);
  const latest = useRef({ select, picked });
  latest.current = { select, picked };
  useLayoutEffect(() => {
    const watcher = (): void => {
      const { select, picked } = latest.current;
      if (!Object.is(select(page), picked)) redraw();
    };
    watchers.add(watcher);
    watcher();
    return () => void watchers.delete(watcher);
  }, []);
  return picked;
}
