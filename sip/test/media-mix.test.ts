import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createToneDetector, soundKey } from "../media/dtmf.ts";
import { decode } from "../media/g711.ts";
import { type MediaEvent, type MediaPort, readWav, startMediaHere, writeWav } from "../media/index.ts";
import { createJitter } from "../media/jitter.ts";
import { createMixes } from "../media/mix.ts";
import { startTape } from "../media/tape.ts";
import { correlation, energy } from "./audio.ts";
import { until } from "./calls-rig.ts";
import { type RtpPhone, rtpPhone, sweep } from "./rtp-phone.ts";

const folder = await mkdtemp(join(tmpdir(), "media-mix-"));
afterAll(() => rm(folder, { recursive: true }));

async function samplesIn(file: string): Promise<Int16Array> {
  const wav = readWav(await readFile(file));
  if ("reason" in wav) throw new Error(wav.reason);
  return wav.samples;
}

const constant = (value: number) => new Int16Array(160).fill(value);

describe("a mix", () => {
  it("each hears the others and not himself, to the sample", () => {
    const mixes = createMixes();
    const [ana, luc, eva] = [1, 2, 3].map(() => mixes.take("m", () => undefined));
    const heard = new Int16Array(160);
    const hears = (seat: typeof ana, said: Int16Array | undefined): number => {
      seat?.pass(said, heard);
      return heard[159] ?? 0;
    };
    hears(ana, constant(100));
    hears(luc, constant(20));
    expect(hears(eva, undefined)).toBe(120);
    expect(hears(ana, constant(300))).toBe(20);
    expect(hears(luc, constant(20))).toBe(300);
    expect(hears(eva, constant(7))).toBe(320);
    expect(hears(ana, constant(32_767))).toBe(27);
    luc?.leave();
    expect(hears(eva, constant(32_767))).toBe(32_767);
    ana?.leave();
    expect(hears(eva, constant(1))).toBe(0);
  });

  it("too loud is clipped, and does not turn over", () => {
    const mixes = createMixes();
    const seats = [1, 2, 3].map(() => mixes.take("m", () => undefined));
    const heard = new Int16Array(160);
    for (const seat of seats) seat.pass(constant(-30_000), heard);
    seats[0]?.pass(constant(0), heard);
    expect(heard[0]).toBe(-32_768);
  });

  it("keys are told to the others; a name is another mix once all have left", () => {
    const mixes = createMixes();
    const keys: string[] = [];
    const [ana, luc] = ["ana", "luc"].map((who) => mixes.take("m", (key) => keys.push(`${who} ${key}`)));
    ana?.press("5");
    expect(keys).toEqual(["luc 5"]);
    ana?.pass(constant(9), new Int16Array(160));
    ana?.leave();
    luc?.leave();
    const heard = constant(1);
    mixes.take("m", () => undefined).pass(undefined, heard);
    expect(heard[0]).toBe(0);
  });
});

describe("what comes over the network", () => {
  const packet = (index: number, ssrc = 1) => ({
    timestamp: (0xffff_ff00 + index * 160) >>> 0,
    ssrc,
    payload: Buffer.alloc(160, 0x80 + (index % 100)),
  });
  const value = (index: number): number => decode("PCMU", Buffer.of(0x80 + (index % 100)))[0] ?? 0;

  /** Frames as they are taken, each after the packets that have come by then. */
  function taken(arrivals: (number | [index: number, ssrc: number])[][]): (number | undefined)[] {
    const jitter = createJitter();
    const frame = new Int16Array(160);
    return arrivals.map((come) => {
      for (const one of come) jitter.hear(Array.isArray(one) ? packet(...one) : packet(one), "PCMU");
      jitter.take(frame);
      return frame[80];
    });
  }

  const v = value;
  it.each<[string, Parameters<typeof taken>[0], number[]]>([
    ["in order, 60 ms later, the timestamp turning over", [[0], [1], [2], [3], [4]], [0, 0, 0, v(0), v(1)]],
    ["two at once, and none", [[0, 1], [], [2, 3], [], [4]], [0, 0, 0, v(0), v(1)]],
    ["in the wrong order", [[0], [2], [1], [3], [], []], [0, 0, 0, v(0), v(1), v(2)]],
    ["lost: silence in its place", [[0], [], [2], [3], [], []], [0, 0, 0, v(0), 0, v(2)]],
    [
      "one comes too late: it is left out, and the others stay where they are",
      [[0], [2], [3], [4], [5], [1, 6], [7]],
      [0, 0, 0, v(0), 0, v(2), v(3)],
    ],
    ["all come later from now on", [[0], [], [], [], [], [1], [2], [3], [4]], [0, 0, 0, v(0), 0, 0, 0, 0, v(1)]],
    ["another source", [[0], [1], [[50, 2]], [[51, 2]], [], [], []], [0, 0, 0, v(0), v(1), v(50), v(51)]],
    ["far ahead: it is brought nearer", [[0], [1], [40], [41], [], [], []], [0, 0, 0, v(0), v(1), v(40), v(41)]],
  ])("%s", (_, arrivals, heard) => {
    expect(taken(arrivals)).toEqual(heard);
  });
});

