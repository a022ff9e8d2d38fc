import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Keypad, digitIn, isTold } from "../media/digits.ts";
import { readRtp, type RtpPacket, writeRtpHeader } from "../media/rtp.ts";
import { type Address, type Source, admit, aim, target } from "../media/source.ts";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("packets", () => {
  test("the header is written and read", () => {
    const header = { payloadType: 101, marker: true, sequence: 65535, timestamp: 4294967295, ssrc: 2147483648 };
    const packet = Buffer.alloc(14);
    writeRtpHeader(packet, header);
    expect(packet.toString("hex")).toBe("80e5ffffffffffff800000000000");
    expect(readRtp(packet)).toEqual({ ...header, payload: Buffer.alloc(2) });
  });

  test.each<[string, string, string | undefined]>([
    ["plain", "8000 0001 00000002 00000003 aabb", "aabb"],
    ["no payload", "8000 0001 00000002 00000003", ""],
    ["contributing sources", "8200 0001 00000002 00000003 11111111 22222222 aabb", "aabb"],
    ["extension", "9000 0001 00000002 00000003 bede0001 11111111 aabb", "aabb"],
    ["padding", "a000 0001 00000002 00000003 aabb 0003 03", "aabb"],
    ["too short", "8000 0001 00000002 000000", undefined],
    ["another version", "4000 0001 00000002 00000003 aabb", undefined],
    ["STUN", "0001 0000 2112a442 000000000000000000000000", undefined],
    ["sources beyond the end", "8f00 0001 00000002 00000003 aabb", undefined],
    ["extension beyond the end", "9000 0001 00000002 00000003 bedeffff 11111111", undefined],
    ["extension cut off", "9000 0001 00000002 00000003 be", undefined],
    ["padding of nothing", "a000 0001 00000002 00000003 aabb00", undefined],
    ["padding beyond the start", "a000 0001 00000002 00000003 aabbff", undefined],
    ["huge", `8000 0001 00000002 00000003 ${"00".repeat(1489)}`, undefined],
  ])("%s", (_, hex, payload) => {
    expect(readRtp(bytes(hex))?.payload.toString("hex")).toBe(payload);
  });

  test("no bytes make it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (body) => {
        const packet = readRtp(Buffer.from(body));
        if (packet) digitIn({}, packet);
      }),
    );
  });
});

/** One packet of a digit: key, timestamp, duration, and flags: `m`arker, `e`nd. */
type Step = [key: number, timestamp: number, duration: number, flags?: string];

const press = (key: number, timestamp: number): Step[] => [
  [key, timestamp, 160, "m"],
  [key, timestamp, 320],
  [key, timestamp, 480],
  [key, timestamp, 640, "e"],
  [key, timestamp, 640, "e"],
  [key, timestamp, 640, "e"],
];

describe("digits", () => {
  function pressed(steps: Step[], keypad: Keypad = {}): string {
    return steps
      .map(([event, timestamp, duration, flags = ""]) => {
        const payload = Buffer.from([event, flags.includes("e") ? 0x8a : 0x0a, duration >> 8, duration & 0xff]);
        const packet: RtpPacket = {
          payloadType: 101,
          marker: flags.includes("m"),
          sequence: 0,
          timestamp,
          ssrc: 1,
          payload,
        };
        return digitIn(keypad, packet) ?? "";
      })
      .join("");
  }

  test.each<[string, string, Step[]]>([
    ["one press", "5", press(5, 1000)],
    ["all keys", "0123456789*#ABCD", Array.from({ length: 16 }, (_, key) => press(key, key * 2000)).flat()],
    ["the same key twice", "55", [...press(5, 1000), ...press(5, 2600)]],
    [
      "the same key twice, only ends arrive",
      "55",
      [
        [5, 1000, 640, "e"],
        [5, 2600, 640, "e"],
      ],
    ],
    ["the start is lost", "5", press(5, 1000).slice(2)],
    ["only the last end arrives", "5", press(5, 1000).slice(5)],
    ["all ends are lost", "56", [...press(5, 1000).slice(0, 3), ...press(6, 3000)]],
    ["a late packet of the key before", "56", [...press(5, 1000), ...press(6, 3000), [5, 1000, 640, "e"]]],
    ["timestamps start over", "56", [...press(5, 0xfffffff0), ...press(6, 900)]],
    [
      "a key held for long goes on as another segment",
      "7",
      [
        [7, 1000, 160, "m"],
        [7, 1000, 65535],
        [7, 66535, 160],
        [7, 66535, 400, "e"],
      ],
    ],
    [
      "hook flash and tones are no keys",
      "",
      [
        [16, 1000, 160, "m"],
        [70, 3000, 160, "m"],
      ],
    ],
  ])("%s", (_, digits, steps) => {
    expect(pressed(steps)).toBe(digits);
  });

  test("another sender starts anew, too short a packet is none", () => {
    const packet = {
      payloadType: 101,
      marker: true,
      sequence: 0,
      timestamp: 9000,
      ssrc: 1,
      payload: bytes("050a00a0"),
    };
    const keypad: Keypad = {};
    expect(digitIn(keypad, packet)).toBe("5");
    expect(digitIn(keypad, { ...packet, ssrc: 2, timestamp: 10 })).toBe("5");
    expect(digitIn(keypad, { ...packet, ssrc: 2, timestamp: 5000, payload: bytes("050a00") })).toBeUndefined();
  });

  test("twenty at once are told, then one more every 40 ms", () => {
    const keypad: Keypad = {};
    const told = (now: number) => Array.from({ length: 50 }, () => isTold(keypad, now)).filter(Boolean).length;
    expect([1000, 1039, 1040, 1200, 60_000].map(told)).toEqual([20, 0, 1, 4, 20]);
  });
});

