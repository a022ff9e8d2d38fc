import { agentFields, calendarFields, type Described, type Function_ } from "../builtins.ts";
import { named, type Type } from "../types.ts";

/** A type in a few words; undefined where nothing is known. */
export function typeLine(type: Type | undefined): string | undefined {
  if (!type || (type.is === "unknown" && !type.optional)) return undefined;
  const is =
    type.is === "unknown" ? "a value" : type.is === "word" && type.words ? type.words.join(" | ") : named(type);
  return type.optional ? `${is}, or missing` : is;
}

/** `service_level(queue, within) → a percent` */
export function signature(name: string, { parameters, result }: Function_): string {
  const list = parameters.map((one) => (one.optional ? `[${one.name}]` : one.name)).join(", ");
  return `${name}(${list}) → ${typeLine(result) ?? "a value"}`;
}

/** The parts that a value of a type is known to have. */
export function partsOf(type: Type): Record<string, Described> {
  if (type.is === "agent") return agentFields;
  if (type.is === "calendar") return calendarFields;
  return Object.fromEntries(Object.entries(type.fields ?? {}).map(([name, part]) => [name, { type: part, about: "" }]));
}
