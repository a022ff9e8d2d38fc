import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cryptoLine } from "../dialog/sdes.ts";
import { type Agreement, type Local, answer, offer, readAnswer } from "../media/negotiation.ts";
import { hears } from "../party/bridge.ts";
import {
  codecsOf,
  filterCodecs,
  isHeld,
  parseSdp,
  printSdp,
  type Sdp,
  withDirection,
  withOrigin,
} from "../dialog/sdp.ts";

const HEAD = "v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
const sdp = (...lines: string[]) => `${HEAD}${lines.join("\r\n")}\r\n`;

function parsed(text: string): Sdp {
  const result = parseSdp(text);
  if ("reason" in result) throw new Error(result.reason);
  return result.sdp;
}

function local(): Local {
  return { address: "127.0.0.1", port: 16_400, id: 99, version: 1 };
}

const NO_STREAM = "no audio stream over RTP, in the clear or with keys of RFC 4568";

/** The lines of our answer from the first `m=` on, or why there is none. */
function answered(text: string, ours = local()): string {
  const result = answer(ours, text);
  return "reason" in result ? result.reason : result.sdp.split("\r\n").slice(5, -1).join(" | ");
}

describe("the text", () => {
  const phone = sdp(
    "m=audio 4000 RTP/AVP 9 0 96",
    "a=rtpmap:9 G722/8000",
    "a=rtpmap:96 telephone-event/8000",
    "a=fmtp:96 0-16",
    "a=label:1",
    "m=video 4002 RTP/AVP 99",
    "a=rtpmap:99 H264/90000",
  );

  test("is printed as it was read, unknown lines too", () => {
    expect(printSdp(parsed(phone))).toBe(phone);
    expect(printSdp(parsed(phone.replaceAll("\r\n", "\n")))).toBe(phone);
  });

  test("under another origin nothing else changes", () => {
    const text = withOrigin(phone, { id: 5, version: 2, address: "127.0.0.1" });
    expect(text).toBe(phone.replace("o=- 7 1 IN IP4 192.0.2.1", "o=- 5 2 IN IP4 127.0.0.1"));
    expect(withOrigin(phone, { id: 5, version: 2, address: "::1" })).toContain("o=- 5 2 IN IP6 ::1\r\n");
  });

  test("codecs are named and filtered", () => {
    expect(codecsOf(parsed(phone).media[0] ?? { kind: "", port: 0, protocol: "", formats: [], lines: [] })).toEqual([
      { number: 9, name: "G722", clock: 8000 },
      { number: 0, name: "PCMU", clock: 8000 },
      { number: 96, name: "telephone-event", clock: 8000 },
    ]);
    expect(printSdp(filterCodecs(parsed(phone), ["PCMU"]))).toContain("m=audio 4000 RTP/AVP 0\r\na=label:1\r\nm=video");
    expect(printSdp(filterCodecs(parsed(phone), ["G729", "telephone-event"]))).toContain(
      "m=audio 0 RTP/AVP 9 0 96\r\n",
    );
  });

  test("directions are set and told", () => {
    const held = withDirection(parsed(phone), "sendonly");
    expect(printSdp(held)).toContain("a=label:1\r\na=sendonly\r\nm=video");
    expect([parsed(phone), held, withDirection(held, "recvonly"), withDirection(held, "inactive")].map(isHeld)).toEqual(
      [false, true, false, true],
    );
    expect(isHeld(parsed(phone.replace("c=IN IP4 192.0.2.1", "c=IN IP4 0.0.0.0")))).toBe(true);
  });

  test.each<[string, string]>([
    ["line 1 of the SDP is malformed", "hello"],
    ["the SDP does not start with v=0", "s=-\r\n"],
    ["the SDP does not start with v=0", ""],
    ["the o= line of the SDP is missing or malformed", "v=0\r\ns=-\r\n"],
    ["the o= line of the SDP is missing or malformed", "v=0\r\no=- x 1 IN IP4 1.1.1.1\r\n"],
    ["line 6 of the SDP is malformed", sdp("a=x\ry")],
    ["line 6 of the SDP is malformed", sdp("a=x\0y")],
    ["line 6 of the SDP is malformed", sdp("", "a=x")],
    ["an m= line of the SDP is malformed", sdp("m=audio")],
    ["an m= line of the SDP is malformed", sdp("m=audio 70000 RTP/AVP 0")],
    ["an m= line of the SDP is malformed", sdp("m=audio -1 RTP/AVP 0")],
    ["an m= line of the SDP is malformed", sdp(`m=audio 4000 RTP/AVP${" 0".repeat(129)}`)],
    ["a c= line of the SDP is malformed", sdp("m=audio 4000 RTP/AVP 0", "c=IN")],
    ["the SDP has too many m= lines", sdp(...Array.from({ length: 33 }, () => "m=audio 4000 RTP/AVP 0"))],
    ["the SDP is too long", sdp(`a=${"x".repeat(40_000)}`)],
  ])("%s", (reason, text) => {
    expect(parseSdp(text)).toEqual({ reason });
  });
});

