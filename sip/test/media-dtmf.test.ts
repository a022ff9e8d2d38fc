import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createToneDetector, soundKey } from "../media/dtmf.ts";
import { decode, encode } from "../media/g711.ts";
import { readWav } from "../media/index.ts";

const RATE = 8000;
const KEYS = "1234567890*#ABCD";
const low = (key: string) => [697, 770, 852, 941]["123A456B789C*0#D".indexOf(key) >> 2] ?? 0;
const high = (key: string) => [1209, 1336, 1477, 1633]["123A456B789C*0#D".indexOf(key) & 3] ?? 0;

/** As loud as a full sine is +3.14 dBm0. */
const amplitude = (dbm0: number) => 32_767 * 10 ** ((dbm0 - 3.14) / 20);

interface Tone {
  ms: number;
  dbm0: number;
  /** The high tone is louder than the low one by so many dB. */
  twist: number;
  /** Both frequencies are off by so many per cent. */
  off: number;
  /** The low, or the high one, by so many besides. */
  lowOff: number;
  highOff: number;
}
const usual: Tone = { ms: 60, dbm0: -10, twist: 0, off: 0, lowOff: 0, highOff: 0 };

function tone(key: string, more: Partial<Tone> = {}): number[] {
  const { ms, dbm0, twist, off, lowOff, highOff } = { ...usual, ...more };
  const [l, h] = [amplitude(dbm0), amplitude(dbm0 + twist)];
  const turn = (hz: number, apart: number) => (2 * Math.PI * hz * (1 + (off + apart) / 100)) / RATE;
  return Array.from(
    { length: (ms * RATE) / 1000 },
    (_, i) => l * Math.sin(turn(low(key), lowOff) * i + 1) + h * Math.sin(turn(high(key), highOff) * i),
  );
}

const quiet = (ms: number): number[] => Array.from({ length: (ms * RATE) / 1000 }, () => 0);

/** The same noise each time, at -1 to 1. */
function noise(): () => number {
  let seed = 1;
  return () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x3fffffff - 1;
  };
}

/** Through µ-law, as packets of 20 ms bring it. */
function heard(samples: number[]): string {
  const detector = createToneDetector();
  const bytes = Buffer.alloc(samples.length);
  encode(
    "PCMU",
    Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample)))),
    bytes,
  );
  let keys = "";
  for (let at = 0; at < bytes.length; at += 160) keys += detector.hear(decode("PCMU", bytes.subarray(at, at + 160)));
  return keys;
}

const dialled = (more: Partial<Tone> = {}, pauseMs = 60): string =>
  heard(
    KEYS.split("")
      .flatMap((key) => [...quiet(pauseMs), ...tone(key, more)])
      .concat(quiet(60)),
  );

describe("keys as tones", () => {
  it.each<[string, Partial<Tone>]>([
    ["usual ones", {}],
    ["loud", { dbm0: -3 }],
    ["soft", { dbm0: -30 }],
    ["the low tone louder by 6 dB", { twist: -6 }],
    ["the high tone louder by 3 dB", { twist: 3 }],
    ["frequencies too high by 1.5 %", { off: 1.5 }],
    ["frequencies too low by 1.5 %", { off: -1.5 }],
    ["held for long", { ms: 700 }],
  ])("%s are each heard once", (_, more) => {
    expect(dialled(more)).toBe(KEYS);
  });

  it("40 ms with pauses of 40 ms, wherever they begin", () => {
    for (let shift = 0; shift < 20; shift++) {
      const said = [
        ...quiet(shift),
        ..."0123456789".split("").flatMap((key) => [...quiet(40), ...tone(key, { ms: 40 })]),
      ];
      expect(heard(said.concat(quiet(40)))).toBe("0123456789");
    }
  });

  it("one key twice is two", () => {
    expect(heard([...tone("5"), ...quiet(40), ...tone("5"), ...quiet(40)])).toBe("55");
  });

  it("with noise 15 dB below", () => {
    const next = noise();
    const level = amplitude(-10 - 15) * Math.sqrt(1.5);
    const noisy = KEYS.split("")
      .flatMap((key) => [...quiet(60), ...tone(key)])
      .concat(quiet(60));
    expect(heard(noisy.map((sample) => sample + level * next()))).toBe(KEYS);
  });

  it("what we sound ourselves", () => {
    const frame = new Int16Array(160);
    const sounded = KEYS.split("").flatMap((key) => [
      ...[0, 1, 2, 3, 4].flatMap((index) => {
        soundKey(key, index * 160, frame);
        return [...frame];
      }),
      ...quiet(60),
    ]);
    expect(heard(sounded)).toBe(KEYS);
  });
});

/* ITU-T Q.24: a frequency that is off by 1.5 % is a key's still, one that is off by 3.5 % is not. */
describe.each(KEYS.split(""))("%s", (key) => {
  const said = (off: number, which: "off" | "lowOff" | "highOff"): string =>
    [0, 2, 5, 7, 11]
      .map((shift) => heard([...quiet(40 + shift), ...tone(key, { [which]: off, ms: 45 }), ...quiet(40)]))
      .join("");

  it.each([-1.5, -1, 0, 1, 1.5])("off by %f per cent, is heard", (off) => {
    for (const which of ["off", "lowOff", "highOff"] as const) expect(said(off, which)).toBe(key.repeat(5));
  });

  it.each([-5, -4, -3.5, 3.5, 4, 5])("off by %f per cent, is none", (off) => {
    for (const which of ["off", "lowOff", "highOff"] as const) expect(said(off, which)).toBe("");
  });
});

describe("no key", () => {
  it.each<[string, number[]]>([
    ["16 ms", "0123456789".split("").flatMap((key) => [...quiet(40), ...tone(key, { ms: 16 })])],
    ["too soft", tone("5", { dbm0: -45, ms: 500 })],
    ["one tone alone", tone("5", { twist: -90, ms: 500 })],
    ["twisted by 12 dB", tone("5", { twist: 12, ms: 500 })],
    ["tones between the keys", tone("1", { off: 5, ms: 500 })],
    ["a sum of many", tone("1", { ms: 500 }).map((sample, i) => sample + (tone("6", { ms: 500 })[i] ?? 0))],
    [
      "noise",
      Array.from(
        { length: 40_000 },
        (
          (next) => () =>
            20_000 * next()
        )(noise()),
      ),
    ],
    ["ringback", Array.from({ length: 16_000 }, (_, i) => 9000 * Math.sin((2 * Math.PI * 425 * i) / RATE))],
  ])("%s", (_, samples) => {
    expect(heard(samples)).toBe("");
  });

  /** Talk-off: everything that is spoken in this house, at several loudnesses. */
  it("speech", () => {
    const folders = ["../saying/clips/en", "../saying/clips/es", "../../examples/first-call/prompts"];
    const spoken = folders.flatMap((folder) => {
      const path = join(import.meta.dirname, folder);
      return readdirSync(path).flatMap((name) => {
        const wav = name.endsWith(".wav") ? readWav(readFileSync(join(path, name))) : { reason: "" };
        return "samples" in wav ? [{ name, samples: [...wav.samples] }] : [];
      });
    });
    expect(spoken.length).toBeGreaterThan(240);
    const taken = spoken.flatMap(({ name, samples }) =>
      [0.3, 1, 2].flatMap((gain) => {
        const keys = heard(samples.map((sample) => sample * gain));
        return keys ? [`${name}: ${keys}`] : [];
      }),
    );
    expect(taken).toEqual([]);
  });
});
