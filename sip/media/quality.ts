import type { RtpPacket } from "./rtp.ts";
import { SAMPLE_RATE } from "./wav.ts";

/** How well a party was heard, and how well he says that he heard us. */
export interface Quality {
  received: number;
  /** Packets that never came. */
  lost: number;
  /** Packets that were dropped, of media that are encrypted: they did not verify, or had come before. */
  unverified?: number;
  /** As RFC 3550 6.4.1 has it, in ms. */
  jitterMs: number;
  /** By his last report, where he sends any. */
  theirs?: { lost: number; jitterMs: number };
}

export interface Meter {
  /** A packet that counts; `now` in ms. */
  hear(packet: RtpPacket, now: number): void;
  /** A packet that is dropped. */
  drop(): void;
  /** What came on the port of RTCP, or muxed with RTP. */
  report(bytes: Buffer): void;
  /** `undefined`: nothing has come. */
  figures(): Quality | undefined;
}

/** RFC 3550 A.3: a jump as wide as this is another stream. */
const MAX_GAP = 3000;

/** `ssrc`: ours, which reports are about. Packets of all payload types share one count. */
export function createMeter(ssrc: number): Meter {
  let received = 0;
  let unverified = 0;
  /** Of streams that are over. */
  let lostBefore = 0;
  let stream: { ssrc: number; first: number; highest: number; received: number; transit?: number } | undefined;
  let jitter = 0; // in samples
  let theirs: Quality["theirs"];

  const lostIn = ({ first, highest, received: got }: NonNullable<typeof stream>): number =>
    Math.max(0, highest - first + 1 - got);

  return {
    hear({ ssrc: from, sequence, timestamp }, now) {
      received++;
      const ahead = stream ? ((sequence - stream.highest + 0x8000) & 0xffff) - 0x8000 : 0;
      if (!stream || stream.ssrc !== from || Math.abs(ahead) > MAX_GAP) {
        if (stream) lostBefore += lostIn(stream);
        stream = { ssrc: from, first: sequence, highest: sequence, received: 0 };
      } else if (ahead > 0) stream.highest += ahead;
      stream.received++;
      const transit = now * (SAMPLE_RATE / 1000) - timestamp;
      const apart = stream.transit === undefined ? 0 : Math.abs(transit - stream.transit);
      // A key keeps the timestamp with which it began; a pause of the speaker is no jitter either.
      if (apart < SAMPLE_RATE) jitter += (apart - jitter) / 16;
      stream.transit = transit;
    },
    drop() {
      unverified++;
    },
    report(bytes) {
      const found = reportsIn(bytes).find((one) => one.about === ssrc);
      if (found) theirs = { lost: found.lost, jitterMs: Math.round((found.jitter * 1000) / SAMPLE_RATE) };
    },
    figures() {
      if (received + unverified === 0) return undefined;
      const lost = lostBefore + (stream ? lostIn(stream) : 0);
      const jitterMs = Math.round((jitter * 1000) / SAMPLE_RATE);
      return { received, lost, jitterMs, ...(unverified > 0 && { unverified }), ...(theirs && { theirs }) };
    },
  };
}

/** Whether bytes that came where RTP is expected are RTCP (RFC 5761 4). */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes.length >= 8 ? bytes.readUInt8(1) : 0;
  return type >= 192 && type <= 223 && bytes.readUInt8(0) >> 6 === 2;
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const BLOCK_BYTES = 24;

/** The report blocks of a compound packet (RFC 3550 6.4); what is malformed ends it. */
export function reportsIn(bytes: Buffer): { about: number; lost: number; jitter: number }[] {
  const found: { about: number; lost: number; jitter: number }[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && bytes.readUInt8(at) >> 6 === 2) {
    const end = at + 4 * (bytes.readUInt16BE(at + 2) + 1);
    const type = bytes.readUInt8(at + 1);
    const blocks = type === SENDER_REPORT || type === RECEIVER_REPORT ? bytes.readUInt8(at) & 0x1f : 0;
    const first = at + (type === SENDER_REPORT ? 28 : 8);
    if (end > bytes.length || first + blocks * BLOCK_BYTES > end) break;
    for (let block = first; block < first + blocks * BLOCK_BYTES; block += BLOCK_BYTES) {
      // Duplicates make the count negative.
      const lost = Math.max(0, bytes.readIntBE(block + 5, 3));
      found.push({ about: bytes.readUInt32BE(block), lost, jitter: bytes.readUInt32BE(block + 12) });
    }
    at = end;
  }
  return found;
}
