import { mailboxesAt } from "../mailboxes.ts";
import { samePhone } from "../phone.ts";
import type { Directory } from "./directory.ts";

/** What of the directory has a number: calls to it come to no entry. */
export interface Taken {
  noun: "mailbox" | "flag";
  name: string;
  /** What calls to the number do: a phrase. */
  use: string;
}

/** Where messages that we keep are heard, else what turns a flag. */
export function takenBy(number: string, directory: Directory): Taken | undefined {
  const [mailbox] = mailboxesAt(number, directory);
  if (mailbox !== undefined) return { noun: "mailbox", name: mailbox, use: `is where mailbox \`${mailbox}\` is heard` };
  const { flags, site } = directory;
  const flag = Object.values(flags).find(({ dial }) => dial !== undefined && samePhone(dial, number, site.country));
  return flag && { noun: "flag", name: flag.name, use: `turns flag \`${flag.name}\`` };
}
