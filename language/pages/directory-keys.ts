import { top } from "../directory/schema.ts";
import type { Key } from "../directory/shape.ts";

/*
 * The tables of the directory's reference, out of the tables by which it is read. `docs/directory.md` holds them between its own words.
 */

/** Keys with the path at which they stand, outside in: `inbound`, `inbound.host`. */
export function keysBelow(keys: Record<string, Key<unknown>>, path = ""): [path: string, key: Key<unknown>][] {
  return Object.entries(keys).flatMap(([name, one]) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [[at, one] as [string, Key<unknown>], ...keysBelow(one.shape.keys ?? {}, at)];
  });
}

/** The keys of one top-level key, or, for one that has none, itself. */
export function keyTable(name: keyof typeof top): string {
  const { shape } = top[name];
  return table(shape.keys ? keysBelow(shape.keys) : [[name, top[name]]]);
}

/** All top-level keys, each a line that leads to its section. */
export function topTable(): string {
  const rows = Object.entries(top).map(([name, one]) => `| [\`${name}\`](#${name}) | ${cell(one.about)} |`);
  return ["| key | what it holds |", "|---|---|", ...rows].join("\n");
}

export function table(rows: [string, Key<unknown>][]): string {
  const lines = rows.map(([path, one]) => {
    const kind = one.shape.keys && !one.shape.what.includes(",") ? "keys below" : one.shape.what;
    const otherwise = one.needed ? "must stand" : one.otherwise === undefined ? "" : code(one.otherwise);
    return `| \`${path}\` | ${cell(kind)} | ${cell(one.about)} | ${otherwise} | ${one.example ? code(one.example) : ""} |`;
  });
  return ["| key | kind | what it says | without it | example |", "|---|---|---|---|---|", ...lines].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

const code = (text: string): string => `\`${cell(text)}\``;
