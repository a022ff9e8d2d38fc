import { type Core, record } from "./core.ts";
import type { Event } from "./events.ts";
import { classOf } from "./queue/statistics.ts";
import { entry } from "./strategy/things.ts";

type Changed = Extract<Event, { type: "mailbox.changed" }>;

/** Whose mailbox it is is told how many messages wait. */
export function mailboxChanged(core: Core, { mailbox, new: fresh, old }: Changed): void {
  const owner = entry(core.directory.mailboxes, mailbox)?.owner;
  const members = owner?.kind === "group" ? classOf(core, { is: "group", group: owner.name }).members : [];
  const agents = owner?.kind === "agent" ? [owner.name] : [...members].toSorted();
  record(core, { type: "mailbox.status", mailbox, waiting: fresh > 0, new: fresh, old, agents });
}
