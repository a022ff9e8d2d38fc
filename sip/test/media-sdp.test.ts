import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Local, answer, offer, readAnswer } from "../media/negotiation.ts";
import { codecsOf, filterCodecs, isHeld, parseSdp, printSdp, type Sdp, withDirection, withOrigin } from "../sdp.ts";

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
    ["no audio", ["m=video 4000 RTP/AVP 99"], "no audio stream over plain RTP"],
    ["nothing", [], "no audio stream over plain RTP"],
    ["only encrypted", ["m=audio 4000 UDP/TLS/RTP/SAVPF 0"], "no audio stream over plain RTP"],
    ["refused by its writer", ["m=audio 0 RTP/AVP 0"], "no audio stream over plain RTP"],
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
      ]),
    });
    expect(readAnswer(local(), sdp("m=audio 0 RTP/AVP 0"))).toEqual({ reason: "no audio stream over plain RTP" });
  });
});

test("hostile text never throws, and what is answered can be read", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "m=audio 4000 RTP/AVP 0 8 101",
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
