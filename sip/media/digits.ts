import type { RtpPacket } from "./rtp.ts";

/*
 * RFC 4733 2.5: one key press is a train of packets with one timestamp, growing duration, and an end packet sent three times.
 * Any packet of the train tells the key, so it is reported with the first that arrives, be it the last end packet.
 */

/** What is remembered of the last key. */
export interface Keypad {
  ssrc?: number;
  last?: { event: number; timestamp: number; duration: number; ended: boolean };
  /** Until when those that were told count; ms. */
  spentUntil?: number;
}

/** Keys at once, and how long until one more. Nobody presses faster, and each is a turn of the engine and a line of the journal. */
const [AT_ONCE, EACH_MS] = [20, 40];

/** Whether a key is told that is pressed `now`, in ms; what comes faster is a flood. */
export function isTold(keypad: Keypad, now: number): boolean {
  const spent = Math.max(keypad.spentUntil ?? 0, now);
  if (spent - now > (AT_ONCE - 1) * EACH_MS) return false;
  keypad.spentUntil = spent + EACH_MS;
  return true;
}

/** By event code. */
export const KEYS = "0123456789*#ABCD";

/** The key that this packet tells for the first time. */
export function digitIn(keypad: Keypad, packet: RtpPacket): string | undefined {
  const { payload, timestamp, marker } = packet;
  if (payload.length < 4) return undefined;
  const event = payload.readUInt8(0);
  const ended = payload.readUInt8(1) >= 0x80;
  const duration = payload.readUInt16BE(2);
  const key = KEYS[event];
  if (!key) return undefined;

  const last = packet.ssrc === keypad.ssrc ? keypad.last : undefined;
  const age = last ? (timestamp - last.timestamp) | 0 : 1;
  if (last && age < 0) return undefined;
  if (last && age === 0) {
    last.ended ||= ended;
    last.duration = Math.max(last.duration, duration);
    return undefined;
  }
  keypad.ssrc = packet.ssrc;
  keypad.last = { event, timestamp, duration, ended };
  // A key held for longer than the duration can tell goes on as a new segment without marker (RFC 4733 2.5.1.3).
  const goesOn = last && !marker && !last.ended && last.event === event && age === last.duration;
  return goesOn ? undefined : key;
}
