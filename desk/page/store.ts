import { useEffect, useState } from "preact/hooks";
import type { Page } from "./model.ts";

/* The one state of the page. Parts follow what they show of it. */

let page: Page = {
  at: "opening",
  isHere: false,
  language: "en",
  theme: "system",
  isLoud: true,
  agents: [],
  calls: [],
  previews: [],
  queues: [],
  notices: [],
};
const followers = new Set<() => void>();

export const current = (): Page => page;

export function change(parts: Partial<Page>): void {
  page = { ...page, ...parts };
  for (const follower of followers) follower();
}

export function usePage<T>(look: (page: Page) => T): T {
  const [, again] = useState(0);
  useEffect(() => {
    let seen = look(page);
    const follower = (): void => {
      const now = look(page);
      if (Object.is(now, seen)) return;
      seen = now;
      again((times) => times + 1);
    };
    followers.add(follower);
    follower();
    return () => void followers.delete(follower);
  }, []);
  return look(page);
}
