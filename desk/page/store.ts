import { useEffect, useRef, useState } from "preact/hooks";
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
  mailboxes: [],
  texts: [],
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
  const picked = look(page);
  // What is looked for may depend on properties of the part, which change.
  const drawn = useRef({ look, picked });
  drawn.current = { look, picked };
  useEffect(() => {
    const follower = (): void => {
      if (!Object.is(drawn.current.look(page), drawn.current.picked)) again((times) => times + 1);
    };
    followers.add(follower);
    // What has changed since it was drawn for the first time.
    follower();
    return () => void followers.delete(follower);
  }, []);
  return picked;
}
