import { randomInt } from "node:crypto";
import type { Socket } from "node:dgram";
import { soundKey } from "./dtmf.ts";
import { encode } from "./g711.ts";
import type { Agreement } from "./negotiation.ts";
import { RTP_HEADER_BYTES, writeRtpHeader } from "./rtp.ts";
import { FRAME_SAMPLES } from "./sound.ts";
import type { Sealer } from "./srtp.ts";
import type { Address } from "./source.ts";
import { KEYS } from "./digits.ts";

/** The packets of one leg: sound, and keys in place of it (RFC 4733 2.5). */
export interface Sender {
  readonly sent: number;
  readonly ssrc: number;
  /** Sends 20 ms, of the key that is being pressed instead where there is one; nowhere where the peer does not want to hear. `sealer` encrypts it. */
  send(frame: Int16Array, agreement: Agreement | undefined, to: Address | undefined, sealer?: Sealer): void;
  /** Presses a key, after those that are pressed already. */
  press(key: string): void;
}

/** A key sounds for 100 ms; its end is told three times, and 60 ms part it from the next. */
const KEY_FRAMES = 5;
const END_FRAMES = 3;
const BETWEEN_FRAMES = 3;
/** That wait their turn; more than a minute of them is nobody's dialling. */
const MOST_KEYS = 100;
/** RFC 4733 2.5.2.2: the power level of the tone, in -dBm0. */
const VOLUME = 10;

export function createSender(socket: Socket): Sender {
  const ssrc = randomInt(2 ** 32);
  const keys: number[] = [];
  /** Of the key that is being pressed: its code, when it began, and how many frames ago. */
  let key: { code: number; at: number; frames: number } | undefined;
  /** Begins low: whoever misses the first packets of an encrypted stream knows no turn of the numbers (RFC 3711 3.3.1). */
  let sequence = randomInt(2 ** 15);
  let timestamp = randomInt(2 ** 32);
  /** The next packet starts a stretch of sound (RFC 3551 4.1). */
  let marker = true;
  let sent = 0;
  let sealer: Sealer | undefined;

  function packetOf(payloadBytes: number, payloadType: number, begins: boolean, at: number): Buffer {
    const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + payloadBytes + (sealer?.room ?? 0));
    writeRtpHeader(packet, { payloadType, marker: begins, sequence, timestamp: at, ssrc });
    return packet;
  }

  function post(packet: Buffer, to: Address): void {
    sealer?.seal(packet);
    socket.send(packet, to.port, to.address);
    sequence = (sequence + 1) & 0xffff;
    sent++;
  }

  /** The key that is pressed in this frame: its code, when it began, and the frames since; undefined for none. */
  function pressing(): { code: number; at: number; frames: number } | undefined {
    const next = key ? undefined : keys.shift();
    if (next !== undefined) key = { code: next, at: timestamp, frames: 0 };
    if (!key) return undefined;
    const now = { ...key };
    key.frames++;
    if (key.frames >= KEY_FRAMES + END_FRAMES + BETWEEN_FRAMES) key = undefined;
    return now;
  }

  /** False: no key is told in this frame, so sound goes out. */
  function sendKey(to: Address, payloadType: number): boolean {
    const now = pressing();
    if (!now || now.frames >= KEY_FRAMES + END_FRAMES) return false;
    const { code, at, frames } = now;
    const packet = packetOf(4, payloadType, frames === 0, at);
    packet.writeUInt8(code, RTP_HEADER_BYTES);
    packet.writeUInt8(VOLUME | (frames >= KEY_FRAMES ? 0x80 : 0), RTP_HEADER_BYTES + 1);
    packet.writeUInt16BE(Math.min(frames + 1, KEY_FRAMES) * FRAME_SAMPLES, RTP_HEADER_BYTES + 2);
    post(packet, to);
    marker = true;
    return true;
  }

  /** For who is not told keys otherwise, nothing else sounds meanwhile. */
  function sound(frame: Int16Array): void {
    const now = pressing();
    if (!now) return;
    if (now.frames < KEY_FRAMES) soundKey(KEYS[now.code] ?? "", now.frames * FRAME_SAMPLES, frame);
    else frame.fill(0);
  }

  return {
    ssrc,
    get sent() {
      return sent;
    },
    send(frame, agreement, to, by) {
      sealer = by;
      timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
      if (!agreement?.sending || !to) {
        marker = true;
        return;
      }
      const { law, payloadType, keys: keyType } = agreement;
      if (keyType === undefined) sound(frame);
      else if (sendKey(to, keyType)) return;
      const packet = packetOf(FRAME_SAMPLES, payloadType, marker, timestamp);
      encode(law, frame, packet, RTP_HEADER_BYTES);
      post(packet, to);
      marker = false;
    },
    press(pressed) {
      const code = KEYS.indexOf(pressed);
      if (code >= 0 && pressed.length === 1 && keys.length < MOST_KEYS) keys.push(code);
    },
  };
}
