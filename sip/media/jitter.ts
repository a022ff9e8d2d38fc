import { type Law, decodeAround } from "./g711.ts";
import { FRAME_SAMPLES } from "./sound.ts";

interface Packet {
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

/** What a party says, at the steady pace of frames: each packet where its timestamp belongs, a little later than it came; what is missing is silence. */
export interface Jitter {
  hear(packet: Packet, law: Law): void;
  /** From here on until it is heard again the party is silent, and this loud behind him (RFC 3389). */
  hush(packet: Packet): void;
  /** Writes the next 20 ms into `frame`. */
  take(frame: Int16Array): void;
  /** What came and was not taken yet is silence. */
  clear(): void;
}

/** 60 ms: packets may be late by so much. */
const DELAY_SAMPLES = 3 * FRAME_SAMPLES;
/** What is further ahead than 300 ms is brought nearer: nobody talks well over a longer delay. */
const MOST_AHEAD_SAMPLES = 15 * FRAME_SAMPLES;
/** RFC 3389 3: levels are in -dBov. Nothing louder than this is believed to be behind somebody. */
const LOUDEST_NOISE = 30;
/** About a second; a power of two, so that a place in it is a mask. */
const RING_SAMPLES = 8192;

export function createJitter(): Jitter {
  const ring = new Int16Array(RING_SAMPLES);
  /** Samples taken so far; a packet's place counts on the same line. */
  let taken = 0;
  let ssrc = -1;
  /** The newest packet, and its place. */
  let timestamp = 0;
  let place = 0;

  /** The noise behind him: how loud at most, from where to where. */
  const noise = { peak: 0, from: 0, until: 0 };
  let seed = 1;

  /** Where a packet belongs; undefined where it comes too late. */
  function placeOf(packet: Packet): number | undefined {
    const since = (packet.timestamp - timestamp) | 0;
    let at = place + since;
    const known = packet.ssrc === ssrc;
    if (known && since < 0 && at < taken) return undefined;
    if (!known || at < taken || at - taken > MOST_AHEAD_SAMPLES) at = taken + DELAY_SAMPLES;
    if (!known || since > 0) ({ ssrc, timestamp } = packet);
    if (!known || since > 0) place = at;
    return at;
  }

  function addNoise(frame: Int16Array): void {
    const [from, until] = [Math.max(0, noise.from - taken), Math.min(FRAME_SAMPLES, noise.until - taken)];
    for (let i = from; i < until; i++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      frame[i] = (frame[i] ?? 0) + Math.round((seed / 0x3fffffff - 1) * noise.peak);
    }
  }

  return {
    hear(packet, law) {
      const at = placeOf(packet);
      if (at === undefined) return;
      if (at >= noise.from) noise.until = Math.min(noise.until, at);
      decodeAround(law, packet.payload, ring, at);
    },
    hush(packet) {
      const at = placeOf(packet);
      const level = packet.payload[0];
      if (at === undefined || level === undefined) return;
      const rms = 32_767 * 10 ** (-Math.max(level & 0x7f, LOUDEST_NOISE) / 20);
      if (noise.until !== Infinity) noise.from = at;
      noise.peak = rms * Math.sqrt(3); // of noise whose samples are all equally likely
      noise.until = Infinity;
    },
    take(frame) {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const at = (taken + i) & (RING_SAMPLES - 1);
        frame[i] = ring[at] ?? 0;
        ring[at] = 0;
      }
      addNoise(frame);
      taken += FRAME_SAMPLES;
    },
    clear: () => void ring.fill(0),
  };
}
