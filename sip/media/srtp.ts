/* SRTP (RFC 3711) with AES in counter mode and HMAC-SHA1. Packets are encrypted and decrypted where they lie. */
import { type Cipher, createCipheriv, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { SdpCrypto } from "../dialog/sdes.ts";
import { MAX_PACKET_BYTES, payloadStart, RTP_HEADER_BYTES } from "./rtp.ts";

/** What we send by one key. */
export interface Sealer {
  readonly crypto: SdpCrypto;
  /** Bytes of the tag. */
  readonly room: number;
  /** Encrypts a packet that has `room` left at its end, in the order of their numbers. */
  seal(packet: Buffer): void;
}

/** What we hear by one key. */
export interface Opener {
  readonly crypto: SdpCrypto;
  /** The packet without its tag, in the same memory, which is changed. `undefined`: it does not verify, or has come before. */
  open(packet: Buffer): Buffer | undefined;
  /** The same for RTCP (3.4). */
  openReport(packet: Buffer): Buffer | undefined;
}

const TAG_BYTES = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 };
/** Of RTCP, in both suites (RFC 4568 6.2.2). */
const REPORT_TAG_BYTES = 10;
/** In front of the tag of RTCP: its number, and whether it is encrypted. */
const REPORT_INDEX_BYTES = 4;
const REPORT_HEADER_BYTES = 8;
/** Labels of the session keys (4.3.2): cipher, proof and salt follow one another. */
const RTP = 0;
const RTCP = 3;
const TURN = 0x1_0000;
/** How often the numbers of a stream may have turned over before we hear it: of two who talked directly for hours. */
const MOST_TURNS = 16;
const BLOCK_BYTES = 16;

/** Of RTP or RTCP in one direction. */
interface Session {
  /** Makes the key stream. It stays: a cipher made for each packet costs more than all else here. */
  cipher: Cipher;
  auth: KeyObject;
  salt: Buffer;
}

/** 4.3.1, without a rate: keys are derived once. */
export function deriveKey(master: Buffer, label: number, bytes: number): Buffer {
  const iv = Buffer.alloc(BLOCK_BYTES);
  master.copy(iv, 0, 16, 30);
  iv.writeUInt8(iv.readUInt8(7) ^ label, 7);
  return createCipheriv("aes-128-ctr", master.subarray(0, 16), iv).update(Buffer.alloc(bytes));
}

function sessionOf({ key }: SdpCrypto, label: number): Session {
  return {
    cipher: createCipheriv("aes-128-ecb", deriveKey(key, label, 16), null).setAutoPadding(false),
    auth: createSecretKey(deriveKey(key, label + 1, 20)),
    salt: deriveKey(key, label + 2, 14),
  };
}

const counters = Buffer.alloc(MAX_PACKET_BYTES + BLOCK_BYTES);

/** 4.1.1, from `start` to `end`; `index` has 48 bits. */
function crypt({ cipher, salt }: Session, bytes: Buffer, [start, end]: [number, number], index: number): void {
  if (start === end) return;
  const ssrc = bytes.readUInt32BE(start === REPORT_HEADER_BYTES ? 4 : 8);
  salt.copy(counters);
  counters.writeUInt32BE((counters.readUInt32BE(4) ^ ssrc) >>> 0, 4);
  counters.writeUInt32BE((counters.readUInt32BE(8) ^ Math.floor(index / TURN)) >>> 0, 8);
  counters.writeUInt16BE(counters.readUInt16BE(12) ^ (index % TURN), 12);
  const blocks = Math.ceil((end - start) / BLOCK_BYTES);
  for (let block = 0; block < blocks; block++) {
    if (block > 0) counters.copyWithin(block * BLOCK_BYTES, 0, 14);
    counters.writeUInt16BE(block, block * BLOCK_BYTES + 14);
  }
  const stream = cipher.update(counters.subarray(0, blocks * BLOCK_BYTES));
  for (let i = start; i < end; i++) bytes[i]! ^= stream[i - start]!;
}

const proofOf = ({ auth }: Session, bytes: Buffer): Buffer => createHmac("sha1", auth).update(bytes).digest();

