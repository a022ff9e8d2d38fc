/** SRTP: its published vectors, what hostile packets meet, and a leg over the loopback that is encrypted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { cryptoLine, cryptosOf, type SdpCrypto, type SdpSuite } from "../dialog/sdes.ts";
import { parseSdp } from "../dialog/sdp.ts";
import { decode } from "../media/g711.ts";
import { type MediaEvent, readWav, startMediaHere, writeWav } from "../media/index.ts";
import { type RtpPacket, readRtp, writeRtpHeader } from "../media/rtp.ts";
import { createOpener, createSealer, deriveKey, keyedBy } from "../media/srtp.ts";
import { correlation } from "./audio.ts";
import { until } from "./calls-rig.ts";
import { rtpPhone, sweep } from "./rtp-phone.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const suites: SdpSuite[] = ["AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"];
/** RFC 3711 B.3. */
const master = hex("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6");
const crypto: SdpCrypto = { tag: 1, suite: "AES_CM_128_HMAC_SHA1_80", key: master };

describe("RFC 3711", () => {
  it.each([
    ["the key of the cipher", 0, "C61E7A93744F39EE10734AFE3FF7A087"],
    ["the salt", 2, "30CBBC08863D8C85D49DB34A9AE1"],
    [
      "the key of the proof",
      1,
      `CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE E049646C43D9327AD175578EF7227098
       6371C10C9A369AC2F94A8C5FBCDDDC25 6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2`.replaceAll(
        "\n",
        "",
      ),
    ],
  ])("B.3: %s", (_what, label, key) => {
    expect(deriveKey(master, label, hex(key).length)).toEqual(hex(key));
  });

  it("B.2: the key stream of AES in counter mode", () => {
    // With this as a master key, label 0 takes the very counter of the vector.
    const session = hex("2B7E151628AED2A6ABF7158809CF4F3C F0F1F2F3F4F5F6F7F8F9FAFBFCFD");
    const stream = "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0";
    expect(deriveKey(session, 0, 48)).toEqual(hex(stream));
  });

  // The packets by which implementations are commonly compared.
  const header = "800f1234 decafbad cafebabe";
  const sealed = `${header} 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb`;

  it("a packet that others have sealed is opened, and ours is the same", () => {
    const plain = Buffer.concat([hex(header), Buffer.alloc(16, 0xab)]);
    expect(createOpener(crypto).open(hex(sealed))).toEqual(plain);
    const packet = Buffer.concat([plain, Buffer.alloc(10)]);
    createSealer(crypto).seal(packet);
    expect(packet).toEqual(hex(sealed));
  });

  it("a report that others have sealed is opened once", () => {
    const report = hex("81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798");
    const opener = createOpener(crypto);
    expect(opener.openReport(Buffer.from(report))).toEqual(hex(`81c8000bcafebabe ${"ab".repeat(16)}`));
    expect(opener.openReport(Buffer.from(report))).toBeUndefined();
    report.writeUInt8(0x72, 8);
    expect(createOpener(crypto).openReport(report)).toBeUndefined();
  });
});

/** Packets with these numbers, sealed one after another. */
function sealedBy(suite: SdpSuite, numbers: number[], ssrc = 7): Buffer[] {
  const sealer = createSealer({ ...crypto, suite });
  return numbers.map((sequence) => {
    const packet = Buffer.alloc(12 + 160 + sealer.room, sequence & 0xff);
    writeRtpHeader(packet, { payloadType: 0, marker: false, sequence, timestamp: 0, ssrc });
    sealer.seal(packet);
    return packet;
  });
}

describe.each(suites)("%s", (suite) => {
  const opener = () => createOpener({ ...crypto, suite });
  const opened = (by: ReturnType<typeof opener>, packets: Buffer[]): (number | undefined)[] =>
    packets.map((packet) => readRtp(by.open(Buffer.from(packet)) ?? Buffer.alloc(0))?.sequence);

  it("what is sealed is opened, out of order too, over the turn of its numbers and back", () => {
    const [before, last, first, next] = sealedBy(suite, [65_534, 65_535, 0, 1]) as [Buffer, Buffer, Buffer, Buffer];
    const by = opener();
    const plain = by.open(Buffer.from(before))!;
    expect(plain.subarray(12)).toEqual(Buffer.alloc(160, 65_534 & 0xff));
    expect(opened(by, [first, last, next])).toEqual([0, 65_535, 1]);
  });

  it("who joins a stream that has turned over already opens it", () => {
    const turned = sealedBy(
      suite,
      [1, 0, 0, 0, 40_000, 40_001].map((each, i) => (i < 4 ? 3 - i : each)),
    );
    expect(opened(opener(), turned.slice(-2))).toEqual([40_000, 40_001]);
  });

  it("each packet once, and none that is older than the window", () => {
    const packets = sealedBy(
      suite,
      Array.from({ length: 100 }, (_, i) => i),
    );
    const by = opener();
    expect(opened(by, [packets[0]!, packets[0]!])).toEqual([0, undefined]);
    expect(opened(by, [packets[99]!, packets[36]!, packets[35]!, packets[36]!])).toEqual([
      99,
      36,
      undefined,
      undefined,
    ]);
  });

  it.each<[string, (packet: Buffer) => Buffer]>([
    ["another sound", (packet) => (packet.writeUInt8(packet.readUInt8(50) ^ 1, 50), packet)],
    ["another header", (packet) => (packet.writeUInt8(8, 1), packet)],
    [
      "another tag",
      (packet) => (packet.writeUInt8(packet.readUInt8(packet.length - 1) ^ 1, packet.length - 1), packet),
    ],
    ["cut off", (packet) => packet.subarray(0, -1)],
    ["a tag alone", (packet) => packet.subarray(0, 13)],
    [
      "an extension that leads out of it",
      (packet) => (packet.writeUInt8(0x90, 0), packet.writeUInt16BE(0xffff, 14), packet),
    ],
    ["nothing", () => Buffer.alloc(0)],
    ["by another key", (packet) => packet],
  ])("%s does not verify, and does no harm", (what, change) => {
    const [packet] = sealedBy(suite, [5]) as [Buffer];
    const key = what === "by another key" ? Buffer.alloc(30) : master;
    const by = createOpener({ ...crypto, suite, key });
    expect(by.open(change(Buffer.from(packet)))).toBeUndefined();
    if (key === master) expect(opened(by, [packet])).toEqual([5]);
  });
});

