import type { Diagnostic, Severity } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import type { Found } from "./shape.ts";
import type { Place } from "./node.ts";

export type Say = (severity: Severity, code: string, place: Place, message: string, hint?: string) => void;

export function sayInto(diagnostics: Diagnostic[]): Say {
  return (severity, code, place, message, hint) => diagnostics.push({ code, severity, message, ...place, hint });
}

/** A name that leads nowhere, with the nearest that would. */
export function unknownName(what: string, found: Found<string>, known: string[]): Diagnostic {
  const near = nearest(found.value, known);
  const text = near !== undefined && /^[A-Za-z_]\w*$/.test(near) ? near : JSON.stringify(near);
  return {
    code: "D111",
    severity: "error",
    message: `there is no ${what} \`${found.value}\``,
    ...found.place,
    hint: near === undefined ? "add it to the directory" : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { title: `write \`${near}\``, edits: [{ ...found.place, text }] },
  };
}

/** A list is absent or empty; one whose items could not be read has said so. */
export function saysNothing<T extends object>(value: T, key: keyof T & string): boolean {
  const list: unknown = value[key];
  return !(key in value) || (Array.isArray(list) && list.length === 0);
}
