import { endianness } from "node:os";
import { decode } from "./g711.ts";
import { mixed, resampled } from "./resample.ts";

/** Everything inside the service is 16-bit mono at this rate. */
export const SAMPLE_RATE = 8000;

const PCM = 1;
const A_LAW = 6;
const MU_LAW = 7;
/** The real format stands in the first bytes of the sub-format. */
const EXTENSIBLE = 0xfffe;
const BYTES_PER_SAMPLE: Record<number, number> = { [PCM]: 2, [A_LAW]: 1, [MU_LAW]: 1 };
const HEADER_BYTES = 44;
const RATES = [SAMPLE_RATE, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

interface Layout {
  format: number;
  channels: number;
  rate: number;
  /** Whole frames (a sample of each channel), as bytes of the file. */
  data: Buffer;
}

/**
 * The sound of a RIFF WAVE file as 8 kHz mono: 16-bit PCM, A-law or µ-law, up to eight channels, the usual rates to 48 kHz. `reason` says in
 * words why it cannot be read. The data chunk of a file cut short is read as far as it goes.
 */
export function readWav(file: Buffer): { samples: Int16Array } | { reason: string } {
  const layout = layoutOf(file);
  if ("reason" in layout) return layout;
  const { data, format, channels, rate } = layout;
  return { samples: resampled(mixed(samplesOf(data, format), channels), rate, SAMPLE_RATE) };
}

/** How long a file of ours sounds, by its size. */
export function wavMs(bytes = 0): number {
  return Math.floor((Math.max(0, bytes - HEADER_BYTES) * 1000) / 2 / SAMPLE_RATE);
}

/** How long a WAV file sounds, in milliseconds; `undefined` where `readWav` could not read it. */
export function wavLengthMs(file: Buffer): number | undefined {
  const layout = layoutOf(file);
  if ("reason" in layout) return undefined;
  const frameBytes = layout.channels * (BYTES_PER_SAMPLE[layout.format] ?? 1);
  return Math.round((layout.data.length / frameBytes / layout.rate) * 1000);
}

function layoutOf(file: Buffer): Layout | { reason: string } {
  if (file.length < 12 || tag(file, 0) !== "RIFF" || tag(file, 8) !== "WAVE") return { reason: "not a WAV file" };
  let fmt: Buffer | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, Math.min(at + 8 + size, file.length));
    if (tag(file, at) === "fmt ") fmt = body;
    if (tag(file, at) === "data") return fmt ? layoutWith(fmt, body) : { reason: "the WAV file has no format" };
    at += 8 + size + (size % 2);
  }
  return { reason: "the WAV file has no sound" };
}

function layoutWith(fmt: Buffer, data: Buffer): Layout | { reason: string } {
  if (fmt.length < 16) return { reason: "the format of the WAV file is cut short" };
  const written = fmt.readUInt16LE(0);
  const format = written === EXTENSIBLE && fmt.length >= 26 ? fmt.readUInt16LE(24) : written;
  const channels = fmt.readUInt16LE(2);
  const rate = fmt.readUInt32LE(4);
  const bits = fmt.readUInt16LE(14);
  const sampleBytes = BYTES_PER_SAMPLE[format];
  if (!sampleBytes || bits !== sampleBytes * 8) {
    return { reason: `WAV format ${format} with ${bits} bits is not read; use 16-bit PCM, A-law or µ-law` };
  }
  if (channels < 1 || channels > 8) return { reason: `a WAV file with ${channels} channels is not read` };
  if (!RATES.includes(rate)) return { reason: `a WAV file with ${rate} samples a second is not read` };
  const frameBytes = channels * sampleBytes;
  return { format, channels, rate, data: data.subarray(0, data.length - (data.length % frameBytes)) };
}

function samplesOf(data: Buffer, format: number): Int16Array {
  if (format === MU_LAW) return decode("PCMU", data);
  if (format === A_LAW) return decode("PCMA", data);
  const samples = new Int16Array(data.length / 2);
  const bytes = Buffer.from(samples.buffer);
  data.copy(bytes);
  littleEndian(bytes);
  return samples;
}

function tag(file: Buffer, at: number): string {
  return file.toString("latin1", at, at + 4);
}

/** The header of a 16-bit mono 8 kHz file with so many samples. */
export function wavHeader(samples: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const dataBytes = samples * 2;
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A whole file, 16-bit mono 8 kHz. */
export function writeWav(samples: Int16Array): Buffer {
  return Buffer.concat([wavHeader(samples.length), wavData(samples)]);
}

/** Samples as they stand in a 16-bit file. */
export function wavData(samples: Int16Array): Buffer {
  return littleEndian(Buffer.from(samples.slice().buffer));
}

/** Turns samples of this machine into those of the file, or back. */
function littleEndian(bytes: Buffer): Buffer {
  return endianness() === "LE" ? bytes : bytes.swap16();
}
