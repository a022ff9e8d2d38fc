import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { promptFile } from "../../runtime/node/index.ts";
import { fromHeader, signalsFrom, uriOf, userOf } from "../dialog/address.ts";
import { refusal } from "../caller/arrival.ts";
import { allowedHeaders, callerHeaders, guestHeaders, safeHeaders } from "../dialog/headers.ts";
import { relayedKey } from "../dialog/keys.ts";
import { createOrigin } from "../dialog/origin.ts";
import { plainDialect } from "../trunks/dialect.ts";
import { ask } from "../trunks/requests.ts";
import { reasonOf } from "../dialog/srf.ts";
import { rawSdp } from "./raw-phone.ts";

describe("user parts", () => {
  it.each([
    ["sip:5000@host", "5000"],
    ["sip:+34%23910;isub=1@host;user=phone", "+34#910"],
    ["sip:ann:secret@host", "ann"],
    ["<sip:ann@host>;tag=1", "ann"],
    ['"Ann, of \\"x\\" <sip:no@no>" <sips:ann@host:5061>;tag=1', "ann"],
    ["tel:+34910", "+34910"],
    ["sip:host", ""],
    ["sip:%ff@host", "%ff"],
    ["sip:%zz\u009b31m1@host", "%zz31m1"],
    ["sip:%E2%80%AE4321%C2%9B@host", "4321"],
    ["nonsense", ""],
    [undefined, ""],
  ])("%s: %s", (value, user) => expect(userOf(value)).toBe(user));

  it.each([
    ["5000", "sip:h", "sip:5000@h"],
    ["a b\r\n;c@d", "sip:h:5061;transport=tls", "sip:a%20b%3Bc%40d@h:5061;transport=tls"],
    ["", "sip:h", undefined],
    ["1", "tel:2", undefined],
  ])("%s at %s", (user, hop, uri) => expect(uriOf(user, hop)).toBe(uri));

  it("a From shows the number, whatever is in it", () => {
    expect(fromHeader('+34"\r\nX: y')).toBe('"+34X: y" <sip:+34%22X%3A%20y@localhost>');
    expect(fromHeader("")).toContain("anonymous.invalid");
  });
});

const message = (headers: Record<string, string>) => ({
  headers,
  get: (name: string) => headers[name],
  has: (name: string) => name in headers,
});

it.each([
  ["directly", "SIP/2.0/UDP 10.0.0.7:5060;received=203.0.113.9;rport=61000", ["198.51.100.1"]],
  [
    "behind proxies",
    'SIP/2.0/UDP a, SIP/2.0/UDP b;received=192.0.2.1, SIP/2.0/UDP 10.0.0.7;x="a,b";received=203.0.113.9',
    ["198.51.100.1", "203.0.113.9"],
  ],
  ["behind a proxy that says nothing", "SIP/2.0/UDP a, SIP/2.0/UDP 10.0.0.7:5060;rport", ["198.51.100.1"]],
  ["by nonsense", ", ;;,received=203.0.113.9", ["198.51.100.1"]],
])("from where he signals who calls %s", (_what, via, from) => {
  expect(signalsFrom({ ...message({ Via: via }), source_address: "::ffff:198.51.100.1" })).toEqual(from);
});

describe("headers", () => {
  it("only the allowed ones, whole, and clean", () => {
    const seen = allowedHeaders(
      message({
        "X-Folded": "one\r\n two",
        "X-Bad": "a\0b",
        "X-Long": "x".repeat(2049),
        via: "SIP/2.0/UDP h",
        authorization: "Digest",
        "user-to-user": "00aa",
      }),
    );
    expect(seen).toEqual({ "x-folded": "one two", "user-to-user": "00aa" });
  });

  it("at most 32", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`X-${at}`, "1"]));
    expect(Object.keys(allowedHeaders(message(many)))).toHaveLength(32);
  });

  it("nothing is written that would end the line", () => {
    expect(safeHeaders({ A: "1", B: "1\r\nC: 2", "D\r\nE": "1", F: undefined })).toEqual({ A: "1" });
  });
});

