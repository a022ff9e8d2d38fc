import type { Uui } from "../along.ts";
import { hexOf, textOfHex } from "./encoding.ts";
import { asText } from "./format.ts";
import { fromJson, toJson } from "../json.ts";
import { kindOf, type Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

/*
 * User-to-User data (RFC 7433): bytes in hexadecimal digits, before which a protocol discriminator may stand.
 */

export function writeUui(
  encoding: "json" | "hex" | "text",
  discriminator: string | undefined,
  value: Value,
  scope: Pick<Scope, "failure">,
): Uui | undefined {
  const text = encoding === "json" ? JSON.stringify(toJson(value)) : asText(value);
  if (text !== undefined && encoding !== "hex") return { discriminator, hex: hexOf(text) };
  if (text !== undefined && /^([0-9a-f]{2})*$/i.test(text)) return { discriminator, hex: text.toLowerCase() };
  fail(
    scope,
    "bad_value",
    text === undefined ? `${kindOf(value)} as uui` : "uui that is no pairs of hexadecimal digits",
  );
  return undefined;
}

/**
 * As a `User-to-User` header: bytes in hexadecimal digits, or, where the other side wants characters, the text as it is. What is no
 * line of text has digits there too.
 */
export function uuiHeader({ discriminator = "", hex }: Uui, encoding: "hex" | "ascii" = "hex"): string {
  const text = encoding === "ascii" ? textOfHex(hex) : undefined;
  if (text === undefined || !/^[^\p{Cc}]*$/u.test(text)) return `${discriminator}${hex};encoding=hex`;
  return `${discriminator}${text};encoding=ascii;purpose=isdn-uui;content=isdn-uui`;
}

/** A `User-to-User` header as a record of what can be read from it: digits, characters in quotes, or characters as they are. */
export function readUui(header: string): Value {
  const { data, encoding } = parts(header.trim());
  if (encoding !== "ascii") {
    const [digits = ""] = data.split(";");
    if (/^([0-9a-f]{2})+$/i.test(digits.trim())) return readHex(digits.trim().toLowerCase());
  }
  const quoted = /^"(.*)"$/s.exec(data)?.[1];
  return readText(quoted === undefined ? data : quoted.replace(/\\(.)/gs, "$1"), encoding === "ascii");
}

/** Parameters stand at the end, each once: those characters may also be part of the data. */
function parts(header: string): { data: string; encoding?: string } {
  const known: Record<string, string> = {};
  for (let data = header; ; ) {
    const at = data.lastIndexOf(";");
    const [, name = "", value = ""] =
      /^(encoding|purpose|content)\s*=\s*"?([\w-]+)"?$/i.exec(data.slice(at + 1).trim()) ?? [];
    if (at < 0 || name === "" || name.toLowerCase() in known) return { data, encoding: known.encoding };
    known[name.toLowerCase()] = value.toLowerCase();
    data = data.slice(0, at);
  }
}

/** No text begins with a control character, so a byte below a blank is the discriminator. */
function readHex(data: string): Value {
  const first = Number.parseInt(data.slice(0, 2), 16);
  const discriminator = first < 0x20 ? data.slice(0, 2) : null;
  const hex = discriminator === null ? data : data.slice(2);
  const text = textOfHex(hex) ?? null;
  return { is: "record", fields: { hex, text, json: text === null ? null : parsed(text), discriminator } };
}

/** Before characters a discriminator is two digits. Those of a number that begins so belong to it. */
function readText(data: string, named: boolean): Value {
  const rest = data.slice(2);
  const json = parsed(data) ?? null;
  const inner = json === null && /^[0-9a-f]{2}/i.test(data) ? parsed(rest) : null;
  const has = inner !== null || (named && /^0[0-8](?!\d)/.test(data));
  const text = has ? rest : data;
  return {
    is: "record",
    fields: { text, hex: hexOf(text), json: has ? inner : json, discriminator: has ? data.slice(0, 2) : null },
  };
}

function parsed(text: string): Value {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? fromJson(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}
