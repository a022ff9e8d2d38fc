import type { Call } from "../call.ts";
import type { Core } from "../core.ts";
import { findEntry } from "./entries.ts";
import type { Event } from "../events.ts";
import { asText } from "./format.ts";
import { entry } from "./things.ts";
import type { Value } from "../values.ts";

/*
 * What a strategy declares as secret is computed with like anything else, but shown to nobody: where it stands, and wherever its
 * text appears in another.
 */

/** So many earlier texts of a call are remembered. */
const MOST_HUSHED = 100;
const MASK = "•••";
/** A secret shorter than this is masked only where it stands alone: it would be found in every other number. */
const FOUND_FROM = 3;

/** Whether a part of the call is, or belongs to, a secret of its strategy. */
export function isSecret(core: Core, call: Call, [root, ...path]: readonly string[]): boolean {
  return root === "data" && secretsOf(core, call).some((secret) => secret.every((key, index) => key === path[index]));
}

function hasSecrets(core: Core, call: Call): boolean {
  return secretsOf(core, call).length > 0;
}

/** What its strategy declares, and those did that it came through. */
export function secretsOf(core: Core, { program, home, secrets }: Call): string[][] {
  const own = core.programs.get(program)?.codes[home]?.secrets ?? [];
  return secrets ? [...secrets, ...own] : own;
}

/** A part of the call's data is about to be written: what was secret there stays so. */
export function hush(core: Core, call: Call, [root, ...path]: readonly string[]): void {
  if (root !== "data") return;
  for (const secret of secretsOf(core, call)) {
    const concerned = path.every((key, index) => secret[index] === undefined || secret[index] === key);
    const texts = concerned ? textsOf(at(call.data, secret)) : [];
    if (texts.length > 0) call.hushed = [...new Set([...(call.hushed ?? []), ...texts])].slice(-MOST_HUSHED);
  }
}

/** Plain data that others may see: every text in it without the secrets of the call. */
export function masked<T>(core: Core, call: Call, data: T): T {
  const secrets = secretsOf(core, call);
  if (secrets.length === 0) return data;
  const texts = [...(call.hushed ?? []), ...secrets.flatMap((path) => textsOf(at(call.data, path)))];
  if (call.collecting?.secret) texts.push(call.collecting.digits);
  const told = texts.filter((text) => text !== "").toSorted((a, b) => b.length - a.length);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts
  return told.length === 0 ? data : (without(data, told) as T);
}

/** What the strategy declares that takes this number. */
function secretsAt({ program }: Core, to: string): string[][] {
  const entrance = findEntry(program.entries, to);
  return (entrance && program.codes[program.codeOf.get(entrance.strategy) ?? 0]?.secrets) ?? [];
}

/** Keys that are pressed for a secret, secret parts of what came with a call, and what a host, a bot or a phone says of a call that has secrets. */
export function shownEvent(core: Core, event: Event): Event {
  if (event.type === "call.arrived") {
    const secrets = secretsAt(core, event.to);
    const { data } = event;
    if (!data || !secrets.some((path) => at(data, path) !== null)) return event;
    return { ...event, data: secrets.reduce(hidden, data) };
  }
  if (event.type === "text.received")
    return {
      ...event,
      text: [...core.tables.call.values()].reduce((text, call) => masked(core, call, text), event.text),
    };
  const call = "call" in event ? core.tables.call.get(event.call) : undefined;
  if (!call) return event;
  if (event.type === "digit.pressed" && call.collecting?.secret) return { ...event, digit: "•" };
  if (event.type === "text.sent") return { ...event, text: masked(core, call, event.text) };
  if (event.type === "keys.collected" && call.collecting?.secret) {
    return { ...event, keys: "•".repeat(event.keys.length) };
  }
  if (event.type === "request.ended" && event.body !== undefined && hasSecrets(core, call)) {
    const { body: _body, ...rest } = event;
    return rest;
  }
  if (event.type === "bot.ended" && event.transfer && hasSecrets(core, call))
    return { ...event, transfer: { target: event.transfer.target } };
  if (
    event.type === "transfer.asked" &&
    event.uui !== undefined &&
    (hasSecrets(core, call) || secretsAt(core, event.to).length > 0)
  ) {
    const { uui: _uui, headers: _headers, ...rest } = event;
    return rest;
  }
  return event;
}

function hidden(fields: Record<string, Value>, [key, ...rest]: readonly string[]): Record<string, Value> {
  if (key === undefined || !Object.hasOwn(fields, key)) return fields;
  const value = fields[key] ?? null;
  if (rest.length === 0) return { ...fields, [key]: MASK };
  if (typeof value !== "object" || value?.is !== "record") return fields;
  return { ...fields, [key]: { ...value, fields: hidden(value.fields, rest) } };
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
