/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 18.3). */
import { MESSAGE_LIMITS } from "./message.ts";

export interface StreamUser {
  /** `false`: nothing more is to be cut until more comes, be it nothing. */
  message(text: string): unknown;
  /** A double CRLF came, or several together: answer with one CRLF (RFC 5626 3.5.1). `false`: as of a message. */
  ping(): unknown;
  /** The stream can no longer be cut. `text` is the headers where they are known, so that they can be answered. */
  lost(text: string): void;
}

/** Every line of the header, and whether it goes on in the next. */
const LENGTHS = /\r\n(?:content-length|l)[ \t]*:([^\r\n]*)(?=\r\n([ \t]?))/gi;
const HEADERS_END = Buffer.from("\r\n\r\n");
const FIRST_BYTES = 4_096;

/**
 * Returns where to put what arrives; that tells whether the peer owes the rest of a message, or the end. Each message is a string of its own.
 * Bytes are gathered in one growing buffer and looked at once, however small the pieces they come in.
 */
export function cutStream(user: StreamUser, limits = MESSAGE_LIMITS): (chunk: Buffer) => boolean {
  let pending: Buffer = Buffer.alloc(0);
  /** What `pending` is the beginning of, when it is ours to write to. */
  let room: Buffer | undefined;
  /** Bytes of the message at the front, as soon as its headers are complete. */
  let need = 0;
  /** So far no end of the headers was found. */
  let searched = 0;
  let stopped = false;
  let pinged = false;

  function stop(text: string): void {
    stopped = true;
    pending = Buffer.alloc(0);
    room = undefined;
    user.lost(text);
  }

  function append(chunk: Buffer): void {
    const size = pending.length + chunk.length;
    if (chunk.length === 0) return;
    if (pending.length === 0) {
      pending = chunk;
      room = undefined;
      return;
    }
    if (!room || room.length < size) {
      room = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, size * 2));
      pending.copy(room);
    }
    chunk.copy(room, pending.length);
    pending = room.subarray(0, size);
  }

  function drop(bytes: number): void {
    pending = pending.subarray(bytes);
    room = undefined;
    need = 0;
    searched = 0;
  }

  /** Cuts one message or keep-alive off the front; false when more must arrive first. */
  function cut(): boolean {
    if (need === 0) {
      if (isBlank(0)) return skipBlank();
      const end = pending.indexOf(HEADERS_END, Math.max(0, searched - 3));
      searched = pending.length;
      if (end < 0) {
        if (pending.length > limits.message) stop("");
        return false;
      }
      const headers = pending.toString("latin1", 0, end + 4);
      const length = lengthIn(headers);
      need = end + 4 + (length ?? 0);
      if (length === undefined || need > limits.message) {
        stop(headers);
        return false;
      }
    }
    if (pending.length < need) return false;
    const text = pending.toString("latin1", 0, need);
    drop(need);
    return user.message(text) !== false && pending.length > 0;
  }

  const isBlank = (at: number): boolean => pending[at] === 13 && pending[at + 1] === 10;

  /** All of it at once: whoever sends nothing else would be answered a thousand times for each packet. */
  function skipBlank(): boolean {
    let end = 2;
    while (isBlank(end)) end += 2;
    drop(end);
    if (end < 4 || pinged) return pending.length > 0;
    pinged = true;
    return user.ping() !== false && pending.length > 0;
  }

  return (chunk) => {
    if (stopped) return true;
    append(chunk);
    pinged = false;
    if (pending.length >= need) while (cut());
    return stopped || pending.length > 0;
  };
}

/** Undefined when the headers do not say one number: where the next message begins is anybody's guess then. */
function lengthIn(headers: string): number | undefined {
  const lines = [...headers.matchAll(LENGTHS)].map(([, value = "", more]) => (more === "" ? value.trim() : ""));
  const [first] = lines;
  const clear = first !== undefined && /^\d{1,9}$/.test(first) && lines.every((each) => each === first);
  return clear ? Number(first) : undefined;
}
