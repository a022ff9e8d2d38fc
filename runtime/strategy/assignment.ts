import type { Call } from "../call.ts";
import { asText } from "./format.ts";
import { limits } from "../limits.ts";
import { kindOf, type Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

type Fields = Record<string, Value>;

/** `set call.data.a.b = …` and `set call.language = …`. Data is replaced, never changed, so what was read before stays as it was. */
export function setAttribute(call: Call, path: string[], value: Value, scope: Scope): void {
  const [root, ...keys] = path;
  if (root === "language") {
    const language = asText(value);
    if (language === undefined) fail(scope, "bad_value", `${kindOf(value)} as call.language`);
    else call.language = language;
    return;
  }
  if (root !== "data" || keys.length === 0) {
    fail(scope, "bad_value", `call.${path.join(".")} cannot be set`);
    return;
  }
  const data = withValue(call.data, keys, value);
  if (weigh({ is: "record", fields: data }, limits.callDataCharacters) < 0) {
    fail(scope, "limit", `call.data is larger than ${limits.callDataCharacters} characters`);
    return;
  }
  call.data = data;
}

function withValue(fields: Fields, [key, ...rest]: string[], value: Value): Fields {
  if (key === undefined) return fields;
  const inner = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const below = typeof inner === "object" && inner !== null && inner.is === "record" ? inner.fields : {};
  const put: Value = rest.length === 0 ? value : { is: "record", fields: withValue(below, rest, value) };
  // Computed keys define own properties, `__proto__` too.
  return { ...fields, [key]: put };
}

/** What is left of a budget of characters after the value; negative as soon as it is used up. */
export function weigh(value: Value, budget: number): number {
  if (typeof value === "string") return budget - value.length - 2;
  if (typeof value !== "object" || value === null) return budget - 8;
  if (value.is === "phone") return budget - value.number.length - 2;
  if (value.is !== "list" && value.is !== "record") return budget - 32;
  let left = budget - 2;
  const parts =
    value.is === "list" ? value.items.map((item): [string, Value] => ["", item]) : Object.entries(value.fields);
  for (const [key, part] of parts) {
    left = weigh(part, left - key.length - 4);
    if (left < 0) return left;
  }
  return left;
}
