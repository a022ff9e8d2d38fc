/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 18.3). */
import { MESSAGE_LIMITS } from "./message.ts";

export interface StreamUser {
  message(text: string): void;
  /** A double CRLF came: answer it with one CRLF (RFC 5626 3.5.1). */
  ping(): void;
  /** The stream can no longer be cut. `text` is the headers where they are known, so that they can be answered. */
  lost(text: string): void;
}

const LENGTH = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r\n/i;
const CRLF = Buffer.from("\r\n");
const HEADERS_END = Buffer.from("\r\n\r\n");

/** Returns where to put what arrives. Each message is a string of its own. */
export function cutStream(user: StreamUser, limits = MESSAGE_LIMITS): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  /** Bytes of the message at the front, as soon as its headers are complete. */
  let need = 0;
  let stopped = false;

  function stop(text: string): void {
    stopped = true;
    pending = Buffer.alloc(0);
    user.lost(text);
  }

  /** Cuts one message or keep-alive off the front; false when more must arrive first. */
  function cut(): boolean {
    if (need === 0) {
      if (pending.subarray(0, 2).equals(CRLF)) return skipBlank();
      const end = pending.indexOf(HEADERS_END);
      if (end < 0) {
        if (pending.length > limits.message) stop("");
        return false;
      }
      const headers = pending.toString("latin1", 0, end + 4);
      const length = LENGTH.exec(headers.slice(0, -2));
      need = end + 4 + Number(length?.[1]);
      if (!length || need > limits.message) {
        stop(headers);
        return false;
      }
    }
    if (pending.length < need) return false;
    const text = pending.toString("latin1", 0, need);
    pending = pending.subarray(need);
    need = 0;
    user.message(text);
    return pending.length > 0;
  }

  function skipBlank(): boolean {
    const double = pending.subarray(0, 4).equals(HEADERS_END);
    if (double) user.ping();
    pending = pending.subarray(double ? 4 : 2);
    return pending.length > 0;
  }

  return (chunk) => {
    if (stopped) return;
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (pending.length < need) return;
    while (cut());
  };
}
