import { durationMs, type Value } from "./values.ts";
import { asText } from "./strategy/format.ts";

/** What a host is sent and sends back. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** As other programs know it: durations in seconds, `never` and what is missing as null, all else by its words. */
export function toJson(value: Value): Json {
  if (value === null || typeof value !== "object") return value;
  if (value.is === "list") return value.items.map(toJson);
  if (value.is === "record") {
    return Object.fromEntries(Object.entries(value.fields).map(([key, part]) => [key, toJson(part)]));
  }
  const ms = durationMs(value);
  if (ms !== undefined) return ms === Infinity ? null : ms / 1000;
  return asText(value) ?? null;
}

export function fromJson(json: Json): Value {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return { is: "list", items: json.map(fromJson) };
  return {
    is: "record",
    fields: Object.fromEntries(Object.entries(json).map(([key, part]) => [key, fromJson(part)])),
  };
}

/** Values inside one another. */
const DEEPEST = 32;

/** A text that came from elsewhere; undefined where it is no JSON, or deeper than anybody reads. */
export function readJson(text: string): Json | undefined {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (inText) {
      if (char === "\\") index++;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === "[" || char === "{") {
      if (++depth > DEEPEST) return undefined;
    } else if (char === "]" || char === "}") depth--;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
