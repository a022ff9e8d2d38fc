import { beforeEach, describe, expect, it } from "vitest";
import { headersAlong } from "../party/along.ts";
import { hopsTo } from "../party/party.ts";
import { parseSdp } from "../dialog/sdp.ts";
import { dialectOf, plainDialect } from "../trunks/dialect.ts";
import { createProving } from "../trunks/proving.ts";
import { createWays } from "../trunks/ways.ts";
import { secretOf, testDirectory } from "./calls-rig.ts";

const warned: object[] = [];
const down = new Set<string>();
beforeEach(() => {
  warned.length = 0;
  down.clear();
});

function wayOf(trunk: object, more: Parameters<typeof testDirectory>[2] = {}) {
  const directory = testDirectory("prompts", { t: { to: "sip:gw.example:5080", ...trunk } }, more);
  const log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const contacts = (user: string) =>
    user === "peer" ? [{ uri: "sip:peer@10.0.0.9:4000", proxy: "sip:203.0.113.5:6000", headers: {} }] : [];
  const ways = createWays({
    directory: () => directory,
    contacts,
    isUp: (hop) => !down.has(hop),
    secret: secretOf,
    proving: createProving({ secret: secretOf, log }),
    log,
  });
  const to = (number: string, from = "+34600000001") =>
    hopsTo({ directory, registrar: { contacts }, ways }, { kind: "number", number, trunks: ["t"] }, from);
  const first = (number: string, from?: string) => {
    const hops = to(number, from);
    return "status" in hops ? undefined : hops[0];
  };
  return { ways, to, first };
}

function note(fields: object): void {
  warned.push(fields);
}

describe("rows 0.8, 4.21: numbers as the trunk wants them, called and calling", () => {
  const formats = [
    ["as_is", "910 603 165", "910603165"],
    ["e164_plus", "910 603 165", "+34910603165"],
    ["e164", "910 603 165", "34910603165"],
    ["national", "+34910603165", "910603165"],
  ] as const;
  it.each(formats)("called %s: %s is %s", (called, number, written) => {
    const hop = wayOf({ numbers: { called } }).first(number);
    expect([hop?.uri, hop?.headers["To"]]).toEqual([
      `sip:${written}@gw.example:5080`,
      `<sip:${written}@gw.example:5080>`,
    ]);
    expect(hop?.headers["From"]).toBe('"+34600000001" <sip:+34600000001@localhost>');
  });

  it.each(formats)("calling %s: %s is %s", (calling, from, written) => {
    const hop = wayOf({ trusted: "yes", numbers: { calling } }).first("+49301234567", from);
    expect(hop?.uri).toBe("sip:+49301234567@gw.example:5080");
    expect(hop?.headers["From"]).toBe(`"${written}" <sip:${written}@localhost>`);
    expect(hop?.headers["P-Asserted-Identity"]).toBe(`<sip:${written}@localhost>`);
  });

  it("a trunk of another country dials as there", () => {
    expect(wayOf({ numbers: "national", country: "DE" }).first("+49301234567")?.uri).toBe(
      "sip:0301234567@gw.example:5080",
    );
  });

  it("the tech prefix stands before it (row 4.17)", () => {
    expect(wayOf({ numbers: "e164", outbound: { prefix: "7001" } }).first("910603165")?.uri).toBe(
      "sip:700134910603165@gw.example:5080",
    );
  });
});

describe("rows 0.6, 0.7, 4.31: who is shown, who is asserted", () => {
  const own = "+34910603100";
  it.each<[string, object, string, { from: string; pai?: string; privacy?: string; warns?: boolean }]>([
    ["the caller's own, kept", {}, "+49301234567", { from: "+49301234567" }],
    ["the caller's, the trunk's asserted (0.6)", { own }, "+49301234567", { from: "+49301234567", pai: own }],
    ["withheld", {}, "", { from: "anonymous", privacy: "id" }],
    ["withheld, with a number of its own (0.7)", { own }, "", { from: own, pai: own }],
    ["no number, with one of its own", { own }, "unknown", { from: own, pai: own }],
    ["always its own", { own, show: "own" }, "+49301234567", { from: own, pai: own }],
    ["an allowed one", { own, allowed: ["+34910603*"] }, "910603165", { from: "910603165", pai: own }],
    [
      "one that is not allowed (4.31)",
      { own, allowed: ["+34910603*"] },
      "+49301234567",
      { from: own, pai: own, warns: true },
    ],
    [
      "not allowed, and nothing else to show",
      { allowed: ["+34910603*"] },
      "+49301234567",
      { from: "anonymous", privacy: "id", warns: true },
    ],
    [
      "a head of one that is allowed",
      { own, allowed: ["+34910603*"] },
      "+3491060",
      { from: own, pai: own, warns: true },
    ],
  ])("%s", (_what, caller_id, from, told) => {
    const headers = wayOf({ caller_id }).first("+4989", from)?.headers ?? {};
    expect(/sip:([^@]*)@/.exec(headers["From"] ?? "")?.[1]).toBe(told.from);
    expect(headers["P-Asserted-Identity"]).toBe(told.pai && `<sip:${told.pai}@localhost>`);
    expect(headers["Privacy"]).toBe(told.privacy);
    expect(warned).toHaveLength(told.warns ? 1 : 0);
  });

  it("what is shown in headers cannot end them", () => {
    const headers = wayOf({ trusted: "yes" }).first("+4989", '1"\r\nX-Evil: <sip:x@y>')?.headers ?? {};
    for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n]/);
    expect(headers["P-Asserted-Identity"]).toBe("<sip:1%22X-Evil%3A%20%3Csip%3Ax%40y%3E@localhost>");
  });
});

