/** ITU-T G.711: one byte a sample, 8,000 samples a second. */
export type Law = "PCMU" | "PCMA";

interface Tables {
  /** By the sample as an unsigned 16-bit number. */
  encode: Uint8Array;
  decode: Int16Array;
}

const MU_BIAS = 132;
const MU_CLIP = 32_635;
/** A-law inverts the even bits on the line. */
const A_TOGGLE = 0x55;

function encodeMu(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  const segment = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (segment + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | mantissa) & 0xff;
}

function decodeMu(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << ((bits >> 4) & 7)) - MU_BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeA(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 3;
  const segment = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, segment)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | mantissa) ^ A_TOGGLE;
}

function decodeA(byte: number): number {
  const bits = byte ^ A_TOGGLE;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function tables(encodeOne: (sample: number) => number, decodeOne: (byte: number) => number): Tables {
  return {
    encode: Uint8Array.from({ length: 65_536 }, (_, unsigned) => encodeOne((unsigned << 16) >> 16)),
    decode: Int16Array.from({ length: 256 }, (_, byte) => decodeOne(byte)),
  };
}

const TABLES: Record<Law, Tables> = { PCMU: tables(encodeMu, decodeMu), PCMA: tables(encodeA, decodeA) };

/** Writes one byte for each sample into `into`, from `at` on. */
export function encode(law: Law, samples: Int16Array, into: Uint8Array, at = 0): void {
  const table = TABLES[law].encode;
  for (let i = 0; i < samples.length; i++) into[at + i] = table[(samples[i] ?? 0) & 0xffff] ?? 0;
}

export function decode(law: Law, bytes: Uint8Array): Int16Array {
  const table = TABLES[law].decode;
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = table[bytes[i] ?? 0] ?? 0;
  return samples;
}

/** Decodes into a ring, whose length is a power of two, from the place `at` on. */
export function decodeAround(law: Law, bytes: Uint8Array, ring: Int16Array, at: number): void {
  const table = TABLES[law].decode;
  const mask = ring.length - 1;
  for (let i = 0; i < bytes.length; i++) ring[(at + i) & mask] = table[bytes[i] ?? 0] ?? 0;
}
