/** 64 bits as 16 hexadecimal digits. Tells versions apart quickly, megabytes too; it is no protection against forgery. */
export function hash(texts: readonly string[]): string {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  for (const text of texts) {
    // Two multiplicative lanes with unlike odd factors; the length keeps "ab", "c" apart from "a", "bc".
    one = Math.imul(one ^ text.length, 0x01000193);
    two = Math.imul(two ^ text.length, 0x5f356495);
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      one = Math.imul(one ^ unit, 0x01000193);
      two = Math.imul(two ^ unit, 0x5f356495);
      two ^= two >>> 15;
    }
  }
  return hex(settle(one ^ (two >>> 16))) + hex(settle(two ^ (one >>> 13)));
}

/** Lets every bit of a lane reach every other. */
function settle(lane: number): number {
  const first = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, "0");
