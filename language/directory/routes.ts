import { longestFitting } from "../phone.ts";
import type { Directory } from "./directory.ts";

/** By which trunks and trunk groups an outside number leaves; none where nobody may call it. */
export function routeOf(number: string, { defaults, site }: Directory): string[] {
  return named(number, { defaults, site }) ?? defaults.outbound;
}

/** Whether the directory says that nobody may call this number, by whatever trunk. */
export function isClosed(number: string, directory: Pick<Directory, "defaults" | "site">): boolean {
  return named(number, directory)?.length === 0;
}

function named(number: string, { defaults, site }: Pick<Directory, "defaults" | "site">): string[] | undefined {
  const route = longestFitting(number, Object.keys(defaults.routes), site.country);
  return route === undefined ? undefined : defaults.routes[route];
}