it("a request that was under way when the endpoint was lost comes to 408, so that a trunk registers again", async () => {
  vi.useFakeTimers();
  try {
    const answered = ask({ request: () => undefined }, { method: "REGISTER", uri: "sip:h", headers: {} });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await answered).toEqual({ status: 408 });
  } finally {
    vi.useRealTimers();
  }
});

describe("forwards left (RFC 7332)", () => {
  const request = (forwards?: string) => {
    const headers: Record<string, string> = { Contact: "<sip:a@b>", ...(forwards && { "Max-Forwards": forwards }) };
    return {
      ...message(headers),
      method: "INVITE",
      uri: "sip:5000@h",
      protocol: "udp",
      source_address: "127.0.0.1",
      source_port: 5060,
      on: () => undefined,
      cancel: () => undefined,
    };
  };
  it.each([
    ["70", "69"],
    ["1", "0"],
    [" 5 ", "4"],
    ["many", "69"],
    [undefined, "69"],
  ])("%s: a party gets %s", (told, left) => {
    expect(callerHeaders("1", { invite: { request: request(told) }, conversation: "c" })["Max-Forwards"]).toBe(left);
    expect(refusal(request(told), plainDialect)).toBeUndefined();
  });

  it("none: refused", () => expect(refusal(request("0"), plainDialect)).toEqual({ status: 483, headers: {} }));
});

it("whoever is rung for a caller names him, and who listens to him does not", () => {
  const headers: Record<string, string> = { From: "<sip:1@x>;tag=t", "Call-ID": "c" };
  const request = { get: (name: string) => headers[name], has: () => false, headers };
  const call = { invite: { request }, conversation: "c" };
  expect(callerHeaders("1", call)).toEqual({ ...guestHeaders("1", call), "X-Cordboard-Caller": "c;from-tag=t" });
  expect(guestHeaders("1", call)).not.toHaveProperty("X-Cordboard-Caller");
});

it.each([
  [new RangeError("too far"), "RangeError: too far"],
  ["no such transaction", "no such transaction"],
])("an error is logged as text: %s", (error, text) => expect(reasonOf(error)).toBe(text));

it.each([
  ["application/dtmf-relay", "Signal=5\r\nDuration=160", "5"],
  ["application/dtmf-relay", "Signal= *\r\n", "*"],
  ["application/dtmf", "#", "#"],
  ["application/dtmf-relay", "Signal=12", undefined],
  ["text/plain", "Signal=5", undefined],
])("a key by INFO: %s %j", (type, body, key) => {
  expect(relayedKey({ body, headers: {}, get: () => type, has: () => true })).toBe(key);
});

it("prompts: the language's own, else the common one, never outside the folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "prompts-"));
  mkdirSync(join(folder, "inner", "menu"), { recursive: true });
  for (const name of ["outside.wav", "inner/hello.wav", "inner/hello.es.wav", "inner/menu/main.wav"]) {
    writeFileSync(join(folder, name), "");
  }
  const find = (name: string, language = "es"): string | undefined =>
    promptFile(join(folder, "inner"), name, language)?.slice(folder.length + 1);
  expect(find("hello")).toBe("inner/hello.es.wav");
  expect(find("hello", "en")).toBe("inner/hello.wav");
  expect(find("hello", "../../outside")).toBe("inner/hello.wav");
  expect(find("menu/main")).toBe("inner/menu/main.wav");
  for (const name of [
    "../outside",
    "menu/../../outside",
    "/etc/passwd",
    "..\\outside",
    "",
    "a\0b",
    "hello.wav/x",
    "x".repeat(5000),
  ]) {
    expect(find(name)).toBeUndefined();
  }
  rmSync(folder, { recursive: true });
});

it("an origin: one id, a version that rises with a change and only then", () => {
  const origin = createOrigin();
  const said = [rawSdp(4000), rawSdp(4000, 9), rawSdp(4002), rawSdp(4000)].map((sdp) => origin.say(sdp));
  const [first, same, other, back] = said.map((sdp) => /^o=.*$/m.exec(sdp)?.[0]);
  expect(same).toBe(first);
  expect(first).toMatch(/ 1 IN IP4 127\.0\.0\.1$/);
  expect(other).toBe(first?.replace(" 1 IN", " 2 IN"));
  expect(back).toBe(first?.replace(" 1 IN", " 3 IN"));
});