describe("what a carrier wants to see (rows 4.18, 4.19)", () => {
  it("token and charged number", () => {
    const outbound = { token: { header: "X-Carrier-Token", env: "TOKEN" }, charge: "+34910603100" };
    expect(wayOf({ outbound }).first("+4989")?.headers).toMatchObject({
      "X-Carrier-Token": "TOKEN-password",
      "P-Charge-Info": "<sip:+34910603100@gw.example>",
    });
  });

  it("a secret that is not there is told and not shown", () => {
    const hop = wayOf({ outbound: { user: "hotel", password: { env: "MISSING" }, token: { env: "MISSING" } } }).first(
      "+4989",
    );
    expect(hop?.headers).not.toHaveProperty("Authorization");
    const request = { method: "INVITE", uri: hop?.uri ?? "" };
    expect(hop?.credentials?.('Digest realm="carrier", nonce="n"', request)).toBeUndefined();
    expect(warned).toHaveLength(2);
  });
});

describe("rows 2.2, 4.15: next hops in their order", () => {
  const to = ["sip:a.example", "sip:b.example", "sip:c.example"];
  const firsts = (order: string, count: number): string[] => {
    const { first } = wayOf({ to, order });
    return Array.from({ length: count }, () => first("1")?.uri.slice(6, 7) ?? "");
  };
  it("priority", () => expect(firsts("priority", 4)).toEqual(["a", "a", "a", "a"]));
  it("rotate", () => expect(firsts("rotate", 4)).toEqual(["a", "b", "c", "a"]));
  it("random: each comes first at times", () => expect(new Set(firsts("random", 200)).size).toBe(3));

  it("those that do not live are left out, unless none lives", () => {
    const { to: all } = wayOf({ to });
    const uris = () => {
      const hops = all("1");
      return "status" in hops ? [] : hops.map(({ uri }) => uri.slice(6, 7));
    };
    down.add("sip:a.example");
    expect(uris()).toEqual(["b", "c"]);
    down.add("sip:b.example").add("sip:c.example");
    expect(uris()).toEqual(["a", "b", "c"]);
  });
});

describe("where there is no way", () => {
  it.each<[string, object, unknown]>([
    ["no next hops (row 0.27)", { to: [], inbound: { from: ["192.0.2.0/24"] } }, { status: 503 }],
    [
      "one that may register and has not (row 4.4)",
      { to: [], inbound: { user: "gone", password: { env: "X" } } },
      { status: 480 },
    ],
    [
      "one that has",
      { to: [], inbound: { user: "peer", password: { env: "X" } } },
      [{ uri: "sip:+4989@10.0.0.9:4000", proxy: "sip:203.0.113.5:6000", trunk: "t" }],
    ],
  ])("%s", (_what, trunk, told) => expect(wayOf(trunk).to("+4989")).toMatchObject(told as object));
});

