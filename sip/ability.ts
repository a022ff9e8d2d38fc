import { type AnyNode, type Directory, walk } from "../language/index.ts";
import { tongueOf } from "./saying/spoken.ts";

export interface NotLive {
  /** Offset in the text. */
  at: number;
  what: string;
}

/** The statements below a node that are not done on live calls, with what becomes of the call. Whoever makes one work takes it out here. */
export function notLive(node: AnyNode, directory: Directory): NotLive[] {
  const found: NotLive[] = [];
  walk(node, (each) => {
    if (each.kind === "say") {
      for (const language of directory.site.languages.filter((one) => !tongueOf(one))) {
        found.push({ at: each.range.start, what: `nothing is spoken in ${language}, and the call goes on` });
      }
    }
  });
  return found.toSorted((a, b) => a.at - b.at);
}
