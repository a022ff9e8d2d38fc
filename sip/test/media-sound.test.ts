import { readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Law, decode, encode } from "../media/g711.ts";
import { createPacer } from "../media/pacer.ts";
import { startRecorder } from "../media/recorder.ts";
import { createShelf } from "../media/shelf.ts";
import { nextFrame, soundOf } from "../media/sound.ts";
import { builtIn, toneOf } from "../media/tones.ts";
import { readWav, wavLengthMs, writeWav } from "../media/wav.ts";
import { correlate, energy } from "./audio.ts";

const PROMPTS = join(import.meta.dirname, "../../examples/first-call/prompts");
const folder = await mkdtemp(join(tmpdir(), "media-sound-"));
afterAll(() => rm(folder, { recursive: true }));

function sine(hz: number, samples: number, rate = 8000, peak = 10_000): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => Math.round(peak * Math.sin((2 * Math.PI * hz * i) / rate)));
}

function samplesOf(wav: Buffer): Int16Array {
  const read = readWav(wav);
  if ("reason" in read) throw new Error(read.reason);
  return read.samples;
}

const encoded = (law: Law, ...samples: number[]) => {
  const bytes = new Uint8Array(samples.length);
  encode(law, Int16Array.from(samples), bytes);
  return [...bytes];
};

describe("G.711", () => {
  const laws: Law[] = ["PCMU", "PCMA"];

  test("known values of both laws", () => {
    expect(encoded("PCMU", 0, 1000, -1000, 8191, -8192, 32767, -32768)).toEqual([255, 206, 78, 159, 31, 128, 0]);
    expect(encoded("PCMA", 0, -1, 100, -100, 1000, -1000, 8191, -8192, 32767, -32768)).toEqual([
      213, 85, 211, 83, 250, 122, 138, 10, 170, 42,
    ]);
    expect([...decode("PCMU", Uint8Array.of(0, 1, 0x7f, 0x80, 0xff, 0x55))]).toEqual([
      -32124, -31100, 0, 32124, 0, -716,
    ]);
    expect([...decode("PCMA", Uint8Array.of(0, 1, 0x55, 0xd5, 0x2a, 0xaa))]).toEqual([
      -5504, -5248, -8, 8, -32256, 32256,
    ]);
  });

  test.each(laws)("%s: each byte survives decoding and encoding", (law) => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    const again = encoded(law, ...decode(law, Uint8Array.from(bytes)));
    // µ-law has two zeros; ours is the positive one.
    expect(again).toEqual(bytes.map((byte) => (law === "PCMU" && byte === 0x7f ? 0xff : byte)));
  });

  test.each(laws)("%s: no sample moves by more than a 16th of itself", (law) => {
    const samples = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
    const heard = decode(law, Uint8Array.from(encoded(law, ...samples)));
    const wrong = samples.filter((one, i) => Math.abs(one - (heard[i] ?? 0)) > Math.abs(one) / 16 + 16);
    expect([...wrong]).toEqual([]);
  });
});

interface Format {
  format: number;
  channels: number;
  rate: number;
  bits: number;
}

function wavOf({ format, channels, rate, bits }: Format, data: Buffer, before: Buffer = Buffer.alloc(0)): Buffer {
  const fmt = Buffer.alloc(24);
  fmt.write("fmt ", "latin1");
  fmt.writeUInt32LE(16, 4);
  fmt.writeUInt16LE(format, 8);
  fmt.writeUInt16LE(channels, 10);
  fmt.writeUInt32LE(rate, 12);
  fmt.writeUInt16LE(bits, 22);
  return Buffer.concat([riff(), before, fmt, chunk("data", data)]);
}

