import type { Call } from "../call.ts";
import type { Core } from "../core.ts";
import { asText } from "./format.ts";
import { entry } from "./things.ts";
import type { Value } from "../values.ts";

/*
 * What a strategy declares as secret is computed with like anything else, but shown to nobody: where it stands, and wherever its
 * text appears in another.
 */

const MASK = "•••";
/** A secret shorter than this is masked only where it stands alone: it would be found in every other number. */
const FOUND_FROM = 3;

/** Whether a part of the call is, or belongs to, a secret of its strategy. */
export function isSecret(core: Core, call: Call, [root, ...path]: readonly string[]): boolean {
  return root === "data" && secretsOf(core, call).some((secret) => secret.every((key, index) => key === path[index]));
}

export function hasSecrets(core: Core, call: Call): boolean {
  return secretsOf(core, call).length > 0;
}

function secretsOf(core: Core, call: Call): string[][] {
  return core.programs.get(call.program)?.codes[call.home]?.secrets ?? [];
}

/** Plain data that others may see: every text in it without the secrets of the call. */
export function masked<T>(core: Core, call: Call, data: T): T {
  const secrets = secretsOf(core, call);
  if (secrets.length === 0) return data;
  const texts = secrets.flatMap((path) => textsOf(at(call.data, path)));
  if (call.collecting?.secret) texts.push(call.collecting.digits);
  const told = texts.filter((text) => text !== "").toSorted((a, b) => b.length - a.length);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts
  return told.length === 0 ? data : (without(data, told) as T);
}

function at(fields: Record<string, Value>, path: readonly string[]): Value {
  let value: Value = { is: "record", fields };
  for (const key of path) {
    if (typeof value !== "object" || value?.is !== "record") return null;
    value = entry(value.fields, key) ?? null;
  }
  return value;
}

function textsOf(value: Value): string[] {
  if (value === null || typeof value === "boolean") return [];
  if (typeof value === "object" && value.is === "record") return Object.values(value.fields).flatMap(textsOf);
  if (typeof value === "object" && value.is === "list") return value.items.flatMap(textsOf);
  return [asText(value) ?? ""];
}

function without(data: unknown, secrets: readonly string[]): unknown {
  if (typeof data === "string") {
    let text = data;
    for (const secret of secrets) {
      if (text === secret) return MASK;
      if (secret.length >= FOUND_FROM) text = text.replaceAll(secret, MASK);
    }
    return text;
  }
  if (typeof data === "number") return secrets.includes(String(data)) ? MASK : data;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map((each) => without(each, secrets));
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, without(part, secrets)]));
}