describe("our answer", () => {
  const pcmu = "m=audio 16400 RTP/AVP 0 | a=rtpmap:0 PCMU/8000 | a=ptime:20";

  test.each<[string, string[], string]>([
    ["one codec", ["m=audio 4000 RTP/AVP 0"], `${pcmu} | a=sendrecv`],
    [
      "the first codec we know, with digits, by the numbers of the offer",
      [
        "m=audio 4000 RTP/AVP 9 97 0 96 110",
        "a=rtpmap:97 pcma/8000/1",
        "a=rtpmap:96 Telephone-Event/8000",
        "a=rtpmap:110 telephone-event/48000",
        "a=fmtp:96 0-16",
      ],
      "m=audio 16400 RTP/AVP 97 96 | a=rtpmap:97 PCMA/8000 | a=rtpmap:96 telephone-event/8000 | a=fmtp:96 0-15 | a=ptime:20 | a=sendrecv",
    ],
    [
      "comfort noise is taken, and is no codec to speak",
      ["m=audio 4000 RTP/AVP 13 0"],
      "m=audio 16400 RTP/AVP 13 0 | a=rtpmap:13 CN/8000 | a=rtpmap:0 PCMU/8000 | a=ptime:20 | a=sendrecv",
    ],
    ["another packet time does not matter", ["m=audio 4000 RTP/AVP 0", "a=ptime:30"], `${pcmu} | a=sendrecv`],
    ["hold", ["m=audio 4000 RTP/AVP 0", "a=sendonly"], `${pcmu} | a=recvonly`],
    ["hold for the whole session", ["a=sendonly", "m=audio 4000 RTP/AVP 0"], `${pcmu} | a=recvonly`],
    ["listen only", ["m=audio 4000 RTP/AVP 0", "a=recvonly"], `${pcmu} | a=sendonly`],
    ["inactive", ["m=audio 4000 RTP/AVP 0", "a=inactive"], `${pcmu} | a=inactive`],
    ["the old hold", ["m=audio 4000 RTP/AVP 0", "c=IN IP4 0.0.0.0"], `${pcmu} | a=recvonly`],
    [
      "other streams are refused in their place",
      ["m=video 4002 RTP/AVP 99", "a=rtpmap:99 H264/90000", "m=audio 4000 RTP/AVP 0", "m=audio 4004 RTP/AVP 8"],
      `m=video 0 RTP/AVP 99 | ${pcmu} | a=sendrecv | m=audio 0 RTP/AVP 8`,
    ],
    [
      "the encrypted stream is refused, the plain one taken",
      ["m=audio 4000 RTP/SAVP 0", "m=audio 4002 RTP/AVP 0"],
      `m=audio 0 RTP/SAVP 0 | ${pcmu} | a=sendrecv`,
    ],
    ["no audio", ["m=video 4000 RTP/AVP 99"], NO_STREAM],
    ["nothing", [], NO_STREAM],
    ["only encrypted", ["m=audio 4000 UDP/TLS/RTP/SAVPF 0"], NO_STREAM],
    ["refused by its writer", ["m=audio 0 RTP/AVP 0"], NO_STREAM],
    ["codecs unknown to us", ["m=audio 4000 RTP/AVP 9 18"], "no codec in common; PCMU and PCMA are spoken here"],
    [
      "digits alone",
      ["m=audio 4000 RTP/AVP 96", "a=rtpmap:96 telephone-event/8000"],
      "no codec in common; PCMU and PCMA are spoken here",
    ],
    [
      "a wide-band name",
      ["m=audio 4000 RTP/AVP 96", "a=rtpmap:96 PCMU/16000"],
      "no codec in common; PCMU and PCMA are spoken here",
    ],
    [
      "a host name",
      ["m=audio 4000 RTP/AVP 0", "c=IN IP4 phone.example"],
      "no address in the c= line that packets can be sent to",
    ],
    [
      "multicast",
      ["m=audio 4000 RTP/AVP 0", "c=IN IP4 224.2.1.1"],
      "no address in the c= line that packets can be sent to",
    ],
    [
      "another family",
      ["m=audio 4000 RTP/AVP 0", "c=IN IP6 2001:db8::1"],
      "no address in the c= line that packets can be sent to",
    ],
  ])("%s", (_, lines, result) => {
    expect(answered(sdp(...lines))).toBe(result);
  });

  test("no c= line at all", () => {
    expect(answered(sdp("m=audio 4000 RTP/AVP 0").replace("c=IN IP4 192.0.2.1\r\n", ""))).toBe(
      "no address in the c= line that packets can be sent to",
    );
  });

  test("stands under one session id, whose version rises when something changes", () => {
    const ours = local();
    const origins = ["a=sendrecv", "a=sendrecv", "a=sendonly", "a=sendrecv"].map((direction) => {
      const result = answer(ours, sdp("m=audio 4000 RTP/AVP 0", direction));
      return "sdp" in result ? result.sdp.split("\r\n")[1] : result.reason;
    });
    expect(origins.map((line) => line?.replace(" IN IP4 127.0.0.1", ""))).toEqual([
      "o=- 99 1",
      "o=- 99 1",
      "o=- 99 2",
      "o=- 99 3",
    ]);
  });

  test("over IPv6", () => {
    const six = HEAD.replaceAll("IP4 192.0.2.1", "IP6 2001:db8::1");
    const result = answer({ ...local(), address: "::1" }, `${six}m=audio 4000 RTP/AVP 8\r\n`);
    expect("sdp" in result && result.sdp).toContain("c=IN IP6 ::1\r\n");
    expect("sdp" in result && result.agreement.remote).toEqual({ address: "2001:db8::1", port: 4000 });
  });
});