export function createSealer(crypto: SdpCrypto): Sealer {
  const session = sessionOf(crypto, RTP);
  const room = TAG_BYTES[crypto.suite];
  let turns = 0;
  let last = 0;
  return {
    crypto,
    room,
    seal(packet) {
      const end = packet.length - room;
      const sequence = packet.readUInt16BE(2);
      if (sequence < last) turns++;
      last = sequence;
      crypt(session, packet, [RTP_HEADER_BYTES, end], turns * TURN + sequence);
      packet.writeUInt32BE(turns, end); // proven with the packet, and not sent (4.2)
      proofOf(session, packet.subarray(0, end + 4)).copy(packet, end, 0, room);
    },
  };
}

export function createOpener(crypto: SdpCrypto): Opener {
  const [media, control] = [sessionOf(crypto, RTP), sessionOf(crypto, RTCP)];
  const room = TAG_BYTES[crypto.suite];
  const heard = createWindows();
  const reported = createWindows();
  return {
    crypto,
    open(packet) {
      const start = payloadStart(packet);
      const end = packet.length - room;
      if (start === undefined || start > end) return undefined;
      const ssrc = packet.readUInt32BE(8);
      const tag = Buffer.from(packet.subarray(end));
      for (const index of indexes(heard.highest(ssrc), packet.readUInt16BE(2))) {
        if (!heard.isNew(ssrc, index)) continue;
        packet.writeUInt32BE(Math.floor(index / TURN) >>> 0, end);
        if (!timingSafeEqual(proofOf(media, packet.subarray(0, end + 4)).subarray(0, room), tag)) continue;
        heard.take(ssrc, index);
        crypt(media, packet, [start, end], index);
        return packet.subarray(0, end);
      }
      return undefined;
    },
    openReport(packet) {
      const end = packet.length - REPORT_INDEX_BYTES - REPORT_TAG_BYTES;
      if (end < REPORT_HEADER_BYTES || packet.length > MAX_PACKET_BYTES) return undefined;
      const ssrc = packet.readUInt32BE(4);
      const number = packet.readUInt32BE(end);
      const index = number % 0x8000_0000;
      const tag = packet.subarray(end + REPORT_INDEX_BYTES);
      const proof = proofOf(control, packet.subarray(0, end + REPORT_INDEX_BYTES)).subarray(0, REPORT_TAG_BYTES);
      if (!reported.isNew(ssrc, index) || !timingSafeEqual(proof, tag)) return undefined;
      reported.take(ssrc, index);
      if (number !== index) crypt(control, packet, [REPORT_HEADER_BYTES, end], index);
      return packet.subarray(0, end);
    },
  };
}

/** Which number in its whole stream a packet may have: the nearest to the highest (3.3.1), or, of a stream that is new to us, one of the first turns. */
function indexes(highest: number | undefined, sequence: number): number[] {
  if (highest === undefined) return Array.from({ length: MOST_TURNS }, (_, turns) => turns * TURN + sequence);
  const index = highest + (((sequence - highest + 0x8000) & 0xffff) - 0x8000);
  return index < 0 ? [] : [index];
}

/** RFC 3711 3.3.2: at least 64. */
const WINDOW = 64;
/** Of a party that shows a new SSRC each time, the latest are known. */
const MOST_STREAMS = 16;

/** Which packets have come, by SSRC. */
interface Windows {
  highest(ssrc: number): number | undefined;
  isNew(ssrc: number, index: number): boolean;
  take(ssrc: number, index: number): void;
}

function createWindows(): Windows {
  const streams = new Map<number, { highest: number; seen: Float64Array }>();
  return {
    highest: (ssrc) => streams.get(ssrc)?.highest,
    isNew(ssrc, index) {
      const stream = streams.get(ssrc);
      return !stream || (index > stream.highest - WINDOW && stream.seen[index % WINDOW] !== index);
    },
    take(ssrc, index) {
      const stream = streams.get(ssrc) ?? { highest: index, seen: new Float64Array(WINDOW).fill(-1) };
      stream.highest = Math.max(stream.highest, index);
      stream.seen[index % WINDOW] = index;
      streams.set(ssrc, stream);
      const [oldest] = streams.keys();
      if (streams.size > MOST_STREAMS && oldest !== undefined) streams.delete(oldest);
    },
  };
}

/** What there is goes on where the key is the same: how far packets have counted and which have come stays known. */
export function keyedBy<T extends Sealer | Opener>(
  before: T | undefined,
  crypto: SdpCrypto | undefined,
  make: (crypto: SdpCrypto) => T,
): T | undefined {
  if (!crypto) return undefined;
  const same = before?.crypto.suite === crypto.suite && before.crypto.key.equals(crypto.key);
  return same ? before : make(crypto);
}
