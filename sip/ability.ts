import { type AnyNode, type Ask, type Directory, walk } from "../language/index.ts";
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
    if (each.kind === "ask" && isAtHost(each, directory)) {
      found.push({ at: each.range.start, what: "no bot at a host is spoken to: the outcome is `failed`" });
    }
  });
  return found.toSorted((a, b) => a.at - b.at);
}

function isAtHost({ bot, over }: Ask, { bots }: Directory): boolean {
  const name = bot.kind === "thing" && bot.name.kind === "name" ? bot.name.text : "";
  const entry = Object.hasOwn(bots, name) ? bots[name] : undefined;
  return over === undefined && entry?.trunk === undefined && entry?.host !== undefined;
}
