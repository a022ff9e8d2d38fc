import { type Core, record } from "./core.ts";
import type { Event } from "./events.ts";
import { classOf } from "./queue/statistics.ts";
import { entry } from "./strategy/things.ts";

type Changed = Extract<Event, { type: "mailbox.changed" }>;

/** A mailbox of the directory, and who hears it: the owner, or the members of the group that owns it. */
export interface MailboxView {
  mailbox: string;
  /** Kept by us. */
  ours: boolean;
  owner?: { kind: "group" | "agent"; name: string };
  agents: string[];
}

/** Whose mailbox it is is told how many messages wait. */
export function mailboxChanged(core: Core, { mailbox, new: fresh, old }: Changed): void {
  record(core, {
    type: "mailbox.status",
    mailbox,
    waiting: fresh > 0,
    new: fresh,
    old,
    agents: mailboxView(core, mailbox)?.agents ?? [],
  });
}

export function mailboxView(core: Core, id: string): MailboxView | undefined {
  const mailbox = entry(core.directory.mailboxes, id);
  if (!mailbox) return undefined;
  const { owner } = mailbox;
  const members = owner?.kind === "group" ? classOf(core, { is: "group", group: owner.name }).members : [];
  const agents = owner?.kind === "agent" ? [owner.name] : [...members].toSorted();
  return { mailbox: id, ours: mailbox.on === undefined, owner, agents };
}