function riff(): Buffer {
  return Buffer.from("RIFF\0\0\0\0WAVE", "latin1");
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** How loud a tone of 16,000 samples a second is after reading. */
const level = (hz: number, peak: number) => {
  const data = Buffer.from(sine(hz, 16_000, 16_000, peak).buffer);
  return energy(samplesOf(wavOf({ format: 1, channels: 1, bits: 16, rate: 16_000 }, data)).subarray(100, 7900));
};

describe("WAV", () => {
  const plain: Format = { format: 1, channels: 1, rate: 8000, bits: 16 };

  test("what is written is read", () => {
    const samples = sine(440, 4001);
    expect(samplesOf(writeWav(samples))).toEqual(samples);
    expect(wavLengthMs(writeWav(samples))).toBe(500);
    expect(samplesOf(writeWav(new Int16Array(0)))).toHaveLength(0);
  });

  test.each<[Law, number]>([
    ["PCMU", 7],
    ["PCMA", 6],
  ])("%s", (law, format) => {
    const bytes = Buffer.alloc(4000);
    encode(law, sine(440, 4000), bytes);
    const wav = wavOf({ format, channels: 1, rate: 8000, bits: 8 }, bytes);
    expect(correlate(sine(440, 4000), samplesOf(wav)).correlation).toBeGreaterThan(0.999);
    expect(wavLengthMs(wav)).toBe(500);
  });

  test.each([
    [16_000, 1],
    [44_100, 2],
    [48_000, 6],
  ])("%i samples a second, %i channels", (rate, channels) => {
    const one = sine(440, rate, rate);
    const all = Int16Array.from({ length: rate * channels }, (_, i) => one[Math.floor(i / channels)] ?? 0);
    const wav = wavOf({ format: 1, channels, rate, bits: 16 }, Buffer.from(all.buffer));
    expect(samplesOf(wav)).toHaveLength(8000);
    expect(correlate(sine(440, 7000), samplesOf(wav).subarray(0, 7200)).correlation).toBeGreaterThan(0.999);
    expect(wavLengthMs(wav)).toBe(1000);
  });

  test("a tone too high for 8,000 samples a second is gone, one that fits stays, the loudest is not turned over", () => {
    expect(level(5000, 20_000)).toBeLessThan(150);
    expect(level(3400, 20_000)).toBeGreaterThan(13_000);
    expect(level(500, 32_767)).toBeCloseTo(32_767 / Math.SQRT2, -2);
  });

  test("chunks before the sound are passed over, a file cut short is read as far as it goes", () => {
    const wav = wavOf(plain, Buffer.from(sine(440, 800).buffer), chunk("LIST", Buffer.from("odd")));
    expect(samplesOf(wav)).toEqual(sine(440, 800));
    expect(samplesOf(wav.subarray(0, wav.length - 801))).toEqual(sine(440, 399));
  });

  test.each<[string, Buffer]>([
    ["not a WAV file", Buffer.from("ID3 something else")],
    ["not a WAV file", Buffer.alloc(0)],
    ["the WAV file has no sound", riff()],
    ["the WAV file has no format", Buffer.concat([riff(), chunk("data", Buffer.alloc(4))])],
    [
      "the format of the WAV file is cut short",
      Buffer.concat([riff(), chunk("fmt ", Buffer.alloc(4)), chunk("data", Buffer.alloc(4))]),
    ],
    [
      "WAV format 1 with 24 bits is not read; use 16-bit PCM, A-law or µ-law",
      wavOf({ ...plain, bits: 24 }, Buffer.alloc(6)),
    ],
    [
      "WAV format 85 with 0 bits is not read; use 16-bit PCM, A-law or µ-law",
      wavOf({ ...plain, format: 85, bits: 0 }, Buffer.alloc(6)),
    ],
    ["a WAV file with 0 channels is not read", wavOf({ ...plain, channels: 0 }, Buffer.alloc(6))],
    ["a WAV file with 0 samples a second is not read", wavOf({ ...plain, rate: 0 }, Buffer.alloc(6))],
  ])("%s", (reason, file) => {
    expect(readWav(file)).toEqual({ reason });
    expect(wavLengthMs(file)).toBeUndefined();
  });

  test("the prompts of the first call sound, and are small", () => {
    const prompts = readdirSync(PROMPTS, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".wav"));
    expect(prompts.length).toBeGreaterThan(4);
    const files = prompts.map((name) => readFileSync(join(PROMPTS, name)));
    for (const wav of files) {
      expect(wavLengthMs(wav)).toBeGreaterThan(2000);
      expect(energy(samplesOf(wav))).toBeGreaterThan(500);
    }
    expect(files.reduce((sum, wav) => sum + wav.length, 0)).toBeLessThan(600_000);
  });

  test("hostile files never throw", () => {
    const wav = wavOf(plain, Buffer.alloc(64));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(wav.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const file = Buffer.from(wav);
        for (const [at, byte] of changes) file[at] = byte;
        readWav(file);
        wavLengthMs(file);
      }),
    );
  });
});