describe("toll fraud: nothing but what the directory names is called", () => {
  const { to } = wayOf({ numbers: "e164_plus", outbound: { allowed: ["+34*", "+4930123*", "112"] } });
  const open: Record<string, string> = {
    "+34910603165": "+34910603165",
    "0034 910-603.165": "+34910603165",
    "910603165": "+34910603165",
    "+493012399": "+493012399",
    "112": "112",
  };
  it.each(Object.entries(open))("%s is called, as %s", (number, called) => {
    expect(to(number)).toMatchObject([{ uri: `sip:${called}@gw.example:5080` }]);
  });
  it.each([
    "+881612345678", // satellites
    "00881612345678",
    "+3",
    "+4930129",
    "+35210000000",
    "0035210000000",
    "1121",
    "+34",
    "34+881612345678",
    "sip:+34910@evil.example",
    "+34910@evil.example",
    "+34910%40evil.example",
    "+34910;phone-context=+881",
    "+34910;tgrp=other",
    "+34910?Route=<sip:evil.example>",
    "+34910>",
    "+34910\r\nRoute: <sip:evil.example>",
    "+34910\0",
    "+34910,+881612345678",
    "+34910&+881612345678",
    "+34p881612345678",
    "+34w,881612345678",
    "٠٠٨٨١٦١٢٣٤",
    "＋881612345678",
    "",
    " ",
    `+34${"9".repeat(80)}`,
    "tel:+34910603165",
    "+34#881612345678",
    "+34*881612345678",
  ])("%j is not", (number) => expect(to(number)).toEqual({ status: 403 }));

  it("a trunk that nobody named is no way, and neither is one that is not there", () => {
    const directory = testDirectory("prompts", { t: { to: "sip:gw.example" } });
    const ways = createWays({
      directory: () => directory,
      contacts: () => [],
      isUp: () => true,
      secret: secretOf,
      proving: () => undefined,
      log: { debug: note, info: note, warn: note, error: note },
    });
    const reach = { directory, registrar: { contacts: () => [] }, ways };
    for (const trunks of [[], ["constructor"], ["__proto__"], ["other"]]) {
      expect(hopsTo(reach, { kind: "number", number: "+34910", trunks }, "")).toHaveProperty("status");
    }
    expect(hopsTo(reach, { kind: "agent", agent: "ana", device: "+881612345678" }, "")).toEqual({ status: 404 });
  });
});

const offer = (media: string[]): string =>
  ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", ...media, ""].join("\r\n");
const audio = "m=audio 4000 RTP/AVP 0 8 9 101";
const names = ["a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-16", "a=rtpmap:9 G722/8000"];
const secret = [
  "m=audio 4000 RTP/SAVP 0 8",
  "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5",
];
const fax = "m=image 4002 udptl t38";

describe("row 4.28: codecs of a trunk, in its order", () => {
  const formats = (text: string): string[] => {
    const read = parseSdp(text);
    return "sdp" in read ? read.sdp.media.map(({ port, formats: of }) => `${port}: ${of.join(" ")}`) : [];
  };
  it.each<[string, ("PCMA" | "PCMU" | "G722" | "G729")[] | undefined, string]>([
    ["as they come", undefined, "4000: 0 8 9 101"],
    ["G.711 first", ["PCMA", "PCMU"], "4000: 8 0 101"],
    ["one of them", ["G722"], "4000: 9 101"],
    ["none in common", ["G729"], "0: 0 8 9 101"],
  ])("%s", (_what, codecs, left) => {
    const { say, hear, takes } = dialectOf({ codecs, srtp: "optional" });
    const text = offer([audio, ...names]);
    expect([formats(say(text)), formats(hear(text))]).toEqual([[left], [left]]);
    expect(takes(text)).toBe(!left.startsWith("0"));
  });

  it("lines of codecs that are left out go with them", () => {
    const said = dialectOf({ codecs: ["PCMU"], srtp: "optional" }).say(offer([audio, ...names]));
    expect(said).not.toContain("G722");
    expect(said).toContain("a=fmtp:101 0-16");
  });
});

describe("row 4.25: SRTP off, required, or as it comes", () => {
  it.each([
    ["off", true, false],
    ["optional", true, true],
    ["required", false, true],
  ] as const)("%s: in the clear %s, encrypted %s", (srtp, clear, encrypted) => {
    const { takes, say } = dialectOf({ srtp });
    expect([takes(offer([audio, ...names])), takes(offer(secret))]).toEqual([clear, encrypted]);
    expect(say(offer(secret))).toBe(offer(secret)); // keys pass from one side to the other
    expect(takes(offer(["m=audio 4000 UDP/TLS/RTP/SAVPF 0"]))).toBe(encrypted);
    expect(takes("")).toBe(true);
  });
});

describe("row 4.14: no fax (T.38)", () => {
  it.each<[string, string[], boolean]>([
    ["fax alone", [fax], false],
    ["in place of the talk", [audio.replace("4000", "0"), fax], false],
    ["beside it", [audio, fax], true],
    ["refused already", [audio, fax.replace("4002", "0")], true],
  ])("%s", (_what, media, taken) => {
    for (const { takes } of [plainDialect, dialectOf({ srtp: "optional" })]) expect(takes(offer(media))).toBe(taken);
  });
});

it("what carries the call, or says to our endpoint whose it is, is nobody's to send along", () => {
  const headers = { "x-cordboard-caller": "other;from-tag=x", Via: "x", "proxy-authorization": "x", "X-Note": "kept" };
  expect(headersAlong(testDirectory("prompts", {}), undefined, { headers })).toEqual({ "X-Note": "kept" });
});
