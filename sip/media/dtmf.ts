import { FRAME_SAMPLES } from "./sound.ts";
import { SAMPLE_RATE } from "./wav.ts";

/*
 * Keys as tones in the sound itself (ITU-T Q.23, Q.24): two frequencies at once, one of each group. They are found by the Goertzel
 * algorithm in blocks of 12.75 ms.
 */

const LOW = [697, 770, 852, 941];
const HIGH = [1209, 1336, 1477, 1633];
const PAD = ["123A", "456B", "789C", "*0#D"];

const BLOCK = 102;
/** A key counts once two blocks in a row have it (so 40 ms are always enough, 16 ms never), and ends with two that have not. */
const BLOCKS = 2;
/** Of each tone, about -36 dBm0. */
const LEAST = (300 * BLOCK) / 2;
/** Twist: the low tone may be louder by 8 dB, the high one by 4 dB. */
const LOUDER_LOW = 10 ** 0.8;
const LOUDER_HIGH = 10 ** 0.4;
/** Any other tone of a group is weaker by 8 dB. */
const WEAKER = 10 ** 0.8;
/**
 * Q.24: 1.5 % off is a key, 3.5 % off is none. How far a tone is off shows in how its phase goes on: of the low one from block to block, of
 * the high one from half to half of a block, because between blocks 57 Hz look like 21 Hz.
 */
const OFF = 0.025;
/** Two blocks that the tone fills are equally loud, within 4 dB: in half a block the phase goes half as far. */
const UNEVEN = 10 ** 0.4;
/** How much of all that sounds the two tones are: speech has more beside them. */
const SHARE = 0.65;

const HALF = BLOCK / 2;
const TURNS = [...LOW, ...HIGH].map((hz) => (2 * Math.PI * hz) / SAMPLE_RATE);
const COEFFICIENTS = Float64Array.from(TURNS, (turn) => 2 * Math.cos(turn));

/** Of each of the eight frequencies, as complex numbers. */
interface Phasors {
  re: Float64Array;
  im: Float64Array;
}

const phasors = (): Phasors => ({ re: new Float64Array(8), im: new Float64Array(8) });

/** Whether the frequency `i` is where it should be: by how far its phase is from where it would be after so many samples, a turn at most. */
function isTuned(i: number, from: Phasors, to: Phasors, samples: number): boolean {
  const turn = TURNS[i] ?? 0;
  const [a, b] = [Math.atan2(from.im[i] ?? 0, from.re[i] ?? 0), Math.atan2(to.im[i] ?? 0, to.re[i] ?? 0)];
  const off = (b - a - turn * samples) / (2 * Math.PI);
  return Math.abs(off - Math.round(off)) * 2 * Math.PI <= OFF * turn * samples;
}

