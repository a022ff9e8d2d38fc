import { bare, dialable } from "../phone.ts";
import type { Destination } from "./directory.ts";

/** `group Reception`, `mailbox it`, `agent "Otto B."`, or a number. Undefined when it is none of them. */
export function readDestination(text: string): Destination | undefined {
  const thing = /^(group|mailbox|agent)\s+(?:"([^"]+)"|(\S.*))$/.exec(text.trim());
  if (thing) {
    const name = thing[2] ?? thing[3]?.trim() ?? "";
    const kind = thing[1] === "group" ? "group" : thing[1] === "mailbox" ? "mailbox" : "agent";
    return { kind, name };
  }
  return dialable.test(text) ? { kind: "number", number: bare(text) } : undefined;
}
