import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { codes } from "../refusals.ts";

/* What a program and a page send to the API, with nothing between it and the wire. */

export interface Answer {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

export interface Asked {
  headers?: Record<string, string>;
  body?: string;
}

/** `address`: `127.0.0.1:8080`. */
export function ask(address: string, method: string, path: string, options: Asked = {}): Promise<Answer> {
  const [host, port] = address.split(":");
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, headers: options.headers ?? {} }, (response) =>
      resolve(answerOf(response)),
    );
    sent.on("error", reject);
    sent.end(options.body);
  });
}

/** Whatever is refused, in every test, is refused with a code that pages have words for. */
function hold(refusal: string): void {
  const { code } = JSON.parse(refusal) as { code?: string };
  if (!codes.some((known) => known === code)) throw new Error(`a refusal without a known code: ${refusal}`);
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  let body = "";
  for await (const chunk of response) body += String(chunk);
  if (body.startsWith('{"error":')) hold(body);
  return { status: response.statusCode ?? 0, body, headers: response.headers };
}

export interface Listening {
  /** What came, parsed, in order. */
  messages: Record<string, unknown>[];
  /** Code and reason that the other side closed with. */
  closed: Promise<{ code: number; reason: string }>;
  /** The protocol that was chosen. */
  protocol: string | undefined;
  end(): void;
}

/** A WebSocket that only listens; where it is refused, the answer. */
export function listen(
  address: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Listening | Answer> {
  const [host, port] = address.split(":");
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, headers: upgrade });
    sent.on("error", reject);
    sent.on("response", (response) => resolve(answerOf(response)));
    sent.on("upgrade", (response, socket, head) => {
      socket.unshift(head);
      resolve({ ...listening(socket), protocol: response.headers["sec-websocket-protocol"] });
    });
    sent.end();
  });
}

/** Frames of a server are whole and not masked (RFC 6455, section 5.2). */
function listening(socket: Socket): Omit<Listening, "protocol"> {
  const messages: Record<string, unknown>[] = [];
  let bytes = Buffer.alloc(0);
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", () => resolve({ code: 1006, reason: "" }));
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let frame = frameIn(bytes); frame; frame = frameIn(bytes)) {
        bytes = bytes.subarray(frame.end);
        if (frame.kind === 1) messages.push(JSON.parse(frame.payload.toString()) as Record<string, unknown>);
        if (frame.kind === 8) resolve(goodbyeIn(frame.payload));
      }
    });
  });
  return { messages, closed, end: () => socket.destroy() };
}

/** Without a code: RFC 6455, section 7.1.5. */
function goodbyeIn(payload: Buffer): { code: number; reason: string } {
  return payload.length < 2
    ? { code: 1005, reason: "" }
    : { code: payload.readUInt16BE(), reason: payload.toString("utf8", 2) };
}

function frameIn(bytes: Buffer): { kind: number; payload: Buffer; end: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < head) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < head + length) return undefined;
  return { kind: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(head, head + length), end: head + length };
}
