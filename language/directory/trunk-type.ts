import type { Diagnostic } from "../diagnostic.ts";
import type { Directory, DirectoryResult, Trunk } from "./directory.ts";

/*
 * What a trunk is: a line or a group of lines, what is behind it, how its calls are known, and who registers. A run keeps that for as long as
 * it has a trunk of the name: phones, calls under way and registrations stand on it. Everything else about a trunk may change.
 */

/** Trunks that the run has, and that would be something else. */
export function changedTrunkTypes(
  running: Lines,
  { directory, places }: { directory: Lines } & Pick<DirectoryResult, "places">,
): Diagnostic[] {
  return Object.keys({ ...running.trunks, ...running.trunkGroups }).flatMap((name) => {
    const place = places.get(`trunk ${name}`) ?? places.get(`bot ${name}`);
    if (!place) return [];
    return differences(typeOf(running, name), typeOf(directory, name) ?? botOf(running, directory, name)).map(
      ([is, would]): Diagnostic => ({
        code: "D132",
        severity: "error",
        message: `trunk \`${name}\` is ${is} in this run, and would be ${would}`,
        ...place,
        hint: "give it another name, or restart the run",
      }),
    );
  });
}

type Lines = Pick<Directory, "trunks" | "trunkGroups" | "bots">;

/** In words, to be compared one by one. */
type Type = [what: string, ...how: string[]];

/** Of two that are not even the same thing nothing else is compared. */
function differences(before: Type | undefined, after: Type | undefined): [is: string, would: string][] {
  if (!before || !after) return [];
  if (before[0] !== after[0]) return [[before[0], after[0]]];
  return before.flatMap((is, at): [string, string][] => (after[at] === is ? [] : [[is, after[at] ?? ""]]));
}

function typeOf({ trunks, trunkGroups }: Lines, name: string): Type | undefined {
  const trunk = Object.hasOwn(trunks, name) ? trunks[name] : undefined;
  if (trunk) return ["a trunk", behind(trunk), knownBy(trunk), registering(trunk)];
  return Object.hasOwn(trunkGroups, name) ? ["a trunk group"] : undefined;
}

/** A bot of its name that was not there beside it. */
function botOf(running: Lines, next: Lines, name: string): Type | undefined {
  return Object.hasOwn(next.bots, name) && !Object.hasOwn(running.bots, name) ? ["a bot"] : undefined;
}

function behind({ roles }: Trunk): string {
  return `one of \`roles: [${[...new Set(roles)].toSorted().join(", ")}]\``;
}

function knownBy({ inbound: { host, user, token } }: Trunk): string {
  const shown = [host !== undefined && "its `host`", user !== undefined && "its `user`", token && "its `token`"];
  return `known by ${shown.filter(Boolean).join(" and ") || "its addresses"}`;
}

function registering({ to, inbound, outbound }: Trunk): string {
  if (outbound.register) return "one where we register";
  return to.length === 0 && inbound.user !== undefined ? "one that registers here" : "one where nobody registers";
}
