/** Reading SIP: the tricks of RFC 4475 in our own words, round trips, and anything at all without a crash. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutFrames, printFrame } from "../endpoint/frames.ts";
import { type Header, header, headerLines, printMessage, readMessage, toTag } from "../endpoint/message.ts";
import { cutStream } from "../endpoint/stream.ts";
import { param, parseNameAddr, parseUri, splitValues, tagOf } from "../endpoint/uri.ts";
import { listen, message, outcome, PEER } from "./endpoint/listen.ts";
import { createWorld, toBytes } from "./endpoint/world.ts";

const FOLDED = [
  "OPTIONS sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0",
  "TO :",
  " sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
  'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>',
  "  ;",
  "  tag = 98asjd8",
  "MaX-fOrWaRdS: 0068",
  "Call-ID: tortuous.98",
  "cseq: 0009",
  "  OPTIONS",
  "Via  : SIP  /   2.0",
  " /UDP",
  "    192.0.2.2;rport;branch=390skdjuw",
  "s :",
  "NewFangledHeader:   newfangled value",
  " continued newfangled value",
  "v:  SIP  / 2.0  / TCP     spindle.example.com   ;",
  "  branch  =   z9hG4bK9ikj8  ,",
  " SIP  /    2.0   / UDP  192.168.255.111   ; branch=",
  " z9hG4bK30239",
  'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =',
  "      newvalue ;",
  "  secondparam ; q = 0.33",
  "",
  "",
].join("\r\n");

describe("what may be strange", () => {
  test.each<[string, string, string]>([
    ["folded and spaced out: in a dialog we do not know", FOLDED, "481 Call/Transaction Does Not Exist"],
    [
      "a method of odd characters",
      message({ start: "!interesting-Method0123456789_*+`.%indeed'~ sip:a@127.0.0.1 SIP/2.0" }),
      "501 Not Implemented",
    ],
    [
      "escapes in the user part",
      message({ start: "OPTIONS sip:sips%3Auser%40example.com@127.0.0.1 SIP/2.0" }),
      "taken",
    ],
    ["an escaped NUL in the user part", message({ start: "OPTIONS sip:null-%00-null@127.0.0.1 SIP/2.0" }), "taken"],
    [
      "an escape is no other spelling of a method",
      message({ start: "OPTION%53 sip:a@127.0.0.1 SIP/2.0" }),
      "501 Not Implemented",
    ],
    ["no space before the bracket", message({ lines: ['From: "Alice"<sip:alice@192.0.2.9>;tag=a1'] }), "taken"],
    ["octets after the body", `${message({ body: "hello", lines: ["Content-Type: text/plain"] })} trailing`, "taken"],
    [
      "semicolons in the user part",
      message({ start: "OPTIONS sip:user;par=u%40example.net@127.0.0.1 SIP/2.0" }),
      "taken",
    ],
    [
      "transports nobody knows further down",
      message({ lines: ["Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx, SIP/2.0/UNKNOWN 1.2.3.4;branch=z9hG4bKy"] }),
      "taken",
    ],
    [
      "unknown URI schemes in From and To",
      message({ lines: ["From: <http://example.com>;tag=a1", "To: <isbn:2983792873>"] }),
      "taken",
    ],
    [
      "IPv6 everywhere",
      message({
        start: "OPTIONS sip:bob@[2001:db8::1]:5060 SIP/2.0",
        lines: ["Via: SIP/2.0/UDP [2001:db8::9]:6000;branch=z9hG4bKv6"],
      }),
      "taken",
    ],
    ["no magic cookie", message({ lines: ["Via: SIP/2.0/UDP 192.0.2.9;branch=1"] }), "taken"],
    ["the magic cookie alone", message({ lines: ["Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK"] }), "taken"],
    ["no branch at all, as RFC 2543 had it", message({ lines: ["Via: SIP/2.0/UDP 192.0.2.9"] }), "taken"],
    ["a date that never was", message({ lines: ["Date: Fri, 01 Jan 2010 16:00:00 EST"] }), "taken"],
    ["a blank after the version", message({ start: "OPTIONS sip:bob@127.0.0.1 SIP/2.0 " }), "taken"],
    ["a tel URI", message({ start: "OPTIONS tel:+3585551234567 SIP/2.0" }), "taken"],
  ])("%s", (_name, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });
});

describe("what is wrong", () => {
  const bad = "400 Bad Request";
  test.each<[string, string, string]>([
    ["separators without values", message({ lines: ["Contact: <sip:a@192.0.2.9>;,;,,"] }), bad],
    ["a second Contact that is none", message({ lines: ["Contact: <sip:a@192.0.2.9>", "Contact: ;;;"] }), bad],
    ["a second Contact that is empty", message({ lines: ["m: <sip:a@192.0.2.9>", "m:"] }), bad],
    ["a body shorter than its length", message({ body: "short", length: 9999 }), bad],
    ["a negative length", message({ length: -999 }), bad],
    ["an overlarge CSeq", message({ lines: ["CSeq: 36893488147419103232 OPTIONS"] }), bad],
    ["an overlarge Max-Forwards", message({ lines: ["Max-Forwards: 300"] }), bad],
    ["a quote that does not end", message({ lines: ['To: "Mr. Bob <sip:bob@127.0.0.1>'] }), bad],
    ["brackets around the request URI", message({ start: "OPTIONS <sip:bob@127.0.0.1> SIP/2.0" }), bad],
    ["a blank in the request URI", message({ start: "OPTIONS sip:bob@127.0.0.1; lr SIP/2.0" }), bad],
    ["two blanks in the request line", message({ start: "OPTIONS  sip:bob@127.0.0.1  SIP/2.0" }), bad],
    ["headers in the request URI", message({ start: "OPTIONS sip:bob@127.0.0.1?Route=%3Csip:x%3E SIP/2.0" }), bad],
    ["headers in a bare Contact", message({ lines: ["Contact: sip:a@192.0.2.9?Route=%3Csip:x%3E"] }), bad],
    ["blanks inside the brackets", message({ lines: ['To: "Bob" < sip:bob@127.0.0.1 >'] }), bad],
    ["a display name that needs quotes", message({ lines: ["To: Bell, Alexander <sip:bob@127.0.0.1>"] }), bad],
    ["another version", message({ start: "OPTIONS sip:bob@127.0.0.1 SIP/7.0" }), "505 Version Not Supported"],
    ["CSeq of another method", message({ lines: ["CSeq: 1 INVITE"] }), bad],
    ["no Call-ID", message({ lines: ["Call-ID"] }), bad],
    ["no From", message({ lines: ["From"] }), bad],
    ["two Call-IDs", message({ lines: ["Call-ID: one", "Call-ID: two"] }), bad],
    ["two lengths", message({ lines: ["Content-Length: 3"] }), bad],
    ["an unknown scheme", message({ start: "OPTIONS nobodyKnows:this SIP/2.0" }), "416 Unsupported URI Scheme"],
    [
      "no hops left for a call",
      message({ start: "INVITE sip:bob@127.0.0.1 SIP/2.0", lines: ["Max-Forwards: 0"] }),
      "483 Too Many Hops",
    ],
    ["no hops left to ask about us, which is where it ends", message({ lines: ["Max-Forwards: 0"] }), "taken"],
    ["no Via", message({ lines: ["Via"] }), "dropped"],
    ["a Via of nonsense", message({ lines: ["Via: nonsense"] }), "dropped"],
    ["no line end", "OPTIONS sip:bob@127.0.0.1 SIP/2.0", "dropped"],
    ["headers without end", "OPTIONS sip:bob@127.0.0.1 SIP/2.0\r\nVia: x\r\n", "dropped"],
    ["a lone line feed in a value", message({ lines: ["Subject: a\nVia: b"] }), "dropped"],
    ["a NUL in a value", message({ lines: ["Subject: a\0b"] }), "dropped"],
    ["a header without a name", message({ lines: [": nothing"] }), "dropped"],
    ["a header of 20,000 bytes", message({ lines: [`Subject: ${"x".repeat(20_000)}`] }), "dropped"],
    ["501 headers", message({ lines: Array.from({ length: 501 }, (_, at) => `X-${at}: 1`) }), "dropped"],
    ["a response to nobody", message({ start: "SIP/2.0 200 OK", lines: ["CSeq: 1 INVITE"] }), "dropped"],
    [
      "a status of ten digits",
      message({ start: "SIP/2.0 4294967301 better not", lines: ["CSeq: 1 INVITE"] }),
      "dropped",
    ],
    ["an ACK to nobody", message({ start: "ACK sip:bob@127.0.0.1 SIP/2.0" }), "dropped"],
    ["a broken ACK", message({ start: "ACK sip:bob@127.0.0.1 SIP/2.0", lines: ["CSeq: 1 INVITE"] }), "dropped"],
  ])("%s", (_name, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test("no length over tcp", () => {
    expect(outcome(message({ length: false }), "tcp")).toBe(bad);
    expect(outcome(message({ length: false }), "udp")).toBe("taken");
  });
});

describe("reading", () => {
  test("keeps every header as written, under one key for all spellings", () => {
    const read = readMessage(FOLDED, "length");
    if (read.kind !== "request") throw new Error(read.kind);
    expect(read.headers.map(({ key }) => key)).toEqual([
      "to",
      "from",
      "max-forwards",
      "call-id",
      "cseq",
      "via",
      "subject",
      "newfangledheader",
      "via",
      "contact",
    ]);
    expect(header(read, "newfangledheader")).toBe("newfangled value continued newfangled value");
    expect(headerLines(read, "via").flatMap(splitValues)).toHaveLength(3);
    expect(toTag(read)).toBe("1918181833n");
    expect(read.text).toBe(FOLDED);
  });

  test("counts bytes, not characters", () => {
    const text = toBytes("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 6\r\n\r\nhéllo and more");
    const read = readMessage(text, "length");
    expect(read.kind === "request" && Buffer.from(read.body, "latin1").toString("utf8")).toBe("héllo");
  });

  test("what is printed can be read", () => {
    const value = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,30}[\x21-\x7e])?$/);
    const name = fc.stringMatching(/^X-[A-Za-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, value), { maxLength: 10 }),
        fc.string({ unit: "binary" }),
        (headers, body) => {
          const text = printMessage(
            "OPTIONS sip:a@b SIP/2.0",
            ["To: x", ...headers.map(([n, v]) => `${n}: ${v}`)],
            toBytes(body),
          );
          const read = readMessage(text, "length");
          if (read.kind !== "request") throw new Error(read.kind);
          const own = (each: Header) => each.key.startsWith("x-");
          expect(read.headers.filter(own).map((each) => [each.name, each.value])).toEqual(headers);
          expect(read.body).toBe(toBytes(body));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a stream is cut the same way however it arrives", () => {
    const texts = [
      message({ body: "one", lines: ["Content-Type: text/plain"] }),
      message({}),
      message({ body: "\r\n\r\nx" }),
    ];
    const stream = `\r\n\r\n${texts.join("\r\n\r\n\r\n")}`;
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        const got: string[] = [];
        let pings = 0;
        const take = cutStream({
          message: (text) => got.push(text),
          ping: () => pings++,
          lost: () => got.push("lost"),
        });
        let from = 0;
        for (const at of [...cuts.toSorted((a, b) => a - b), stream.length]) {
          take(Buffer.from(stream.slice(from, at), "latin1"));
          from = at;
        }
        expect(got).toEqual(texts);
        expect(pings).toBeGreaterThan(0);
      }),
    );
  });

  test("frames are cut the same way however they arrive", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary", minLength: 1 })),
        fc.integer({ min: 1, max: 50 }),
        (payloads, size) => {
          const got: string[] = [];
          const take = cutFrames(
            (payload) => got.push(payload),
            (why) => got.push(why),
          );
          const stream = payloads.map((payload) => printFrame(toBytes(payload))).join("");
          for (let at = 0; at < stream.length; at += size) take(Buffer.from(stream.slice(at, at + size), "latin1"));
          expect(got).toEqual(payloads.map(toBytes));
        },
      ),
    );
  });

  test.each([
    ["2000000#", "a frame of 2000000 bytes is too large, the limit is 1048576"],
    ["x#", "a frame must begin with its length"],
    ["#", "a frame must begin with its length"],
    ["12345678", "a frame must begin with its length"],
  ])("a frame that begins %j is the end", (chunk, expected) => {
    const got: string[] = [];
    cutFrames(
      () => {},
      (why) => got.push(why),
    )(Buffer.from(chunk));
    expect(got).toEqual([expected]);
  });

  test("URIs, name-addrs and parameters", () => {
    expect(parseUri("sip:+1-212;isub=1@Example.COM:5070;transport=TCP;lr?x=y")).toEqual({
      scheme: "sip",
      user: "+1-212;isub=1",
      host: "example.com",
      port: 5070,
      params: ";transport=TCP;lr",
    });
    expect(parseUri("sips:[2001:DB8::1]")).toMatchObject({ scheme: "sips", host: "2001:db8::1", port: undefined });
    for (const text of ["sip:", "sip:@", "sip:a@b:0", "sip:a@b:99999", "sip:a b@c", "sip:a@-x", "http://x", "tel:x"]) {
      expect([text, parseUri(text)]).toEqual([text, undefined]);
    }
    expect(parseNameAddr('"a \\" <x>;tag=no" <sip:b@c;lr>;tag=yes')).toEqual({
      display: '"a \\" <x>;tag=no"',
      uri: "sip:b@c;lr",
      params: ";tag=yes",
    });
    expect(tagOf("sip:a@b;tag=x")).toBe("x");
    expect(param(';a="x;b=1";b = 2;c', "b")).toBe("2");
    expect(param(";c", "c")).toBe("");
    expect(splitValues('"a,b" <sip:x,y@z>, <sip:c>')).toEqual(['"a,b" <sip:x,y@z>', "<sip:c>"]);
  });
});

describe("anything at all", () => {
  const plain = message({ body: "v=0\r\n", lines: ["Contact: <sip:a@192.0.2.9>", "Content-Type: application/sdp"] });
  /** Cuts out, doubles and overwrites pieces of a good message. */
  const mutation = fc
    .array(
      fc.tuple(
        fc.nat(plain.length),
        fc.nat(12),
        fc.constantFrom("", "\r\n", ":", ";", ",", "<", '"', "\0", " ", "%", "é", "9".repeat(40)),
      ),
      {
        maxLength: 6,
      },
    )
    .map((edits) =>
      edits.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), plain),
    );

  test("from the network: no crash, at most one answer", () => {
    const { answers, world } = listen();
    fc.assert(
      fc.property(fc.oneof(mutation, fc.string({ unit: "binary" })), (text) => {
        answers.length = 0;
        world.receive(text, PEER);
        expect(answers.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  test("from an application: no crash, one verdict, no header of its making", () => {
    const verdicts: string[] = [];
    const sent: string[] = [];
    const world = createWorld({
      onSip: (text) => sent.push(text),
      onFrame: (_name, payload) => verdicts.push(payload),
    });
    world.connect("app");
    world.frame("app", "1|authenticate|cymru|");
    const value = fc.string({
      unit: fc.constantFrom("a", " ", "\r", "\n", "\0", ":", ";", '"', "<", ">", "é", "\t", "X-Evil: 1"),
    });
    const names = [
      "X-Data",
      "Subject",
      "User-Agent",
      "From",
      "To",
      "Contact",
      "Call-ID",
      "P-Asserted-Identity",
      "Refer-To",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, text) => {
        fc.pre(!text.includes("\r\n"));
        verdicts.length = 0;
        sent.length = 0;
        world.frame("app", `7|sip||\r\nMESSAGE sip:bob@192.0.2.7 SIP/2.0\r\n${name}: ${text}\r\nX-Last: 1\r\n\r\n`);
        expect(verdicts).toHaveLength(1);
        if (/[\r\n\0]/.test(text.trim())) expect([verdicts[0]!.includes("|NOK|"), sent]).toEqual([true, []]);
        for (const one of sent) {
          const lines = one.split("\r\n").map((line) => line.split(":")[0]!.toLowerCase());
          expect(lines.filter((line) => line === "x-evil")).toEqual([]);
          expect(lines.filter((line) => line === "x-last")).toHaveLength(1);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
