import type { Statement } from "../../ast.ts";

type Kinds = ReadonlySet<Statement["kind"]>;

/** What looks for somebody or something to take the call. */
export const routing: Kinds = new Set([
  "queue",
  "ring",
  "preview",
  "ask",
  "dial",
  "transfer",
  "refer",
  "voicemail",
  // Unread, it may be any of them.
  "hole",
]);

/** What ends it, come what may. */
export const ending: Kinds = new Set(["hangup", "reject", "redirect"]);
