import { change } from "../store.ts";

/** What the page begins with: the first example, until somebody made something. */
export async function openWork(): Promise<void> {
  const { examples } = await import("./examples.ts");
  const work = examples.get("first-call");
  if (work) change((page) => void Object.assign(page, work));
}