describe("a tape", () => {
  it("has its gap where it was paused, as silence, and ends when it is as long as it may be", async () => {
    const file = join(folder, "tape.wav");
    const tape = startTape(file, { mostMs: 3000 });
    const write = (frames: number) => Array.from({ length: frames }, () => tape.write(constant(1000)));
    write(60);
    tape.pause(true);
    tape.pause(true);
    write(30);
    tape.pause(false);
    expect(write(100).filter(Boolean)).toHaveLength(60);
    expect(await tape.finish()).toEqual({ ms: 3000, gaps: [{ fromMs: 1200, toMs: 1800 }], reason: undefined });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const samples = await samplesIn(file);
    expect(samples).toHaveLength(24_000);
    expect([9599, 9600, 14_399, 14_400, 23_999].map((at) => samples[at])).toEqual([1000, 0, 0, 1000, 1000]);
  });

  it("that is begun paused has nothing before it goes on", async () => {
    const tape = startTape(join(folder, "later.wav"), { paused: true });
    tape.write(constant(1000));
    tape.pause(true);
    tape.write(constant(1000));
    tape.pause(false);
    tape.write(constant(1000));
    expect(await tape.finish()).toMatchObject({ ms: 60, gaps: [{ fromMs: 0, toMs: 40 }] });
    expect(await samplesIn(join(folder, "later.wav"))).toEqual(Int16Array.of(...Array(320).fill(0), ...constant(1000)));
  });

  it("says why it could not be written", async () => {
    const tape = startTape(join(folder, "nowhere/tape.wav"));
    tape.write(constant(1));
    expect(await tape.finish()).toMatchObject({ reason: expect.stringContaining("ENOENT") });
  });
});

describe("comfort noise (RFC 3389)", () => {
  const [index, frame] = [{ at: 0 }, new Int16Array(160)];
  const packet = (payload: Buffer) => ({ timestamp: index.at++ * 160, ssrc: 1, payload });

  it.each([
    ["-40 dBov", 40, -40, []],
    ["-60 dBov", 60, -60, []],
    ["-60 dBov and how it sounds, which is left out", 60, -60, [1, 2, 3]],
    ["as loud as can be, which is not believed", 0, -30, []],
  ])("is as loud as told until he speaks again: %s", (_, level, dbov, spectrum) => {
    const jitter = createJitter();
    const take = (): number => {
      jitter.take(frame);
      return energy(frame);
    };
    index.at = 0;
    jitter.hear(packet(Buffer.alloc(160, 0xff)), "PCMU");
    jitter.hush(packet(Buffer.of(level, ...spectrum)));
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 0]);
    for (let i = 0; i < 20; i++) expect(Math.abs(20 * Math.log10(take() / 32_767) - dbov)).toBeLessThan(1);
    index.at = 24;
    jitter.hear(packet(Buffer.alloc(160, 0xff)), "PCMU");
    for (let i = 0; i < 3; i++) take();
    expect([take(), take()]).toEqual([0, 0]);
  });
});

