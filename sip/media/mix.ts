import { FRAME_SAMPLES } from "./sound.ts";

/*
 * Legs that hear one another. Each puts its frame in once in 20 ms, at its own time, and takes out what all others put in last: the sum
 * is kept, so a large conference costs each leg as much as a small one.
 */

/** A leg's place in a mix. */
export interface Seat {
  /** Says `said`, or nothing for who only listens, and writes into `heard` what the others say. */
  pass(said: Int16Array | undefined, heard: Int16Array): void;
  /** Tells the others a key. */
  press(key: string): void;
  leave(): void;
}

/** The mixes of a service, by name: each begins with its first leg and ends with its last. */
export interface Mixes {
  /** `pressed`: told the keys of the others. */
  take(mix: string, pressed: (key: string) => void): Seat;
}

export function createMixes(): Mixes {
  const mixes = new Map<string, { sum: Int32Array; seats: Map<Seat, (key: string) => void> }>();

  return {
    take(name, pressed) {
      const mix = mixes.get(name) ?? { sum: new Int32Array(FRAME_SAMPLES), seats: new Map() };
      mixes.set(name, mix);
      const { sum, seats } = mix;
      const mine = new Int16Array(FRAME_SAMPLES);

      function put(said: Int16Array | undefined): void {
        for (let i = 0; i < FRAME_SAMPLES; i++) {
          const sample = said?.[i] ?? 0;
          sum[i] = (sum[i] ?? 0) + sample - (mine[i] ?? 0);
          mine[i] = sample;
        }
      }

      const seat: Seat = {
        pass(said, heard) {
          put(said);
          for (let i = 0; i < FRAME_SAMPLES; i++) heard[i] = clipped((sum[i] ?? 0) - (mine[i] ?? 0));
        },
        press(key) {
          for (const [other, tell] of seats) if (other !== seat) tell(key);
        },
        leave() {
          put(undefined);
          seats.delete(seat);
          if (seats.size === 0) mixes.delete(name);
        },
      };
      seats.set(seat, pressed);
      return seat;
    },
  };
}

/** Adds `more` to `frame`. */
export function addTo(frame: Int16Array, more: Int16Array): void {
  for (let i = 0; i < FRAME_SAMPLES; i++) frame[i] = clipped((frame[i] ?? 0) + (more[i] ?? 0));
}

function clipped(sample: number): number {
  return sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
}
