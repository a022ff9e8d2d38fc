import { createSocket } from "node:dgram";

/** A phone that is only a UDP socket: each request is answered by a function that may say anything, at any time. */
export interface RawPhone {
  port: number;
  received: string[];
  /** Requests so far, by method. */
  methods(): string[];
  send(text: string, port: number): void;
  stop(): Promise<void>;
}

export interface RawRequest {
  method: string;
  text: string;
  /** Answers it. */
  reply(status: string, options?: { body?: string; headers?: string[] }): void;
}

export function startRawPhone(take: (request: RawRequest, phone: RawPhone) => void): Promise<RawPhone> {
  const socket = createSocket("udp4");
  const phone: RawPhone = {
    port: 0,
    received: [],
    methods: () =>
      phone.received.filter((text) => !text.startsWith("SIP/2.0")).map((text) => text.split(" ", 1)[0] ?? ""),
    send: (text, port) => socket.send(text, port, "127.0.0.1"),
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on("message", (data, from) => {
    const text = data.toString();
    phone.received.push(text);
    if (text.startsWith("SIP/2.0")) return;
    const method = text.split(" ", 1)[0] ?? "";
    take(
      {
        method,
        text,
        reply(status, { body = "", headers = [] } = {}) {
          socket.send(response(text, phone.port, status, body, headers), from.port, from.address);
        },
      },
      phone,
    );
  });
  return new Promise((resolve) => {
    socket.bind(0, "127.0.0.1", () => {
      phone.port = socket.address().port;
      resolve(phone);
    });
  });
}

function response(request: string, port: number, status: string, body: string, headers: string[]): string {
  const copied = request.split("\r\n").filter((line) => /^(via|from|call-id|cseq|record-route):/i.test(line));
  const to = /^To:.*$/im.exec(request)?.[0] ?? "";
  return [
    `SIP/2.0 ${status}`,
    ...copied,
    to.includes("tag=") ? to : `${to};tag=raw${port}`,
    `Contact: <sip:raw@127.0.0.1:${port}>`,
    ...headers,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

export function rawSdp(port: number, version = 1, lines: string[] = []): string {
  return [
    "v=0",
    `o=raw 77 ${version} IN IP4 127.0.0.1`,
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${port} RTP/AVP 8 101`,
    "a=rtpmap:8 PCMA/8000",
    "a=rtpmap:101 telephone-event/8000",
    ...lines,
    "",
  ].join("\r\n");
}

/** An INVITE to `5000` at the address. */
export function inviteTo(
  at: string,
  port: number,
  odd: { body?: string; headers?: string[]; contact?: boolean } = {},
): string {
  const { body = rawSdp(port), headers = [], contact = true } = odd;
  return [
    `INVITE sip:5000@${at} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${port}`,
    `From: <sip:raw@127.0.0.1:${port}>;tag=${port}`,
    `To: <sip:5000@${at}>`,
    `Call-ID: ${port}@raw`,
    "CSeq: 1 INVITE",
    ...(contact ? [`Contact: <sip:raw@127.0.0.1:${port}>`] : []),
    "Max-Forwards: 70",
    ...headers,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

/** The ACK of a response to it. */
export function ackTo(response: string, port: number, body = ""): string {
  const line = (name: string): string => new RegExp(`^${name}:.*$`, "im").exec(response)?.[0] ?? "";
  const branch = response.startsWith("SIP/2.0 200") ? `z9hG4bKack${port}` : `z9hG4bK${port}`;
  return [
    `ACK sip:5000@cordboard SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch}`,
    line("From"),
    line("To"),
    line("Call-ID"),
    "CSeq: 1 ACK",
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

/** A bare 200 to a request. */
export function okTo(request: string, port: number): string {
  const lines = request.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
  return ["SIP/2.0 200 OK", ...lines, `Contact: <sip:raw@127.0.0.1:${port}>`, "Content-Length: 0", "", ""].join("\r\n");
}

interface DialogRequest {
  method: string;
  cseq?: number;
  headers?: string[];
  body?: string;
}

/** A request of the called in the dialog that an INVITE to him began. */
export function requestFrom(invite: string, port: number, request: DialogRequest): string {
  const target = /<([^>]+)>/.exec(lineOf(invite, "Contact"))?.[1] ?? "";
  const [from, to] = [`${lineOf(invite, "To")};tag=raw${port}`, lineOf(invite, "From")];
  return inDialog({ target, from, to, callId: lineOf(invite, "Call-ID") }, port, { cseq: 1, ...request });
}

/** A request of the caller in the dialog that a 200 to his INVITE began. */
export function requestTo(ok: string, port: number, request: DialogRequest): string {
  const [from, to] = [lineOf(ok, "From"), lineOf(ok, "To")];
  const target = "sip:5000@cordboard";
  return inDialog({ target, from, to, callId: lineOf(ok, "Call-ID") }, port, { cseq: 2, ...request });
}

const lineOf = (text: string, name: string): string => new RegExp(`^${name}: *(.*)$`, "im").exec(text)?.[1] ?? "";

function inDialog(
  dialog: { target: string; from: string; to: string; callId: string },
  port: number,
  { method, cseq, headers = [], body = "" }: DialogRequest,
): string {
  return [
    `${method} ${dialog.target} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${method}${port}${cseq}`,
    `From: ${dialog.from}`,
    `To: ${dialog.to}`,
    `Call-ID: ${dialog.callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:raw@127.0.0.1:${port}>`,
    "Max-Forwards: 70",
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}