describe("our offer", () => {
  test("holds both laws and digits", () => {
    expect(offer(local()).split("\r\n")).toEqual([
      "v=0",
      "o=- 99 1 IN IP4 127.0.0.1",
      "s=-",
      "c=IN IP4 127.0.0.1",
      "t=0 0",
      "m=audio 16400 RTP/AVP 0 8 101",
      "a=rtpmap:0 PCMU/8000",
      "a=rtpmap:8 PCMA/8000",
      "a=rtpmap:101 telephone-event/8000",
      "a=fmtp:101 0-15",
      "a=ptime:20",
      "a=sendrecv",
      "",
    ]);
  });

  test("is agreed on by the answer", () => {
    expect(readAnswer(local(), sdp("m=audio 4000 RTP/AVP 8 96", "a=rtpmap:96 telephone-event/8000"))).toEqual({
      remote: { address: "192.0.2.1", port: 4000 },
      sending: true,
      law: "PCMA",
      payloadType: 8,
      keys: 96,
      meanings: new Map([
        [8, "PCMA"],
        [96, "digit"],
        [0, "PCMU"],
        [101, "digit"],
        [13, "noise"],
      ]),
    });
    expect(readAnswer(local(), sdp("m=audio 0 RTP/AVP 0"))).toEqual({ reason: NO_STREAM });
  });
});

