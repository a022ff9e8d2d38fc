import { longestFitting, normalise } from "../phone.ts";
import type { Directory } from "./directory.ts";

/** By which trunks and trunk groups an outside number leaves; none where nobody may call it. */
export function routeOf(number: string, { defaults, site }: Directory): string[] {
  return named(number, { defaults, site }) ?? defaults.outbound;
}

/** Whether the directory says that nobody may call this number, by whatever trunk. */
export function isClosed(number: string, directory: Pick<Directory, "defaults" | "site">): boolean {
  return named(number, directory)?.length === 0;
}

/** Whether `outbound` says of a number by what it leaves, or that nobody may call it. Short numbers are outside only where it names them. */
export function isOutward(number: string, { defaults, site }: Pick<Directory, "defaults" | "site">): boolean {
  if (named(number, { defaults, site })) return true;
  return defaults.outbound.length > 0 && normalise(number, site.country).startsWith("+");
}

function named(number: string, { defaults, site }: Pick<Directory, "defaults" | "site">): string[] | undefined {
  const route = longestFitting(number, Object.keys(defaults.routes), site.country);
  return route === undefined ? undefined : defaults.routes[route];
}

/** A trunk by its name, the trunks of a group as they are written. */
export function trunksIn(name: string, { trunkGroups }: Pick<Directory, "trunkGroups">): string[] {
  return (Object.hasOwn(trunkGroups, name) && trunkGroups[name]?.trunks) || [name];
}

/** The trunks behind which a phone is: one, those of a group, or none where it registers with us. */
export function phoneTrunks(
  device: string,
  { devices, trunkGroups }: Pick<Directory, "devices" | "trunkGroups">,
): string[] {
  const trunk = Object.hasOwn(devices, device) ? devices[device]?.trunk : undefined;
  return trunk === undefined ? [] : trunksIn(trunk, { trunkGroups });
}
