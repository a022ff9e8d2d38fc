import { expect, test } from "vitest";
import { readUui, uuiHeader, writeUui } from "../strategy/uui.ts";
import type { Value } from "../values.ts";

const record = (fields: Record<string, Value>): Value => ({ is: "record", fields });

test.each<[string, string, string | null, string | null, string | null]>([
  ["hexadecimal digits", "68656c6c6f;encoding=hex", null, "hello", "68656c6c6f"],
  ["a discriminator before them", "0068656c6c6f;encoding=hex", "00", "hello", "68656c6c6f"],
  ["no encoding named", "04C3A9", "04", "é", "c3a9"],
  ["characters", '"plain text";encoding=ascii', null, "plain text", "706c61696e2074657874"],
  ["what only looks like digits", "xyz;encoding=hex", null, "xyz", "78797a"],
  ["bytes that are no text", "00ff;encoding=hex", "00", null, "ff"],
  ["nothing", "", null, "", ""],
  ["a discriminator before JSON", '00{"a":1}', "00", '{"a":1}', "7b2261223a317d"],
  ["a discriminator before characters", "04hi;encoding=ascii", "04", "hi", "6869"],
  ["a number that begins with zeros", "0034600;encoding=ascii", null, "0034600", "30303334363030"],
  ["characters that look like digits", "c0ffee;encoding=ascii;purpose=isdn-uui", null, "c0ffee", "633066666565"],
  ["quotes in quotes", '"a \\"b\\"; c";encoding=ascii', null, 'a "b"; c', "61202262223b2063"],
  ["a parameter nobody knows", "6869;foo=bar", null, "hi", "6869"],
])("reads %s", (_, header, discriminator, text, hex) => {
  expect(readUui(header)).toMatchObject({ is: "record", fields: { discriminator, text, hex } });
});

test.each<["json" | "text" | "hex", string | undefined, Value, object]>([
  ["json", "00", record({ topic: "loans", n: 3 }), { json: record({ topic: "loans", n: 3 }), discriminator: "00" }],
  ["json", undefined, record({ é: "🙂" }), { json: record({ é: "🙂" }), discriminator: null }],
  ["text", "04", "hello", { text: "hello", discriminator: "04" }],
  ["hex", undefined, "C0FFEE", { hex: "c0ffee", text: null }],
])("what is written as %s with %s is read again", (encoding, discriminator, value, read) => {
  const scope = { failure: undefined };
  const uui = writeUui(encoding, discriminator, value, scope);
  expect(scope.failure).toBeUndefined();
  expect(readUui(`${uui?.discriminator ?? ""}${uui?.hex};encoding=hex`)).toMatchObject({ fields: read });
});

test.each<["json" | "text" | "hex", Value]>([
  ["hex", "abc"],
  ["hex", "xy"],
  ["text", null],
  ["text", record({})],
])("%s of %j is a bad value", (encoding, value) => {
  const scope = { failure: undefined };
  expect(writeUui(encoding, undefined, value, scope)).toBeUndefined();
  expect(scope.failure).toMatchObject({ error: "bad_value" });
});

// Row 0.10 and 0.11: what a contact centre sends goes through us and out again, byte for byte.
const sample = '00{ "personalId": "555", "creditCard": "xxx" };encoding=ascii;purpose=isdn-uui;content=isdn-uui';
test.each([
  ["the sample", sample],
  [
    "a semicolon, a comma and a parameter in the data",
    `00{"a":"x;encoding=hex, y"};encoding=ascii;purpose=isdn-uui;content=isdn-uui`,
  ],
  ["no discriminator", "plain, text;encoding=ascii;purpose=isdn-uui;content=isdn-uui"],
])("%s makes a round trip as characters", (_, header) => {
  const read = readUui(header);
  const { text = null, discriminator } = typeof read === "object" && read?.is === "record" ? read.fields : {};
  const written = writeUui("text", typeof discriminator === "string" ? discriminator : undefined, text, {
    failure: undefined,
  });
  expect(written && uuiHeader(written, "ascii")).toBe(header);
  // By way of a trunk that wants digits it is the same data.
  expect(readUui(uuiHeader(written ?? { hex: "" }))).toMatchObject({ fields: { text, discriminator } });
});

test("what cannot stand in a line is digits for everybody", () => {
  expect(uuiHeader({ hex: "610d0a62" }, "ascii")).toBe("610d0a62;encoding=hex");
  expect(uuiHeader({ discriminator: "00", hex: "ff" }, "ascii")).toBe("00ff;encoding=hex");
});