it("the same key goes on, another begins anew", () => {
  const first = createOpener(crypto);
  expect(keyedBy(first, { ...crypto, tag: 2, key: Buffer.from(master) }, createOpener)).toBe(first);
  expect(keyedBy(first, { ...crypto, key: Buffer.alloc(30) }, createOpener)).not.toBe(first);
  expect(keyedBy(first, { ...crypto, suite: "AES_CM_128_HMAC_SHA1_32" }, createOpener)).not.toBe(first);
  expect(keyedBy(first, undefined, createOpener)).toBeUndefined();
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

it.each(suites)("row 4.25: a leg plays, hears, records and is told keys, encrypted: %s", async (suite) => {
  const folder = mkdtempSync(join(tmpdir(), "srtp-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "hello.wav"), writeWav(sweep(2400)));
  const media = await startMediaHere({ address: "127.0.0.1" });
  closing.push(() => media.stop());
  const events: MediaEvent[] = [];
  media.listen((event) => events.push(event));
  const found = <T extends MediaEvent["type"]>(type: T) =>
    events.find((event): event is Extract<MediaEvent, { type: T }> => event.type === type);

  const phone = await rtpPhone();
  closing.push(() => phone.close());
  const mine: SdpCrypto = { tag: 3, suite, key: Buffer.alloc(30, 9) };
  const offer = phone.sdp(cryptoLine(mine)).replace("RTP/AVP", "RTP/SAVP");
  media.send({ type: "open", leg: "a", offer });
  media.send({ type: "record", leg: "a", file: join(folder, "said.wav") });
  await until(() => found("opened") !== undefined);
  const read = parseSdp(found("opened")!.sdp);
  const [stream] = "sdp" in read ? read.sdp.media : [];
  const theirs = cryptosOf(stream!);
  expect(theirs).toMatchObject([{ tag: 3, suite }]);
  expect(theirs[0]!.key).not.toEqual(mine.key);

  const opener = createOpener(theirs[0]!);
  const heard: RtpPacket[] = [];
  let unopened = 0;
  phone.socket.on("message", (bytes) => {
    const packet = readRtp(opener.open(bytes) ?? Buffer.alloc(0));
    if (packet) heard.push(packet);
    else unopened++;
  });
  media.send({ type: "play", leg: "a", play: 1, files: [join(folder, "hello.wav")], loop: false });
  await until(() => found("played") !== undefined && heard.length > 20);
  const sound = decode("PCMU", Buffer.concat(heard.map(({ payload }) => payload)));
  expect(correlation(sound, sweep(2400))).toBeGreaterThan(0.999);
  expect(unopened).toBe(0);

  const sealer = createSealer(mine);
  // Somebody who sees his packets says each before him: what has come before is a repetition, and he would not be heard.
  const stranger = await rtpPhone();
  closing.push(() => stranger.close());
  const say = (sequence: number, payloadType: number, payload: Buffer, clear = false): void => {
    const packet = Buffer.concat([Buffer.alloc(12), payload, Buffer.alloc(clear ? 0 : sealer.room)]);
    writeRtpHeader(packet, { payloadType, marker: false, sequence, timestamp: sequence * 160, ssrc: 7 });
    if (!clear) sealer.seal(packet);
    if (sequence > 0) stranger.socket.send(packet, stream!.port, "127.0.0.1");
    phone.socket.send(packet, stream!.port, "127.0.0.1");
  };
  const key = (digit: number): Buffer => Buffer.from([digit, 0x8a, 0x03, 0x20]);
  for (let i = 0; i < 5; i++) say(i, 0, Buffer.alloc(160, 0x20));
  say(6, 96, key(7), true); // in the clear: not to be heard
  say(7, 96, key(5));
  await until(() => found("digit") !== undefined);
  media.send({ type: "close", leg: "a" });
  await until(() => found("closed") !== undefined);
  expect(events.filter(({ type }) => type === "digit")).toEqual([{ type: "digit", leg: "a", digit: "5" }]);
  expect(found("closed")).toMatchObject({ received: 6, quality: { received: 6, unverified: 1 } });
  const taped = readWav(readFileSync(join(folder, "said.wav")));
  const [loud] = decode("PCMU", Buffer.of(0x20));
  expect([...("samples" in taped ? taped.samples : [])].slice(0, 800)).toEqual(Array<number>(800).fill(loud!));
});
