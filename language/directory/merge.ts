import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { notYetRead, type Raw, top } from "./schema.ts";
import { notYet, type Shape } from "./shape.ts";
import { type Entry, type Node, sameNameTwice } from "./yaml.ts";

/** Several files become one: maps join by name, and a name that two files have is an error. Returns what their keys hold. */
export function mergeRoots(roots: Node[], diagnostics: Diagnostic[]): Raw {
  const merged = new Map<string, Entry>();
  for (const root of roots) {
    for (const entry of topEntries(root, diagnostics)) {
      const first = merged.get(entry.key);
      if (first === undefined) merged.set(entry.key, entry);
      else if (entry.key !== "directory") merged.set(entry.key, join(first, entry, diagnostics));
    }
  }
  const shapes: Record<string, Shape<unknown>> = top;
  const raw: Record<string, unknown> = {};
  for (const entry of merged.values()) {
    refusePlainSecrets(entry, diagnostics);
    const shape = shapes[entry.key];
    if (shape) raw[entry.key] = shape(withoutImport(entry, diagnostics), diagnostics);
  }
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
    else if (notYetRead.includes(entry.key)) diagnostics.push(notYet(entry));
    else diagnostics.push(unknownTop(entry));
    return notYetRead.includes(entry.key);
  });
}

function checkVersion(entry: Entry, diagnostics: Diagnostic[]): void {
  if (entry.value.kind === "scalar" && entry.value.value === 1) return;
  const message = "`directory` tells the format's version, and this one reads version 1";
  diagnostics.push({ code: "D104", severity: "error", message, ...entry.value.place, hint: "write `directory: 1`" });
}

function unknownTop(entry: Entry): Diagnostic {
  const known = [...Object.keys(top), ...notYetRead];
  const near = nearest(entry.key, known);
  return {
    code: "D103",
    severity: "error",
    message: `a directory has no key \`${entry.key.slice(0, 60)}\``,
    ...entry.keyPlace,
    hint:
      near === undefined
        ? `its keys are ${Object.keys(top)
            .map((key) => `\`${key}\``)
            .join(", ")}`
        : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { title: `write \`${near}\``, edits: [{ ...entry.keyPlace, text: near }] },
  };
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

/** `agents: { from: agents.csv }` would take a list from another file. */
function withoutImport(entry: Entry, diagnostics: Diagnostic[]): Node {
  const { value } = entry;
  if (entry.key !== "agents" || value.kind !== "map") return value;
  const source = value.entries.find(
    (one) => one.key === "from" && one.value.kind === "scalar" && one.value.value !== null,
  );
  if (!source) return value;
  diagnostics.push(notYet(source));
  return { ...value, entries: value.entries.filter((one) => one !== source && one.key !== "columns") };
}

const secretKeys = ["password", "secret", "token", "pin"];

/** Wherever it stands, also under keys that are not read. */
function refusePlainSecrets(entry: Entry, diagnostics: Diagnostic[]): void {
  const { key, value } = entry;
  if (value.kind === "map") for (const inner of value.entries) refusePlainSecrets(inner, diagnostics);
  if (value.kind === "list") {
    for (const item of value.items)
      if (item.kind === "map") refusePlainSecrets({ ...entry, key: "", value: item }, diagnostics);
  }
  if (!secretKeys.includes(key.toLowerCase())) return;
  if (value.kind !== "scalar" || value.value === null) return;
  const message = `a ${key} never stands in a directory`;
  const hint = `say where it is kept: \`${key}: { env: NAME }\` or \`${key}: { file: PATH }\``;
  diagnostics.push({ code: "D106", severity: "error", message, ...value.place, hint });
}
