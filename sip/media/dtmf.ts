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
/** How much of all that sounds the two tones are: speech has more beside them. */
const SHARE = 0.65;

const COEFFICIENTS = Float64Array.from([...LOW, ...HIGH], (hz) => 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE));

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
  let energy = 0;
  let filled = 0;
  let candidate: string | undefined;
  let hits = 0;
  let misses = 0;
  let key: string | undefined;

  /** The key of a whole block. */
  function keyOf(): string | undefined {
    for (let i = 0; i < 8; i++) {
      const [a, b] = [one[i] ?? 0, two[i] ?? 0];
      powers[i] = a * a + b * b - (COEFFICIENTS[i] ?? 0) * a * b;
    }
    const low = loudest(powers, 0);
    const high = loudest(powers, 4);
    if (low < 0 || high < 0) return undefined;
    const [l, h] = [powers[low] ?? 0, powers[high] ?? 0];
    if (Math.min(l, h) < LEAST * LEAST || l > h * LOUDER_LOW || h > l * LOUDER_HIGH) return undefined;
    if (((l + h) * 2) / BLOCK < SHARE * energy) return undefined;
    return PAD[low]?.[high - 4];
  }

  function endBlock(): string {
    const found = keyOf();
    one.fill(0);
    two.fill(0);
    energy = 0;
    filled = 0;
    hits = found !== undefined && found === candidate ? hits + 1 : 1;
    candidate = found;
    misses = found === key ? 0 : misses + 1;
    if (misses >= BLOCKS) key = undefined;
    if (found === undefined || hits < BLOCKS || found === key) return "";
    key = found;
    misses = 0;
    return found;
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
        if (++filled === BLOCK) keys += endBlock();
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