describe("row 4.25: keys in descriptions (RFC 4568)", () => {
  const inline = (byte: number): string => Buffer.alloc(30, byte).toString("base64");
  const line = (tag: number, size: 80 | 32, byte: number, more = ""): string =>
    `a=crypto:${tag} AES_CM_128_HMAC_SHA1_${size} inline:${inline(byte)}${more}`;
  const secret = "m=audio 4000 RTP/SAVP 0";
  /** Keys by what they are: those of others by their byte, ours as `ours`. */
  const keys = ({ ours, theirs }: NonNullable<Agreement["secured"]>): unknown => [
    `${ours.tag} ${ours.suite.slice(-2)}`,
    `${theirs.tag} ${theirs.suite.slice(-2)} ${theirs.key[0]}`,
  ];

  test.each<[string, string[], unknown]>([
    ["one that we know", [secret, line(1, 80, 1)], ["1 80", "1 80 1"]],
    ["the first of two, by its own number", [secret, line(7, 32, 1), line(2, 80, 2)], ["7 32", "7 32 1"]],
    ["with a lifetime and a hint", [secret, line(1, 80, 1, "|2^20 WSH=128")], ["1 80", "1 80 1"]],
    ["behind what we do not know", [secret, line(1, 80, 1).replace("128", "256"), line(2, 80, 2)], ["2 80", "2 80 2"]],
    ["behind keys that have names", [secret, line(1, 80, 1, "|2^20|1:4"), line(2, 32, 2)], ["2 32", "2 32 2"]],
    [
      "behind sound that is not encrypted",
      [secret, line(1, 80, 1, " UNENCRYPTED_SRTP"), line(2, 32, 2)],
      ["2 32", "2 32 2"],
    ],
    ["only with names", [secret, line(1, 80, 1, "|1:4")], NO_STREAM],
    ["too short", [secret, line(1, 80, 1).slice(0, -4)], NO_STREAM],
    ["none", [secret], NO_STREAM],
    ["beside sound in the clear", ["m=audio 4000 RTP/AVP 0", line(1, 80, 1)], undefined],
  ])("an offer is answered: %s", (_what, lines, agreed) => {
    const result = answer(local(), sdp(...lines));
    if ("reason" in result) return expect(result.reason).toBe(agreed);
    const { secured } = result.agreement;
    expect(secured && keys(secured)).toEqual(agreed);
    expect(result.sdp.includes("m=audio 16400 RTP/SAVP 0\r\n")).toBe(secured !== undefined);
    expect(result.sdp.match(/a=crypto:.*/g) ?? []).toEqual(secured ? [cryptoLine(secured.ours)] : []);
    expect(secured?.ours.key.equals(secured.theirs.key) ?? false).toBe(false);
  });

  const NOT_AS_OFFERED = "media are not encrypted as they were offered";
  test.each<[string, boolean, string[], unknown]>([
    ["encrypted, encrypted", true, [secret, line(1, 80, 1)], ["1 80", "1 80 1"]],
    ["encrypted, by the other suite", true, [secret, line(2, 32, 1)], ["2 32", "2 32 1"]],
    ["encrypted, by a number that is another's", true, [secret, line(2, 80, 1)], NOT_AS_OFFERED],
    ["encrypted, in the clear", true, ["m=audio 4000 RTP/AVP 0"], NOT_AS_OFFERED],
    ["in the clear, in the clear", false, ["m=audio 4000 RTP/AVP 0"], undefined],
    ["in the clear, encrypted", false, [secret, line(1, 80, 1)], NOT_AS_OFFERED],
  ])("our offer and its answer: %s", (_what, secured, lines, agreed) => {
    const ours = local();
    const text = offer(ours, secured);
    expect(text.match(/a=crypto:\d+ \S+/g) ?? []).toEqual(
      secured ? ["a=crypto:1 AES_CM_128_HMAC_SHA1_80", "a=crypto:2 AES_CM_128_HMAC_SHA1_32"] : [],
    );
    const result = readAnswer(ours, sdp(...lines));
    if ("reason" in result) return expect(result.reason).toBe(agreed);
    expect(result.secured && keys(result.secured)).toEqual(agreed);
    if (result.secured) expect(text).toContain(cryptoLine(result.secured.ours));
  });

  test.each<[string, string[]]>([
    ["for a while in the clear", ["m=audio 4000 RTP/AVP 0"]],
    ["for a while by the other suite", [secret, line(1, 32, 2)]],
  ])("our key is another after %s: packets would be encrypted by what others were", (_what, between) => {
    for (const agreed of [
      (of: Local, lines: string[]) => {
        const result = answer(of, sdp(...lines));
        return "reason" in result ? undefined : result.agreement.secured;
      },
      (of: Local, lines: string[]) => {
        offer(of, lines[0] === secret);
        const result = readAnswer(
          of,
          sdp(...lines).replace("a=crypto:1 AES_CM_128_HMAC_SHA1_32", "a=crypto:2 AES_CM_128_HMAC_SHA1_32"),
        );
        return "reason" in result ? undefined : result.secured;
      },
    ]) {
      const ours = local();
      const used = [[secret, line(1, 80, 1)], between, [secret, line(1, 80, 1)], [secret, line(1, 80, 1)]].map(
        (lines) => agreed(ours, lines)?.ours.key.toString("hex"),
      );
      expect(used[0]).toHaveLength(60);
      expect(used[2]).toHaveLength(60);
      expect(used[2]).not.toBe(used[0]);
      expect(used[3]).toBe(used[2]);
    }
  });

  test("our key stays in one leg, and is another in the next", () => {
    const ours = local();
    const again = (of: Local): string => {
      const result = answer(of, sdp(secret, line(1, 80, 1)));
      return "sdp" in result ? result.sdp : result.reason;
    };
    expect(again(ours)).toBe(again(ours));
    expect(again(ours)).not.toBe(again(local()));
  });

  test("whoever describes another key has to be told to the other side", () => {
    const told = sdp(secret, line(1, 80, 1), line(2, 32, 2));
    const chosen = sdp(secret, line(1, 80, 9));
    expect(hears(sdp(secret, line(1, 80, 1)), told, chosen)).toBe(true);
    expect(hears(sdp(secret, line(1, 80, 3)), told, chosen)).toBe(false);
  });
});

test("hostile text never throws, and what is answered can be read", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "m=audio 4000 RTP/AVP 0 8 101",
      "m=audio 4000 RTP/SAVP 0 8 101",
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${"A".repeat(40)}|2^20`,
      "a=rtpmap:101 telephone-event/8000",
      "a=sendonly",
      "c=IN IP4 9.9.9.9",
    ),
    fc.string({ unit: fc.constantFrom(...Array.from("acmorv=: /0123456789\r\n\0PRT\u2028é")), maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, headed) => {
      const text = headed ? sdp(...lines) : lines.join("\r\n");
      const result = answer(local(), text);
      if ("sdp" in result) expect(parseSdp(result.sdp)).toHaveProperty("sdp");
      withOrigin(text, { id: 1, version: 1, address: "127.0.0.1" });
      const read = parseSdp(text);
      if ("sdp" in read) printSdp(filterCodecs(withDirection(read.sdp, "inactive"), ["PCMU"]));
    }),
  );
});