describe("over RTP", () => {
  let media: MediaPort;
  let events: MediaEvent[];
  let phones: Record<string, RtpPhone & { leg: number }>;
  /** 0.8 s each, of other frequencies. */
  const speech = { ana: sweep(6400, 300), luc: sweep(6400, 1300), eva: sweep(6400, 2300) };

  beforeEach(async () => {
    media = await startMediaHere({ address: "127.0.0.1" });
    events = [];
    media.listen((event) => events.push(event));
    phones = {};
    for (const leg of ["ana", "luc", "eva"]) {
      const phone = await rtpPhone();
      media.send({ type: "open", leg, offer: phone.sdp() });
      await until(() => opened(leg) !== undefined);
      phones[leg] = { ...phone, leg: Number(/m=audio (\d+)/.exec(opened(leg) ?? "")?.[1]) };
    }
  });
  afterEach(async () => {
    await media.stop();
    for (const phone of Object.values(phones)) phone.close();
  });

  const opened = (leg: string): string | undefined =>
    events.flatMap((event) => (event.type === "opened" && event.leg === leg ? [event.sdp] : []))[0];

  function phone(who: string): RtpPhone & { leg: number } {
    const found = phones[who];
    if (!found) throw new Error(who);
    return found;
  }

  /** Of the next second: how well each of the three can be heard by this phone. */
  async function hears(who: string): Promise<Record<string, boolean>> {
    const { packets } = phone(who);
    const from = packets.length;
    await until(() => packets.length >= from + 85);
    const heard = decode("PCMU", Buffer.concat(packets.slice(from).map(({ payload }) => payload)));
    return Object.fromEntries(Object.entries(speech).map(([name, said]) => [name, correlation(heard, said) > 0.55]));
  }

  it("two talk, a third listens; he is heard once he does not only listen", async () => {
    for (const [who, said] of Object.entries(speech)) phone(who).speak(phone(who).leg, said);
    media.send({ type: "join", leg: "ana", mix: "m" });
    media.send({ type: "join", leg: "luc", mix: "m" });
    media.send({ type: "join", leg: "eva", mix: "m", listens: true });
    await pause(200);
    expect(await hears("ana")).toEqual({ ana: false, luc: true, eva: false });
    expect(await hears("eva")).toEqual({ ana: true, luc: true, eva: false });
    media.send({ type: "join", leg: "eva", mix: "m" });
    await pause(200);
    expect(await hears("ana")).toEqual({ ana: false, luc: true, eva: true });
    media.send({ type: "leave", leg: "luc" });
    await pause(200);
    expect(await hears("ana")).toEqual({ ana: false, luc: false, eva: true });
    expect(await hears("luc")).toEqual({ ana: false, luc: false, eva: false });
  });

  it("who sends comfort noise is heard as noise of that level", async () => {
    const tom = await rtpPhone();
    phones["tom"] = { ...tom, leg: 0 };
    media.send({ type: "open", leg: "tom", offer: tom.sdp().replace("AVP 0 96", "AVP 0 13 96") });
    await until(() => opened("tom") !== undefined);
    const leg = Number(/m=audio (\d+) RTP\/AVP 0 13 96\r/.exec(opened("tom") ?? "")?.[1]);
    for (const who of ["tom", "ana"]) media.send({ type: "join", leg: who, mix: "m" });
    phone("ana").say(phone("ana").leg, {});
    await pause(50);
    tom.say(leg, { payloadType: 13, payload: Buffer.of(45) });
    await pause(150);
    const from = phone("ana").packets.length;
    await until(() => phone("ana").packets.length >= from + 25);
    const heard = decode(
      "PCMU",
      Buffer.concat(
        phone("ana")
          .packets.slice(from)
          .map(({ payload }) => payload),
      ),
    );
    expect(Math.abs(20 * Math.log10(energy(heard) / 32_767) + 45)).toBeLessThan(1.5);
  });

  it("a tape has both, with a gap, and nobody's prompt", async () => {
    const prompt = join(folder, "prompt.wav");
    const tape = join(folder, "talk.wav");
    await writeFile(prompt, writeWav(speech.eva));
    for (const who of ["ana", "luc"] as const) {
      phone(who).speak(phone(who).leg, speech[who]);
      media.send({ type: "join", leg: who, mix: "m" });
    }
    await pause(300);
    media.send({ type: "play", leg: "ana", play: 1, files: [prompt], loop: true });
    media.send({ type: "tape", leg: "ana", file: tape });
    await pause(1700);
    media.send({ type: "pauseTape", leg: "ana", file: tape, paused: true });
    await pause(300);
    media.send({ type: "pauseTape", leg: "ana", file: tape, paused: false });
    await pause(300);
    media.send({ type: "stopRecording", leg: "ana" });
    await until(() => events.some(({ type }) => type === "recorded"));
    const recorded = events.find((event) => event.type === "recorded");
    if (recorded?.type !== "recorded") throw new Error("not recorded");
    const [gap] = recorded.gaps ?? [];
    if (!gap) throw new Error("no gap");
    const samples = await samplesIn(tape);
    expect(samples.length).toBe(recorded.ms * 8);
    const first = samples.subarray(0, gap.fromMs * 8);
    expect(correlation(first, speech.ana)).toBeGreaterThan(0.55);
    expect(correlation(first, speech.luc)).toBeGreaterThan(0.55);
    expect(correlation(first, speech.eva)).toBeLessThan(0.3);
    expect(energy(samples.subarray(gap.fromMs * 8, gap.toMs * 8))).toBe(0);
    expect(energy(samples.subarray(gap.toMs * 8))).toBeGreaterThan(1000);
  });

  it("a key of one is pressed for the other, once, as RFC 4733 has it", async () => {
    media.send({ type: "join", leg: "ana", mix: "m" });
    media.send({ type: "join", leg: "luc", mix: "m" });
    await pause(50);
    for (const [index, payload] of [
      [0x05, 0x0a, 0, 160],
      [0x05, 0x8a, 0, 160],
    ].entries()) {
      phone("ana").say(phone("ana").leg, {
        payloadType: 96,
        timestamp: 16_000,
        sequence: index,
        payload: Buffer.from(payload),
      });
    }
    const keys = () => phone("luc").packets.filter(({ payloadType }) => payloadType === 96);
    await until(() => keys().length >= 8);
    await pause(100);
    expect(keys().map(({ marker, payload }) => `${marker ? "first " : ""}${payload.toString("hex")}`)).toEqual([
      "first 050a00a0",
      "050a0140",
      "050a01e0",
      "050a0280",
      "050a0320",
      "058a0320",
      "058a0320",
      "058a0320",
    ]);
    expect(new Set(keys().map(({ timestamp }) => timestamp)).size).toBe(1);
    expect(events.filter(({ type }) => type === "digit")).toEqual([{ type: "digit", leg: "ana", digit: "5" }]);
  });

  it("a tone is a key where the phone speaks no RFC 4733: the other is told it and hears no tone, nor has the tape it", async () => {
    const plain = phone("ana")
      .sdp()
      .replace("RTP/AVP 0 96", "RTP/AVP 0")
      .replace(/a=rtpmap:96.*\r\n/, "");
    media.send({ type: "peer", leg: "ana", sdp: plain, role: "offer" });
    for (const leg of ["ana", "luc"]) media.send({ type: "join", leg, mix: "m" });
    media.send({ type: "tape", leg: "luc", file: join(folder, "keys.wav") });
    await pause(50);
    phone("ana").speak(phone("ana").leg, Int16Array.from([...keySound("7"), ...new Int16Array(160 * 40)]));
    await until(() => events.some(({ type }) => type === "digit"));
    await pause(300);
    phone("ana").speak(phone("ana").leg, new Int16Array(160));
    media.send({ type: "press", leg: "ana", digit: "4" });
    await until(() => createToneDetector().hear(soundOf("ana")) === "4");
    media.send({ type: "stopRecording", leg: "luc" });
    await until(() => events.some(({ type }) => type === "recorded"));
    expect(events.filter(({ type }) => type === "digit")).toEqual([{ type: "digit", leg: "ana", digit: "7" }]);
    expect(phone("luc").packets.some(({ payloadType, payload }) => payloadType === 96 && payload[0] === 7)).toBe(true);
    expect(createToneDetector().hear(soundOf("luc"))).toBe("");
    expect(energy(await samplesIn(join(folder, "keys.wav")))).toBeLessThan(50);
  });

  const soundOf = (who: string): Int16Array => {
    const sound = phone(who).packets.filter(({ payloadType }) => payloadType === 0);
    return decode("PCMU", Buffer.concat(sound.map(({ payload }) => payload)));
  };

  /** 100 ms of a key. */
  function keySound(key: string): number[] {
    const frame = new Int16Array(160);
    return [0, 1, 2, 3, 4].flatMap((index) => {
      soundKey(key, index * 160, frame);
      return [...frame];
    });
  }
});
