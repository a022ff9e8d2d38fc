import { expect, test } from "vitest";
import { readUui, writeUui } from "../strategy/uui.ts";
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
