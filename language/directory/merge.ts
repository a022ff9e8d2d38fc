import type { Diagnostic } from "../diagnostic.ts";
import { agentsOf, type Attached } from "./export.ts";
import { type Raw, top } from "./schema.ts";
import { refuseAllPlainSecrets } from "./plain-secrets.ts";
import { type Key, unknownKey } from "./shape.ts";
import { type Entry, type Node, sameNameTwice } from "./node.ts";

/** Several files become one: maps join by name, and a name that two files have is an error. Returns what their keys hold. */
export function mergeRoots(roots: Node[], attached: Attached, diagnostics: Diagnostic[]): Raw {
  const merged = new Map<string, Entry>();
  for (const root of roots) {
    for (const entry of topEntries(root, diagnostics)) {
      const whole = entry.key === "agents" ? { ...entry, value: agentsOf(entry.value, attached, diagnostics) } : entry;
      const first = merged.get(entry.key);
      if (first === undefined) merged.set(entry.key, whole);
      else if (entry.key !== "directory") merged.set(entry.key, join(first, whole, diagnostics));
    }
  }
  const keys: Record<string, Key<unknown>> = top;
  const raw: Record<string, unknown> = {};
  for (const entry of merged.values()) raw[entry.key] = keys[entry.key]?.shape.read(entry.value, diagnostics);
  return raw;
}

function topEntries(root: Node, diagnostics: Diagnostic[]): Entry[] {
  if (root.kind !== "map") {
    const message = "a directory is a map of keys";
    diagnostics.push({ code: "D104", severity: "error", message, ...root.place, hint: "begin with `directory: 1`" });
    return [];
  }
  return root.entries.filter((entry) => {
    if (Object.hasOwn(top, entry.key)) return true;
    if (entry.key === "directory") checkVersion(entry, diagnostics);
    else {
      diagnostics.push(unknownKey(entry, "a directory", Object.keys(top)));
      refuseAllPlainSecrets(entry.value, diagnostics);
    }
    return false;
  });
}

function checkVersion(entry: Entry, diagnostics: Diagnostic[]): void {
  if (entry.value.kind === "scalar" && entry.value.value === 1) return;
  const message = "`directory` tells the format's version, and this one reads version 1";
  diagnostics.push({ code: "D104", severity: "error", message, ...entry.value.place, hint: "write `directory: 1`" });
}

function join(first: Entry, second: Entry, diagnostics: Diagnostic[]): Entry {
  if (first.value.kind !== "map" || second.value.kind !== "map") {
    diagnostics.push(sameNameTwice(second.key, second.keyPlace, first.keyPlace));
    return first;
  }
  const places = new Map(first.value.entries.map((entry) => [entry.key, entry.keyPlace]));
  const added = second.value.entries.filter((entry) => {
    const place = places.get(entry.key);
    if (place) diagnostics.push(sameNameTwice(entry.key, entry.keyPlace, place));
    return place === undefined;
  });
  return { ...first, value: { ...first.value, entries: [...first.value.entries, ...added] } };
}
