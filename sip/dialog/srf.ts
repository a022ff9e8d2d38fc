import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { aside, type Inside, keepDefectsOut } from "./defects.ts";

/*
 * drachtio-srf as it really behaves: its own declarations miss the callback forms, CANCEL with headers, and errors that are strings.
 * Only what we use stands here. Callback forms everywhere: several frames of one TCP segment are handed on in one go, so that a BYE
 * may follow the answer before a promise would have woken us.
 */

export type Headers = Record<string, string>;

export interface SipMessage {
  body?: string;
  /** The parts of a multipart body, else the body. */
  payload?: { type?: string | null; content?: string }[];
  headers: Headers;
  /** Absent in what we have sent. */
  source_address?: string;
  get(name: string): string | undefined;
  has(name: string): boolean;
}

export interface SipRequest extends SipMessage {
  method: string;
  uri: string;
  protocol: string;
  source_address: string;
  source_port: number;
  /** As the endpoint names the transaction. */
  stackTxnId?: string;
  on(event: "cancel", listener: () => void): void;
  on(event: "response", listener: (response: SipResponse) => void): void;
  cancel(options: { headers?: Headers }, sent?: (error: unknown) => void): void;
}

export interface SipResponse extends SipMessage {
  /** What it answers, as it was sent. */
  req: { method: string; uri: string };
  status: number;
  reason: string;
}

/** Our answer to a request. */
export interface Reply {
  finalResponseSent: boolean;
  /** `pracked`: a provisional response that was sent reliably has been acknowledged (RFC 3262). */
  send(
    status: number,
    options?: { headers?: Headers; body?: string },
    sent?: (error: unknown) => void,
    pracked?: () => void,
  ): void;
}

export interface SipDialog {
  sip: { callId: string; localTag: string; remoteTag: string };
  local: { sdp?: string };
  remote: { sdp?: string };
  /** The INVITE, and the 200 where it was ours. */
  req: SipMessage;
  res: SipMessage;
  on(event: "destroy", listener: (bye: SipMessage | undefined, reason?: string) => void): void;
  on(event: "ack", listener: (ack: SipMessage) => void): void;
  on(
    event: "modify" | "update" | "refer" | "notify" | "info" | "options" | "message",
    listener: (request: SipRequest, reply: Reply) => void,
  ): void;
  request(
    options: { method: string; body?: string; headers?: Headers },
    answered: (error: unknown, response?: SipResponse) => void,
  ): void;
  destroy(options: { headers?: Headers }, ended: (error: unknown) => void): void;
}

export interface OutgoingInvite {
  uri: string;
  /** The next hop where it is not the URI; no Route header. */
  proxy?: string;
  headers: Headers;
  localSdp: string;
}

/** May be called a second time where a CANCEL and our answer cross. */
export type Answered = (error: unknown, dialog?: SipDialog) => void;

export interface Progress {
  cbRequest: (error: unknown, request?: SipRequest) => void;
  cbProvisional: (response: SipResponse) => void;
}

/** A connection to a signalling endpoint. */
export interface Signalling {
  connect(options: { host: string; port: number; secret: string; enablePing?: boolean; reconnect?: object }): void;
  disconnect(): void;
  on(event: "connect", listener: (error: Error | null, listen: string, version: string) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "close", listener: () => void): void;
  /** Every request outside a dialog of ours, but CANCEL, which its INVITE tells. */
  use(method: string, listener: (request: SipRequest, reply: Reply, next: () => void) => void): void;
  createUAS(
    request: SipRequest,
    reply: Reply,
    options: { localSdp: string; headers?: Headers },
    answered: Answered,
  ): void;
  createUAC(options: OutgoingInvite, progress: Progress, answered: Answered): void;
  request(
    uri: string,
    /** `stackDialogId`: inside a dialog, whoever has begun it; the URI is its own then. */
    options: { method: string; headers?: Headers; body?: string; proxy?: string; stackDialogId?: string },
    sent: (error: unknown, request?: SipRequest) => void,
  ): void;
}

interface Srf {
  new (): Signalling &
    Inside & { use(each: (request: { socket: Socket }, reply: Reply, next: () => void) => void): void };
}

const require = createRequire(import.meta.url);
const Srf: Srf = require("drachtio-srf");

/** A connection not yet made. What we say to the frames of one turn goes out together; what our own mistakes throw goes to `tell`. */
export function createSignalling(tell: (defect: unknown) => void = aside): Signalling {
  const signalling = new Srf();
  const known = new WeakSet<Socket>();
  signalling.use(({ socket }, _reply, next) => {
    if (!known.has(socket)) socket.prependListener("data", () => together(socket));
    known.add(socket);
    next();
  });
  keepDefectsOut(signalling, tell);
  return signalling;
}

/** What is written to it in this turn of the event loop goes out by one system call: that is most of what a short text costs. */
function together(socket: Socket): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}

/** INVITEs; without a connection the failure comes like every other, as a callback. */
export function placeCall(
  signalling: Signalling,
  options: OutgoingInvite,
  progress: Progress,
  answered: Answered,
): void {
  try {
    signalling.createUAC(options, progress, answered);
  } catch (error) {
    queueMicrotask(() => answered(error));
  }
}

/** The SIP status that an error of drachtio-srf stands for: it rejects with strings, Errors and SipErrors. `undefined`: no answer came. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  return typeof error.status === "number" ? error.status : undefined;
}

/** Answers with a status; one that drachtio-srf does not know becomes one of its class (RFC 3261 8.1.3.2). */
export function answerWith(reply: Reply, status: number, options: { headers?: Headers; body?: string }): void {
  try {
    reply.send(status, options);
  } catch {
    reply.send(status >= 600 ? 603 : status >= 500 ? 500 : 480, options);
  }
}

/** A header that may not be joined by commas into one line (RFC 3261 7.3.1): drachtio-srf keeps one value a name, and writes it as it is. */
export function severalLines(name: string, values: readonly string[]): Headers {
  return values.length === 0 ? {} : { [name]: values.join(`\r\n${name}: `) };
}

/** The response that an error of drachtio-srf stands for. */
export function responseIn(error: unknown): SipResponse | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a SipError says so
  return typeof error === "object" && error !== null && "res" in error ? (error.res as SipResponse) : undefined;
}

/** What an error of drachtio-srf says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The session description in a message, alone or among other parts (RFC 5621); empty where there is none. */
export function sdpOf(message: SipMessage): string {
  const type = message.get("Content-Type") ?? "application/sdp";
  if (!/^multipart\//i.test(type)) return /^application\/sdp\b/i.test(type) ? (message.body ?? "") : "";
  return message.payload?.find((part) => /^application\/sdp\b/i.test(part.type ?? ""))?.content ?? "";
}
