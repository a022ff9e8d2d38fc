import type { Diagnostic } from "../diagnostic.ts";
import type { Directory } from "./directory.ts";
import { sayInto, saysNothing } from "./say.ts";
import type { Raw } from "./schema.ts";

/** Things that are there, and nobody thought of what they are for. */
export function checkForgotten(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  const say = sayInto(diagnostics);
  for (const group of raw.groups ?? []) {
    const { where, members } = directory.groups[group.name] ?? {};
    if (!saysNothing(group.value, "members") || members?.length || ("where" in group.value && !where)) continue;
    const hint = where ? "nobody meets its `where`" : "list agents in its `members`, or write `where`";
    say("warning", "D120", group.place, `nobody is in group \`${group.name}\``, hint);
  }
  const named = new Set(Object.values(directory.groups).map((group) => group.mailbox));
  for (const mailbox of raw.mailboxes ?? []) {
    if ("owner" in mailbox.value || named.has(mailbox.name)) continue;
    const message = `nobody owns mailbox \`${mailbox.name}\`: what callers leave there may never be heard`;
    say("warning", "D121", mailbox.place, message, "write its `owner`: `group NAME` or `agent NAME`");
  }
}