const file = (name: string) => join(folder, name);

describe("the shelf", () => {
  test("a file is read once, and again a second after it has changed", async () => {
    let now = 0;
    const shelf = createShelf(1e6, undefined, () => now);
    await writeFile(file("a.wav"), writeWav(sine(300, 800)));
    const [first, second] = await Promise.all([shelf.load(file("a.wav")), shelf.load(file("a.wav"))]);
    expect(first).toBe(second);
    await writeFile(file("a.wav"), writeWav(sine(500, 800)));
    await utimes(file("a.wav"), 1, 1);
    now = 999;
    expect(await shelf.load(file("a.wav"))).toEqual(first);
    now = 1000;
    expect(await shelf.load(file("a.wav"))).toEqual({ samples: sine(500, 800) });
  });

  test("the least recently used is dropped when there are too many bytes", async () => {
    const shelf = createShelf(2 * 1600);
    for (const name of ["b", "c", "d"]) await writeFile(file(name), writeWav(sine(300, 800)));
    const samples = async (name: string) => {
      const loaded = await shelf.load(file(name));
      return "samples" in loaded ? loaded.samples : undefined;
    };
    const [b, c] = [await samples("b"), await samples("c")];
    expect(await samples("b")).toBe(b);
    await samples("d");
    expect(await samples("b")).toBe(b);
    expect(await samples("c")).not.toBe(c);
  });

  test("what cannot be played says why", async () => {
    await writeFile(file("text.wav"), "hello, I am not sound");
    const shelf = createShelf(1e6);
    const outcome = async (name: string) => {
      const loaded = await shelf.load(name);
      return "outcome" in loaded ? [loaded.outcome, loaded.reason.replace(folder, "")] : [];
    };
    expect(await outcome(file("none.wav"))).toEqual(["missing", "no such file: /none.wav"]);
    expect(await outcome(file("text.wav/more.wav"))).toEqual(["missing", "no such file: /text.wav/more.wav"]);
    expect(await outcome(file("text.wav"))).toEqual(["failed", "not a WAV file: /text.wav"]);
    expect(await outcome(folder)).toEqual(["failed", "not a file: "]);
    expect((await outcome("a\0b"))[0]).toBe("failed");
  });
});

const all = (options: { loop: boolean; ms?: number }, ...runs: number[][]) => {
  const sound = soundOf(
    runs.map((run) => Int16Array.from(run)),
    options,
  );
  const frame = new Int16Array(4);
  const frames: string[] = [];
  while (frames.length < 6 && nextFrame(sound, frame)) frames.push(frame.join(""));
  return frames.join(" ");
};

describe("a sound", () => {
  test("runs follow one another without a gap, silence fills the last frame", () => {
    expect(all({ loop: false }, [1, 2, 3], [4, 5, 6, 7, 8, 9], [], [1])).toBe("1234 5678 9100");
    expect(all({ loop: false }, [1, 2, 3, 4])).toBe("1234");
    expect(all({ loop: false })).toBe("");
  });

  test("a loop starts over", () => {
    expect(all({ loop: true }, [1, 2, 3])).toBe("1231 2312 3123 1231 2312 3123");
    expect(all({ loop: true }, [])).toBe("0000 0000 0000 0000 0000 0000");
  });

  test("a time ends it, whatever it holds", () => {
    expect(all({ loop: true, ms: 60 }, [1, 2, 3])).toBe("1231 2312 3123");
    expect(all({ loop: false, ms: 60 }, [1, 2, 3])).toBe("1230 0000 0000");
    expect(all({ loop: false, ms: 41 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9])).toBe("1234 5678 9999");
    expect(all({ loop: true, ms: 0 }, [1])).toBe("");
  });
});

test.each([
  ["ES", 4500, 1500],
  ["pt", 6000, 1000],
  ["US", 6000, 2000],
  ["GB", 3000, 400],
  ["", 5000, 1000],
])("ringback of %s", (country, periodMs, onMs) => {
  const tone = toneOf("ringback", country);
  expect(tone).toHaveLength(periodMs * 8);
  expect(energy(tone.subarray(0, onMs * 8))).toBeGreaterThan(1000);
  expect(energy(tone.subarray(onMs * 8, (onMs + 200) * 8))).toBe(0);
});