const powerOf = ({ re, im }: Phasors, i: number): number => (re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2;

export interface ToneDetector {
  /** Whether a key sounds at the end of what was heard, or may have begun to. */
  readonly sounding: boolean;
  /** The keys that have begun in these samples. */
  hear(samples: Int16Array): string;
}

export function createToneDetector(): ToneDetector {
  /** The last two values of each filter. */
  const one = new Float64Array(8);
  const two = new Float64Array(8);
  const powers = new Float64Array(8);
  const halves: [Phasors, Phasors] = [phasors(), phasors()];
  let whole = phasors();
  let before = phasors();
  let energy = 0;
  let filled = 0;
  let candidate: number | undefined;
  let hits = 0;
  let misses = 0;
  let key: number | undefined;

  function endHalf({ re, im }: Phasors): void {
    for (let i = 0; i < 8; i++) {
      const turn = TURNS[i] ?? 0;
      const [a, b] = [one[i] ?? 0, two[i] ?? 0];
      re[i] = a - b * Math.cos(turn);
      im[i] = b * Math.sin(turn);
    }
    one.fill(0);
    two.fill(0);
  }

  /** Both halves together are what one filter over the block would have. */
  function join([first, second]: typeof halves): void {
    [before, whole] = [whole, before];
    for (let i = 0; i < 8; i++) {
      const turn = (TURNS[i] ?? 0) * HALF;
      const [re, im] = [first.re[i] ?? 0, first.im[i] ?? 0];
      whole.re[i] = re * Math.cos(turn) - im * Math.sin(turn) + (second.re[i] ?? 0);
      whole.im[i] = re * Math.sin(turn) + im * Math.cos(turn) + (second.im[i] ?? 0);
      powers[i] = powerOf(whole, i);
    }
  }

  /** The place on the pad of the key of a whole block. */
  function keyOf(): number | undefined {
    const low = loudest(powers, 0);
    const high = loudest(powers, 4);
    if (low < 0 || high < 0) return undefined;
    const [l, h] = [powers[low] ?? 0, powers[high] ?? 0];
    if (Math.min(l, h) < LEAST * LEAST || l > h * LOUDER_LOW || h > l * LOUDER_HIGH) return undefined;
    if (((l + h) * 2) / BLOCK < SHARE * energy) return undefined;
    return 4 * low + high - 4;
  }

  /** Whether the low tone of this block and the last is the same, on its frequency. */
  function isSteady(low: number): boolean {
    const ratio = powerOf(whole, low) / powerOf(before, low);
    return ratio < UNEVEN && ratio > 1 / UNEVEN && isTuned(low, before, whole, BLOCK);
  }

  function endBlock(): string {
    join(halves);
    const found = keyOf();
    energy = 0;
    const last = candidate;
    candidate = found !== undefined && isTuned(4 + (found & 3), ...halves, HALF) ? found : undefined;
    hits = candidate === last ? hits + 1 : 1;
    misses = found === key ? 0 : misses + 1;
    if (misses >= BLOCKS) key = undefined;
    if (candidate === undefined || candidate === key || hits < BLOCKS || !isSteady(candidate >> 2)) return "";
    key = candidate;
    misses = 0;
    return PAD.join("").charAt(key);
  }

  return {
    get sounding() {
      return key !== undefined || candidate !== undefined;
    },
    hear(samples) {
      let keys = "";
      for (const sample of samples) {
        energy += sample * sample;
        for (let i = 0; i < 8; i++) {
          const next = sample + (COEFFICIENTS[i] ?? 0) * (one[i] ?? 0) - (two[i] ?? 0);
          two[i] = one[i] ?? 0;
          one[i] = next;
        }
        if (++filled % HALF > 0) continue;
        endHalf(halves[filled === HALF ? 0 : 1]);
        if (filled < BLOCK) continue;
        filled = 0;
        keys += endBlock();
      }
      return keys;
    },
  };
}

/** Of the group of four from `first` on, that which is louder than all others by far; -1 where none is. */
function loudest(powers: Float64Array, first: number): number {
  let best = first;
  for (let i = first + 1; i < first + 4; i++) if ((powers[i] ?? 0) > (powers[best] ?? 0)) best = i;
  for (let i = first; i < first + 4; i++) {
    if (i !== best && (powers[i] ?? 0) * WEAKER > (powers[best] ?? 0)) return -1;
  }
  return best;
}

/** Of each tone, about -9 dBm0. */
const LOUD = 8000;

/** Writes 20 ms of a key's tone into `frame`, from its sample `at` on. */
export function soundKey(key: string, at: number, frame: Int16Array): void {
  const row = PAD.findIndex((keys) => keys.includes(key));
  const [low = 0, high = 0] = [LOW[row], HIGH[PAD[row]?.indexOf(key) ?? 0]];
  const turn = (2 * Math.PI) / SAMPLE_RATE;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const phase = turn * (at + i);
    frame[i] = Math.round(LOUD * (Math.sin(low * phase) + Math.sin(high * phase)));
  }
}
