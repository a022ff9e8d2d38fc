import { type Law, decodeAround } from "./g711.ts";
import { FRAME_SAMPLES } from "./sound.ts";

/** What a party says, at the steady pace of frames: each packet where its timestamp belongs, a little later than it came; what is missing is silence. */
export interface Jitter {
  hear(packet: { timestamp: number; ssrc: number; payload: Uint8Array }, law: Law): void;
  /** Writes the next 20 ms into `frame`. */
  take(frame: Int16Array): void;
  /** What came and was not taken yet is silence. */
  clear(): void;
}

/** 60 ms: packets may be late by so much. */
const DELAY_SAMPLES = 3 * FRAME_SAMPLES;
/** What is further ahead than 300 ms is brought nearer: nobody talks well over a longer delay. */
const MOST_AHEAD_SAMPLES = 15 * FRAME_SAMPLES;
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

  return {
    hear(packet, law) {
      const since = (packet.timestamp - timestamp) | 0;
      let at = place + since;
      const known = packet.ssrc === ssrc;
      if (known && since < 0 && at < taken) return;
      if (!known || at < taken || at - taken > MOST_AHEAD_SAMPLES) at = taken + DELAY_SAMPLES;
      if (!known || since > 0) ({ ssrc, timestamp } = packet);
      if (!known || since > 0) place = at;
      decodeAround(law, packet.payload, ring, at);
    },
    take(frame) {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const at = (taken + i) & (RING_SAMPLES - 1);
        frame[i] = ring[at] ?? 0;
        ring[at] = 0;
      }
      taken += FRAME_SAMPLES;
    },
    clear: () => void ring.fill(0),
  };
}
