import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Law, decode, encode } from "../media/g711.ts";
import {
  type MediaCommand,
  type MediaEvent,
  type MediaPort,
  readWav,
  startMediaHere,
  writeWav,
} from "../media/index.ts";
import type { RtpPacket } from "../media/rtp.ts";
import { correlate, energy } from "./audio.ts";
import { type RtpPhone, rtpPhone, sweep } from "./rtp-phone.ts";

/* Legs over real UDP on the loopback, with a socket as the phone. */

const folder = await mkdtemp(join(tmpdir(), "media-leg-"));
afterAll(() => rm(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

await writeFile(file("hello.wav"), writeWav(sweep(2400)));
await writeFile(file("other.wav"), writeWav(sweep(1600, 1500)));
await writeFile(file("broken.wav"), "not sound");

let media: MediaPort;
let events: MediaEvent[];
let phones: RtpPhone[];

beforeEach(async () => {
  media = await startMediaHere({ address: "127.0.0.1", country: "PT" });
  events = [];
  phones = [];
  media.listen((event) => events.push(event));
});

afterEach(async () => {
  await media.stop();
  for (const { socket } of phones) socket.close();
});

async function newPhone(at?: string): Promise<RtpPhone> {
  const made = await rtpPhone(at);
  phones.push(made);
  return made;
}

async function heard<T extends MediaEvent["type"]>(type: T, count = 1): Promise<Extract<MediaEvent, { type: T }>> {
  const found = () => events.filter((event): event is Extract<MediaEvent, { type: T }> => event.type === type);
  for (let waited = 0; waited < 15_000 && found().length < count; waited += 5) await pause(5);
  const event = found()[count - 1];
  if (type === "played") await pause(40); // the last packets are told of before they have come
  if (!event) throw new Error(`no ${type} among ${JSON.stringify(events)}`);
  return event;
}

const portOf = (sdp: string) => Number(/m=audio (\d+)/.exec(sdp)?.[1]);

/** Opens the leg `a` with this phone; → its RTP port. */
async function open(to: RtpPhone, ...lines: string[]): Promise<number> {
  media.send({ type: "open", leg: "a", offer: to.sdp(...lines) });
  return portOf((await heard("opened")).sdp);
}

function play(files: string[], more: Partial<Extract<MediaCommand, { type: "play" }>> = {}): void {
  media.send({ type: "play", leg: "a", play: 1, files: files.map(file), loop: false, ...more });
}

function audioOf(packets: RtpPacket[], law: Law = "PCMU"): Int16Array {
  return decode(law, Buffer.concat(packets.map((packet) => packet.payload)));
}

describe("what the phone hears", () => {
  test("the prompt, in numbered packets of 20 ms", async () => {
    const ana = await newPhone();
    await open(ana);
    play(["hello.wav", "other.wav"]);
    expect(await heard("played")).toEqual({ type: "played", leg: "a", play: 1, outcome: "done" });
    media.send({ type: "close", leg: "a" });
    const { sent } = await heard("closed");
    await pause(20);

    expect(ana.packets).toHaveLength(sent);
    const [first] = ana.packets;
    if (!first) throw new Error("no packet");
    expect(ana.packets.map((packet) => packet.marker)).toEqual(ana.packets.map((_, i) => i === 0));
    for (const [i, packet] of ana.packets.entries()) {
      expect(packet.sequence).toBe((first.sequence + i) & 0xffff);
      expect(packet.timestamp).toBe((first.timestamp + 160 * i) >>> 0);
      expect([packet.ssrc, packet.payloadType, packet.payload.length]).toEqual([first.ssrc, 0, 160]);
    }
    const wanted = Int16Array.of(...sweep(2400), ...sweep(1600, 1500));
    const { correlation, lag } = correlate(wanted, audioOf(ana.packets));
    expect(correlation).toBeGreaterThan(0.999);
    expect(lag % 160).toBe(0);
    expect(energy(audioOf(ana.packets).subarray(lag + 4000))).toBe(0);
  });

  test("A-law by the payload number of the phone", async () => {
    const ana = await newPhone();
    const offer = ana
      .sdp()
      .replace("RTP/AVP 0 96", "RTP/AVP 97 96")
      .replace("a=rtpmap:96", "a=rtpmap:97 PCMA/8000\r\na=rtpmap:96");
    media.send({ type: "open", leg: "a", offer });
    play(["hello.wav"]);
    await heard("played");
    expect(ana.packets[0]?.payloadType).toBe(97);
    expect(correlate(sweep(2400), audioOf(ana.packets, "PCMA")).correlation).toBeGreaterThan(0.999);
  });

  test("silence while nothing plays, and after stop", async () => {
    const ana = await newPhone();
    await open(ana);
    await pause(100);
    expect(ana.packets.length).toBeGreaterThanOrEqual(3);
    expect(energy(audioOf(ana.packets))).toBe(0);
    play(["hello.wav"], { loop: true });
    await pause(100);
    media.send({ type: "stop", leg: "a" });
    await pause(30);
    ana.packets.length = 0;
    await pause(100);
    expect(ana.packets.length).toBeGreaterThanOrEqual(3);
    expect(energy(audioOf(ana.packets))).toBe(0);
    expect(events.filter((event) => event.type === "played")).toEqual([]);
  });

  test.each([true, false])("exactly the time that was asked for, looped: %s", async (loop) => {
    const ana = await newPhone();
    await open(ana);
    play(["hello.wav"], { loop, ms: 500 });
    const started = performance.now();
    expect((await heard("played")).outcome).toBe("done");
    expect(performance.now() - started).toBeGreaterThan(480);
    await pause(40);
    const audio = audioOf(ana.packets);
    const sounding = audio.findLastIndex((sample) => sample !== 0) - audio.findIndex((sample) => sample !== 0);
    expect(Math.abs(sounding - (loop ? 4000 : 2400))).toBeLessThan(5);
    if (loop) {
      const twice = Int16Array.of(...sweep(2400), ...sweep(1600));
      expect(correlate(twice, audio).correlation).toBeGreaterThan(0.999);
    }
  });

  test("a play replaced by another reports nothing", async () => {
    const ana = await newPhone();
    await open(ana);
    play(["hello.wav"], { loop: true });
    await pause(60);
    play(["other.wav"], { play: 2 });
    expect(await heard("played")).toMatchObject({ play: 2, outcome: "done" });
    expect(correlate(sweep(1600, 1500), audioOf(ana.packets)).correlation).toBeGreaterThan(0.999);
    play(["hello.wav"], { play: 3 });
    play(["other.wav"], { play: 4 });
    expect(await heard("played", 2)).toMatchObject({ play: 4 });
  });

  test.each([
    [["hello.wav", "none.wav"], "missing", "no such file: "],
    [["broken.wav"], "failed", "not a WAV file: "],
  ])("a file that cannot be played: %s", async (files, outcome, reason) => {
    const ana = await newPhone();
    await open(ana);
    play(files);
    expect(await heard("played")).toEqual({
      type: "played",
      leg: "a",
      play: 1,
      outcome,
      reason: reason + file(files.at(-1) ?? ""),
    });
    await pause(50);
    expect(energy(audioOf(ana.packets))).toBe(0);
  });

  test("the ringback tone until something else sounds", async () => {
    const ana = await newPhone();
    await open(ana);
    media.send({ type: "ringback", leg: "a" });
    await pause(200);
    expect(energy(audioOf(ana.packets).slice(-400))).toBeGreaterThan(1000);
  });

  test("nothing while it holds; the prompt goes on meanwhile", async () => {
    const ana = await newPhone();
    await open(ana);
    play(["hello.wav"]);
    media.send({ type: "peer", leg: "a", role: "offer", sdp: ana.sdp("a=sendonly") });
    expect((await heard("opened", 2)).sdp).toContain("a=recvonly");
    await pause(20);
    ana.packets.length = 0;
    await heard("played");
    expect(ana.packets).toEqual([]);
    media.send({ type: "peer", leg: "a", role: "offer", sdp: ana.sdp() });
    await heard("opened", 3);
    await pause(60);
    expect(ana.packets[0]?.marker).toBe(true);
  });

  test("the new place when it moves", async () => {
    const [ana, desk] = [await newPhone(), await newPhone()];
    await open(ana);
    media.send({ type: "peer", leg: "a", role: "offer", sdp: desk.sdp() });
    await heard("opened", 2);
    await pause(60);
    expect(desk.packets.length).toBeGreaterThan(1);
    media.send({ type: "peer", leg: "a", role: "offer", sdp: "rubbish" });
    await heard("refused");
    const before = desk.packets.length;
    await pause(60);
    expect(desk.packets.length).toBeGreaterThan(before);
  });
});

const key = (to: RtpPhone, port: number, event: number, timestamp: number) => {
  for (const flags of [0x0a, 0x0a, 0x8a, 0x8a, 0x8a]) {
    to.say(port, { payloadType: 96, timestamp, payload: Buffer.from([event, flags, 1, 0x40]) });
  }
};

describe("what the leg hears", () => {
  test("digits, each once", async () => {
    const ana = await newPhone();
    const port = await open(ana);
    for (const [i, event] of [4, 2, 11, 2].entries()) key(ana, port, event, i * 1600);
    await heard("digit", 4);
    await pause(20);
    expect(events.flatMap((event) => (event.type === "digit" ? event.digit : [])).join("")).toBe("42#2");
  });

  test("a flood of keys is no more than anybody can press", async () => {
    const ana = await newPhone();
    const port = await open(ana);
    for (let i = 0; i < 400; i++) {
      ana.say(port, { payloadType: 96, timestamp: i * 1600, payload: Buffer.from([i % 10, 0x0a, 1, 0x40]) });
    }
    await heard("digit", 20);
    media.send({ type: "close", leg: "a" });
    await heard("closed");
    expect(events.filter(({ type }) => type === "digit").length).toBeLessThan(200);
  });

  test("one sender; strangers, floods and rubbish change nothing", async () => {
    const [ana, stranger] = [await newPhone(), await newPhone()];
    const port = await open(ana);
    ana.say(port, {});
    await pause(20);
    for (let i = 0; i < 50; i++) {
      stranger.say(port, { ssrc: i, sequence: i });
      ana.say(port, { payloadType: 34 });
      ana.socket.send(Buffer.alloc(i), port, "127.0.0.1");
    }
    key(stranger, port, 5, 0);
    await pause(30);
    ana.socket.send(Buffer.alloc(60_000, 0x80), port, "127.0.0.1");
    ana.say(port, {});
    await pause(30);
    media.send({ type: "close", leg: "a" });
    expect((await heard("closed")).received).toBe(2);
    expect(events.some((event) => event.type === "digit")).toBe(false);
    expect(stranger.packets).toEqual([]);
  });

  test("a phone behind NAT is answered where it sends from", async () => {
    const [inside, outside] = [await newPhone(), await newPhone()];
    const port = await open(inside);
    outside.say(port, {});
    await expect.poll(() => outside.packets.length).toBeGreaterThan(2);
  });

  test("who signals from behind a NAT takes his leg back from a stranger who was faster, and keeps it", async () => {
    const [inside, outside, stranger] = [await newPhone(), await newPhone("127.0.0.2"), await newPhone("127.0.0.9")];
    const port = await open(inside);
    media.send({ type: "near", leg: "a", addresses: ["127.0.0.2"] });
    stranger.say(port, {});
    await expect.poll(() => stranger.packets.length).toBeGreaterThan(0);
    outside.say(port, {});
    await expect.poll(() => outside.packets.length).toBeGreaterThan(0);
    for (let nth = 0; nth < 20; nth++) key(stranger, port, 5, nth * 1600);
    key(outside, port, 7, 0);
    await heard("digit");
    const told = stranger.packets.length;
    outside.packets.length = 0;
    await expect.poll(() => outside.packets.length).toBeGreaterThan(5);
    expect(stranger.packets.length).toBe(told);
    expect(events.flatMap((event) => (event.type === "digit" ? event.digit : []))).toEqual(["7"]);
  });

  test("the described address takes it back from both", async () => {
    const [inside, outside, stranger] = [await newPhone(), await newPhone("127.0.0.2"), await newPhone("127.0.0.9")];
    const port = await open(inside);
    media.send({ type: "near", leg: "a", addresses: ["127.0.0.2"] });
    for (const one of [stranger, outside, inside]) {
      one.say(port, {});
      one.packets.length = 0;
      await expect.poll(() => one.packets.length).toBeGreaterThan(0);
    }
    for (const one of [stranger, outside]) key(one, port, 5, 0);
    key(inside, port, 7, 0);
    expect(await heard("digit")).toMatchObject({ digit: "7" });
    inside.packets.length = 0;
    for (const one of [stranger, outside]) one.packets.length = 0;
    await expect.poll(() => inside.packets.length).toBeGreaterThan(3);
    expect([stranger.packets.length, outside.packets.length]).toEqual([0, 0]);
  });

  test("recorded to a file, a lost packet as silence", async () => {
    const ana = await newPhone();
    const port = await open(ana);
    media.send({ type: "record", leg: "a", file: file("said.wav") });
    const said = sweep(1600);
    const bytes = Buffer.alloc(1600);
    encode("PCMU", said, bytes);
    for (let i = 0; i < 10; i++) {
      const payload = bytes.subarray(i * 160, i * 160 + 160);
      if (i !== 4) ana.say(port, { sequence: i, timestamp: 5000 + i * 160, payload });
    }
    await pause(50);
    media.send({ type: "stopRecording", leg: "a" });
    expect(await heard("recorded")).toEqual({ type: "recorded", leg: "a", file: file("said.wav"), ms: 200 });
    const read = readWav(await readFile(file("said.wav")));
    const samples = "samples" in read ? read.samples : new Int16Array();
    expect(energy(samples.subarray(640, 800))).toBe(0);
    expect(correlate(said, samples)).toMatchObject({ lag: 0, correlation: expect.closeTo(Math.sqrt(0.9), 2) });
  });
});

describe("opening and closing", () => {
  test("our offer is agreed on by an answer; another leg can be the phone", async () => {
    media.send({ type: "open", leg: "a" });
    const offer = (await heard("opened")).sdp;
    media.send({ type: "open", leg: "b", offer });
    const answer = (await heard("opened", 2)).sdp;
    media.send({ type: "peer", leg: "a", sdp: answer, role: "answer" });
    media.send({ type: "record", leg: "b", file: file("b.wav") });
    play(["hello.wav"]);
    await heard("played");
    media.send({ type: "close", leg: "b" });
    const closed = await heard("closed");
    expect(closed.sent).toBeGreaterThan(10);
    expect(closed.received).toBeGreaterThan(10);
    expect(events.findIndex((event) => event.type === "recorded")).toBeLessThan(events.indexOf(closed));
    const read = readWav(await readFile(file("b.wav")));
    expect(correlate(sweep(2400), "samples" in read ? read.samples : new Int16Array()).correlation).toBeGreaterThan(
      0.99,
    );
  });

  test("commands sent before the port is there are kept in order, those for unknown legs are ignored", async () => {
    media.send({ type: "play", leg: "nobody", play: 1, files: [], loop: false });
    media.send({ type: "close", leg: "nobody" });
    media.send({ type: "open", leg: "a", offer: (await newPhone()).sdp() });
    play(["hello.wav"], { ms: 20 });
    media.send({ type: "close", leg: "a" });
    media.send({ type: "close", leg: "a" });
    await heard("closed");
    await pause(50);
    expect(events.map((event) => event.type)).toEqual(["opened", "closed"]);
  });

  test("a mistake in one leg ends that leg, with the reason, and no other", async () => {
    const ana = await newPhone();
    await open(ana);
    media.send({ type: "open", leg: "b" });
    const broken: MediaCommand = JSON.parse('{ "type": "peer", "leg": "a", "role": "offer" }');
    media.send(broken);
    expect(await heard("closed")).toMatchObject({
      leg: "a",
      reason: expect.stringContaining("the media service failed"),
    });
    media.send({ type: "close", leg: "b" });
    expect(await heard("closed", 2)).not.toHaveProperty("reason");
  });

  test("a leg opened twice, and an offer we cannot answer, are refused", async () => {
    const ana = await newPhone();
    await open(ana);
    media.send({ type: "open", leg: "a" });
    media.send({ type: "open", leg: "x", offer: ana.sdp().replace("RTP/AVP 0", "RTP/AVP 9") });
    await heard("refused", 2);
    expect(events.slice(1)).toEqual([
      { type: "refused", leg: "a", reason: "the leg is open already" },
      { type: "refused", leg: "x", reason: "no codec in common; PCMU and PCMA are spoken here", unfit: true },
    ]);
  });
});

/** A stretch of ports where `low` and `low + 2` are free just now. */
async function range(): Promise<[low: number, high: number]> {
  const probe = await newPhone();
  const low = (probe.port + 2) & ~1;
  return [low, low + 3];
}

describe("ports", () => {
  test("are even, taken once, and free again after close; then the next leg is refused no more", async () => {
    const [low, high] = await range();
    const small = await startMediaHere({ address: "127.0.0.1", ports: [low - 1, high] });
    small.listen((event) => events.push(event));
    for (const leg of ["a", "b", "c"]) small.send({ type: "open", leg });
    await heard("refused");
    expect(events.map((event) => event.type).toSorted()).toEqual(["opened", "opened", "refused"]);
    const ports = events.flatMap((event) => (event.type === "opened" ? portOf(event.sdp) : []));
    expect(ports.toSorted((a, b) => a - b)).toEqual([low, low + 2]);

    small.send({ type: "close", leg: "a" });
    await heard("closed");
    small.send({ type: "open", leg: "d" });
    await heard("opened", 3);
    await small.stop();
    expect(events.filter((event) => event.type === "closed")).toHaveLength(3);

    for (const port of ports) {
      const socket = createSocket("udp4");
      socket.bind(port, "127.0.0.1");
      await once(socket, "listening");
      socket.close();
    }
  });

  test("one that others hold is passed over", async () => {
    const holder = await newPhone();
    const low = holder.port & ~1;
    const small = await startMediaHere({ address: "127.0.0.1", ports: [low, low + 20] });
    small.listen((event) => events.push(event));
    for (let i = 0; i < 11; i++) small.send({ type: "open", leg: `${i}` });
    await heard("opened", 8);
    expect(events.flatMap((event) => (event.type === "opened" ? portOf(event.sdp) : []))).not.toContain(holder.port);
    await small.stop();
  });

  test("an address that cannot be used is told at the start", async () => {
    await expect(startMediaHere({ address: "0.0.0.0" })).rejects.toThrow(
      "media needs one address that phones can reach",
    );
    await expect(startMediaHere({ address: "192.0.2.1", ports: [20_000, 20_002] })).rejects.toThrow(
      "no RTP port from 20000 to 20002 can be bound at 192.0.2.1",
    );
    for (const address of ["phone.example", "localhost", ""]) {
      await expect(startMediaHere({ address })).rejects.toThrow("write the address, not a name");
    }
  });

  test("an IPv6 address may stand in brackets", async () => {
    const six = await startMediaHere({ address: "[::1]" });
    const sdp = await new Promise<string>((resolve) => {
      six.listen((event) => event.type === "opened" && resolve(event.sdp));
      six.send({ type: "open", leg: "a" });
    });
    expect(sdp).toContain("c=IN IP6 ::1");
    await six.stop();
  });
});
