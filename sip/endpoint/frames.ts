/**
 * Frames of the drachtio application protocol: `<bytes>#<payload>`, payload a line of `|`-separated tokens and, for SIP, a
 * CRLF and the message. What each token means: https://drachtio.org and the tables below.
 */
import { hostPort, type Address, type Protocol } from "./transport.ts";

/** An application that sends a larger frame is disconnected. */
export const FRAME_LIMIT = 1024 * 1024;

const HASH = 0x23;
const DIGITS = 7;

/**
 * Returns where to put what arrives. Each payload is a string of its own: what is kept of one keeps no other alive.
 * `lost` is called once, with the reason, when the stream cannot be cut any more.
 */
export function cutFrames(frame: (payload: string) => void, lost: (why: string) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  /** Bytes of the frame at the front with its length, as soon as that is known. */
  let need = 0;
  let stopped = false;

  function stop(why: string): void {
    stopped = true;
    lost(why);
  }

  /** Cuts all whole frames off `chunk`; what is left of it. */
  function cut(chunk: Buffer): Buffer {
    let at = 0;
    while (!stopped) {
      const hash = chunk.subarray(at, at + DIGITS + 1).indexOf(HASH);
      const digits = chunk.toString("latin1", at, hash < 0 ? Math.min(chunk.length, at + DIGITS + 1) : at + hash);
      if (hash === 0 || digits.length > DIGITS || !/^\d*$/.test(digits)) stop("a frame must begin with its length");
      else if (Number(digits) > FRAME_LIMIT)
        stop(`a frame of ${digits} bytes is too large, the limit is ${FRAME_LIMIT}`);
      if (stopped || hash < 0) break;
      const start = at + hash + 1;
      need = hash + 1 + Number(digits);
      if (chunk.length < at + need) break;
      frame(chunk.toString("latin1", start, at + need));
      at += need;
      need = 0;
    }
    return chunk.subarray(at);
  }

  return (chunk) => {
    if (stopped) return;
    const all = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    pending = all.length < need ? all : cut(all);
  };
}

export function printFrame(payload: string): string {
  return `${payload.length}#${payload}`;
}

/** Where a message went or came from, as the tokens 2 to 7 of a frame tell it. */
export interface Meta {
  source: "network" | "application";
  /** Size of the SIP message. */
  bytes: number;
  protocol: Protocol;
  address: Address;
  /** `HH:MM:SS.uuuuuu`, UTC. */
  time: string;
}

function metaTokens(meta: Meta): string {
  return `${meta.source}|${meta.bytes}|${meta.protocol}|${meta.address.host}|${meta.address.port}|${meta.time}`;
}

/** A SIP message for the application. `receivedOn` belongs on new requests outside a dialog only. */
export function sipFrame(
  id: string,
  meta: Meta,
  to: { transaction: string; dialog: string; receivedOn?: Address },
  text: string,
): string {
  const on = to.receivedOn ? `${to.receivedOn.host}|${to.receivedOn.port}|` : "";
  return `${id}|sip|${metaTokens(meta)}|${to.transaction}|${to.dialog}|${on}\r\n${text}`;
}

/** The request as it was sent. */
export function requestEcho(id: string, frame: string, meta: Meta, transaction: string, text: string): string {
  return `${id}|response|${frame}|OK|${metaTokens(meta)}|${transaction}|Msg sent:|\r\n${text}`;
}

/** The response as it was sent. */
export function responseEcho(
  id: string,
  frame: string,
  meta: Meta,
  of: { transaction: string; dialog: string },
  text: string,
): string {
  return `${id}|response|${frame}|OK|${metaTokens(meta)}|${of.transaction}|${of.dialog}||Msg sent:|\r\n${text}`;
}

export type Verdict = "OK" | "NO" | "NOK";

/** `NO` refuses a command of the connection, `NOK` anything about SIP: drachtio-srf tells them apart. */
export function verdict(id: string, frame: string, result: Verdict, text = ""): string {
  return `${id}|response|${frame}|${result}${text === "" ? "" : `|${text}`}`;
}

export function hostPorts(listeners: { protocol: Protocol; local: Address }[]): string {
  return listeners.map((each) => `${each.protocol}/${hostPort(each.local)}`).join(",");
}

let lastMs = -1;
let lastText = "";

/** `HH:MM:SS.uuuuuu` of an instant, UTC. Many frames share a millisecond. */
export function timeOfDay(now: number): string {
  const ms = Math.floor(now);
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = `${new Date(ms).toISOString().slice(11, 23)}000`;
  }
  return lastText;
}
