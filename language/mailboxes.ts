import type { Expr } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";
import { normalise } from "./phone.ts";

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

type Site = Pick<Directory, "mailboxes" | "site">;

const books = new WeakMap<Site, Map<string, string[]>>();

/** Mailboxes kept by us that are heard at this number. Found at once, for every call asks. */
export function mailboxesAt(number: string, directory: Site): readonly string[] {
  return bookOf(directory).get(normalise(number, directory.site.country)) ?? [];
}

function bookOf(directory: Site): Map<string, string[]> {
  const known = books.get(directory);
  if (known) return known;
  const book = new Map<string, string[]>();
  for (const { id, access } of Object.values(directory.mailboxes)) {
    if (access === undefined || !isOurs(id, directory)) continue;
    const number = normalise(access, directory.site.country);
    const others = book.get(number);
    if (others) others.push(id);
    else book.set(number, [id]);
  }
  books.set(directory, book);
  return book;
}
