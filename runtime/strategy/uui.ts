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

/** As a `User-to-User` header. */
export function uuiHeader({ discriminator = "", hex }: Uui): string {
  return `${discriminator}${hex};encoding=hex`;
}

/** A `User-to-User` header as a record of what can be read from it. */
export function readUui(header: string): Value {
  const [written = ""] = header.split(";");
  const encoding = /;\s*encoding\s*=\s*"?(\w+)/i.exec(header)?.[1]?.toLowerCase();
  const data = written.trim().replace(/^"(.*)"$/, "$1");
  const isHex = encoding === undefined || encoding === "hex";
  if (isHex && /^([0-9a-f]{2})+$/i.test(data)) return readHex(data.toLowerCase());
  return { is: "record", fields: { text: data, hex: hexOf(data), json: parsed(data), discriminator: null } };
}

/** No text begins with a control character, so a byte below a blank is the discriminator. */
function readHex(data: string): Value {
  const first = Number.parseInt(data.slice(0, 2), 16);
  const discriminator = first < 0x20 ? data.slice(0, 2) : null;
  const hex = discriminator === null ? data : data.slice(2);
  const text = textOfHex(hex) ?? null;
  return { is: "record", fields: { hex, text, json: text === null ? null : parsed(text), discriminator } };
}

function parsed(text: string): Value {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? fromJson(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}
