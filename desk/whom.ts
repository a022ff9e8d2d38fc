import { type Directory, routeOf } from "../language/index.ts";
import type { Refusal } from "./refusals.ts";

/* Whom people mean: they say names, and the engine ids, extensions and numbers. */

export interface NotKnown extends Refusal {
  /** As it was said. */
  name: string;
}

const folded = (text: string): string => text.trim().normalize("NFC").toLowerCase();

/** An agent's id for his name, in upper or lower case; all else, and what has that name exactly, as it was said. */
export function meant(said: string, { agents, groups, mailboxes, numbers }: Directory): string | NotKnown {
  if ([agents, groups, mailboxes, numbers].some((things) => Object.hasOwn(things, said))) return said;
  const ids = Object.values(agents).flatMap(({ id, name }) =>
    folded(name) === folded(said) || folded(id) === folded(said) ? [id] : [],
  );
  if (ids.length < 2) return ids[0] ?? said;
  const error = `${ids.length} people are called \`${said}\`: say the extension or id (${ids.join(", ")})`;
  return { error, code: "several_called", name: said };
}

/** For what could not be reached: undefined where there is such a person or number. */
export function nobodyCalled(said: string, directory: Directory): NotKnown | undefined {
  const { agents, numbers } = directory;
  const isOurs = [agents, numbers].some((things) => Object.hasOwn(things, said));
  const isExtension = Object.values(agents).some(({ extension }) => extension === said);
  const isNumber = /^\+?[\d\s().*#-]{1,40}$/.test(said) && routeOf(said, directory).length > 0;
  if (isOurs || isExtension || isNumber) return undefined;
  return { error: `nobody is called \`${said}\`; GET /api/agents lists them`, code: "nobody_called", name: said };
}