test.each([
  ["busy", "ES", 400, 200],
  ["busy", "us", 1000, 500],
  ["congestion", "", 500, 250],
] as const)("%s of %s", (kind, country, periodMs, onMs) => {
  const tone = toneOf(kind, country);
  expect(tone).toHaveLength(periodMs * 8);
  expect(energy(tone.subarray(0, onMs * 8))).toBeGreaterThan(1000);
  expect(energy(tone.subarray(onMs * 8))).toBe(0);
});

test("what is no file is on the shelf by name, and comfort noise is no silence", async () => {
  const shelf = createShelf(0, builtIn("ES"));
  for (const name of ["tone:busy", "tone:congestion"]) expect(await shelf.load(name)).toHaveProperty("samples");
  const noise = await shelf.load("tone:comfort_noise");
  const level = "samples" in noise ? energy(noise.samples) : 0;
  expect(level).toBeGreaterThan(5);
  expect(level).toBeLessThan(20);
  expect(await shelf.load("tone:other")).toMatchObject({ outcome: "missing" });
});

/** Each step: milliseconds, timestamp, ssrc, value of all its 80 samples. */
async function recorded(name: string, steps: [ms: number, timestamp: number, ssrc: number, value: number][]) {
  const recorder = startRecorder(join(folder, name));
  for (const [ms, timestamp, ssrc, value] of steps) {
    recorder.hear({ timestamp, ssrc }, new Int16Array(80).fill(value), ms);
  }
  const end = await recorder.finish();
  const samples = samplesOf(readFileSync(join(folder, name)));
  return { end, values: Array.from({ length: samples.length / 80 }, (_, i) => samples[i * 80]).join("") };
}

describe("the recorder", () => {
  test("packets stand where their timestamps say, over the end of the numbers too", async () => {
    expect(
      await recorded("order.wav", [
        [0, 0xffffffb0, 1, 1],
        [30, 160, 1, 4],
        [30, 0, 1, 2],
        [60, 400, 1, 7],
      ]),
    ).toEqual({ end: { ms: 70, reason: undefined }, values: "1204007" });
  });

  test("another sender, or a jump of the timestamps, goes on in real time", async () => {
    expect(
      (
        await recorded("jump.wav", [
          [0, 5000, 1, 1],
          [20, 900_000, 2, 3],
          [30, 900_080, 2, 4],
          [50, 4_000_000_000, 2, 6],
        ])
      ).values,
    ).toBe("103406");
  });

  test("a long pause is silence, late packets of it are lost", async () => {
    const { end, values } = await recorded("pause.wav", [
      [0, 0, 1, 1],
      [10_000, 80_000, 1, 2],
      [10_000, 74_400, 1, 9],
    ]);
    expect(end.ms).toBe(10_010);
    expect(values).toBe(`1${"0".repeat(999)}2`);
  });

  test("a flood cannot outrun real time", async () => {
    const flood = Array.from({ length: 2000 }, (_, i): [number, number, number, number] => [0, i * 5000, 1, 1]);
    expect((await recorded("flood.wav", flood)).end.ms).toBeLessThan(2200);
  });

  test("a file that cannot be written is told", async () => {
    const recorder = startRecorder(join(folder, "no", "such.wav"));
    recorder.hear({ timestamp: 0, ssrc: 1 }, new Int16Array(160), 0);
    expect(await recorder.finish()).toEqual({ ms: 20, reason: `ENOENT: ${join(folder, "no", "such.wav")}` });
  });
});

describe("the pacer", () => {
  test("late timers do not add up, and a standstill is not made up for", async () => {
    let now = 0;
    let ticks = 0;
    const remove = createPacer(() => now).add(() => ticks++);
    const after = async (ms: number) => {
      now += ms;
      await new Promise((done) => setTimeout(done, 15));
      return ticks;
    };
    expect(await after(0)).toBe(1);
    expect(await after(100)).toBe(6);
    expect(await after(60_000)).toBeLessThan(8);
    remove();
    const stopped = ticks;
    expect(await after(100)).toBe(stopped);
  });
});