describe("who may speak", () => {
  const phone = { address: "192.168.0.7", port: 4000 };
  const behindNat = { address: "203.0.113.9", port: 61_000 };
  const stranger = { address: "198.51.100.66", port: 7 };
  const other = { address: "198.51.100.67", port: 7 };
  /** On the public network, and a port that a NAT gave it there. */
  const outside = { address: "203.0.113.9", port: 4000 };

  function source(described = phone, near: string[] = []): Source {
    const made: Source = { near, heardAt: 0 };
    aim(made, described);
    return made;
  }

  test("nobody before there is an SDP", () => {
    const undescribed: Source = { near: [], heardAt: 0 };
    expect(admit(undescribed, phone, 1, 0)).toBe(false);
    expect(target(undescribed)).toBeUndefined();
  });

  // Who sends in turn, who of them is heard, and where packets go after each.
  const table: [string, Source, [from: Address, heard: boolean, to: Address][]][] = [
    [
      "the described address, and nobody else",
      source(),
      [
        [phone, true, phone],
        [stranger, false, phone],
        [behindNat, false, phone],
      ],
    ],
    [
      "who is first, where the described address is inside a NAT",
      source(),
      [
        [behindNat, true, behindNat],
        [stranger, false, behindNat],
        [{ ...behindNat, port: 61_002 }, false, behindNat],
      ],
    ],
    [
      "the described address takes its place back from a faster stranger",
      source(),
      [
        [stranger, true, stranger],
        [phone, true, phone],
        [stranger, false, phone],
      ],
    ],
    [
      "who is behind the NAT that signals takes it back too",
      source(phone, [behindNat.address]),
      [
        [stranger, true, stranger],
        [behindNat, true, behindNat],
        [stranger, false, behindNat],
        [other, false, behindNat],
      ],
    ],
    [
      "of two behind that NAT the first",
      source(phone, [behindNat.address]),
      [
        [behindNat, true, behindNat],
        [{ ...behindNat, port: 7 }, false, behindNat],
      ],
    ],
    [
      "but the described address comes before both",
      source(phone, [behindNat.address]),
      [
        [behindNat, true, behindNat],
        [phone, true, phone],
        [behindNat, false, phone],
      ],
    ],
    [
      "a public address by another port",
      source(outside),
      [
        [stranger, true, outside],
        [behindNat, true, behindNat],
        [stranger, false, behindNat],
      ],
    ],
    [
      "a stranger is never sent to where the described address is public",
      source(outside),
      [
        [stranger, true, outside],
        [other, false, outside],
        [outside, true, outside],
        [stranger, false, outside],
      ],
    ],
  ];
  test.each(table)("%s", (_what, one, turns) => {
    for (const [nth, [from, heard, to]] of turns.entries()) {
      expect([nth, admit(one, from, from.port, nth), target(one)]).toEqual([nth, heard, to]);
    }
  });

  test("another SSRC only when the first has fallen silent", () => {
    const one = source();
    expect(admit(one, phone, 1, 0)).toBe(true);
    expect(admit(one, phone, 2, 20)).toBe(false);
    expect(admit(one, phone, 1, 40)).toBe(true);
    expect(admit(one, phone, 2, 239)).toBe(false);
    expect(admit(one, phone, 2, 240)).toBe(true);
    expect(admit(one, phone, 1, 260)).toBe(false);
  });

  test("a new address in the SDP starts over, the same one does not", () => {
    const one = source();
    admit(one, behindNat, 1, 0);
    aim(one, { ...phone });
    expect(target(one)).toEqual(behindNat);
    aim(one, { ...phone, port: 4002 });
    expect(target(one)).toEqual({ ...phone, port: 4002 });
    expect(admit(one, behindNat, 9, 1)).toBe(true);
  });
});
