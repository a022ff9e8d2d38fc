import type { Expr } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";

type Houses = Pick<Directory, "mailboxes" | "groups">;

/** Whether a mailbox is kept by us and by no other system; not known of one that is computed. */
export function isOurMailbox(expr: Expr, { mailboxes, groups }: Houses): boolean {
  if (expr.kind !== "thing" || expr.noun !== "mailbox") return false;
  const written = expr.of?.name ?? expr.name;
  if (written.kind !== "name") return false;
  const name = expr.of ? groups[written.text]?.mailbox : written.text;
  return name !== undefined && isOurs(name, { mailboxes });
}

export const isOurs = (mailbox: string, { mailboxes }: Pick<Directory, "mailboxes">): boolean =>
  Object.hasOwn(mailboxes, mailbox) && mailboxes[mailbox]?.on === undefined;
