/**
 * SIP messages as text (RFC 3261 7). Inside the endpoint text holds **one character per byte** (latin1), so every length
 * is a byte count, nothing is re-encoded, and a binary body passes through unharmed.
 */
import { headerKey } from "./headers.ts";
import { parseNameAddr, splitValues, tagOf } from "./uri.ts";

export interface Header {
  /** Lower case, compact forms expanded. */
  key: string;
  name: string;
  /** Unfolded, without the space around it. */
  value: string;
}

interface Common {
  /** As received, but for the version in capitals; or as the application wrote it. */
  text: string;
  headers: Header[];
  body: string;
}
export interface Request extends Common {
  kind: "request";
  method: string;
  uri: string;
  version: string;
}
export interface Response extends Common {
  kind: "response";
  status: number;
  reason: string;
  version: string;
}
export type Message = Request | Response;

/**
 * Sizes in bytes; `line` is one header with its continuation lines, or the first line. Nothing beyond them is handed on: a
 * message too large gets 513, one with too many or too long headers is dropped.
 */
export interface MessageLimits {
  message: number;
  headers: number;
  line: number;
}
export const MESSAGE_LIMITS: MessageLimits = { message: 262_144, headers: 500, line: 16_384 };

export type Unreadable = { kind: "unreadable"; why: string };

// What stands between method and version is judged later, so that a request with a broken URI still gets its 400.
const REQUEST_LINE = /^([A-Za-z0-9\-.!%*_+`'~]+) (.*) (SIP\/\d+\.\d+)[ \t]*$/i;
const STATUS_LINE = /^(SIP\/\d+\.\d+) (\d{3}) ?(.*)$/i;

/**
 * Reads one message. What is not a start line, a header or an empty line makes it unreadable; whether the headers make
 * sense is for `faultOf` to say, so that a broken request can still be answered.
 * `body: "rest"` takes all that follows the headers (frames of the application), `"length"` obeys Content-Length.
 */
export function readMessage(text: string, body: "length" | "rest", limits = MESSAGE_LIMITS): Message | Unreadable {
  const lineEnd = text.indexOf("\r\n");
  if (lineEnd < 0) return unreadable("there is no line end");
  if (lineEnd > limits.line) return unreadable("the first line is too long");
  const startLine = text.slice(0, lineEnd);
  const request = REQUEST_LINE.exec(startLine);
  const status = request ? null : STATUS_LINE.exec(startLine);
  if ((!request && !status) || hasControl(startLine)) return unreadable("the first line is neither request nor status");
  const headers: Header[] = [];
  const bodyAt = readHeaders(text, lineEnd + 2, headers, limits);
  if (typeof bodyAt === "string") return unreadable(bodyAt);
  const taken = takeBody(text, bodyAt, headers, body);
  // `sip/2.0` is legal (7.1), but the libraries of applications read capitals only, and nothing behind the version.
  const restart = (start: string) => (start === startLine ? text : start + text.slice(lineEnd));
  if (request) {
    const [, method = "", uri = "", written = ""] = request;
    const version = written.toUpperCase();
    return {
      kind: "request",
      method,
      uri,
      version,
      text: restart(`${method} ${uri} ${version}`),
      headers,
      body: taken,
    };
  }
  const [, written = "", digits = "", reason = ""] = status!;
  const version = written.toUpperCase();
  const start = version + startLine.slice(written.length);
  return { kind: "response", version, status: Number(digits), reason, text: restart(start), headers, body: taken };
}

/** Fills `headers`; where the body begins, or what is wrong. */
function readHeaders(text: string, from: number, headers: Header[], limits: MessageLimits): number | string {
  let at = from;
  while (true) {
    let end = text.indexOf("\r\n", at);
    if (end < 0) return "the headers do not end";
    if (end === at) return end + 2;
    // A line that begins with white space goes on with the header before it (RFC 3261 7.3.1).
    while (isBlank(text.charCodeAt(end + 2))) {
      end = text.indexOf("\r\n", end + 2);
      if (end < 0) return "the headers do not end";
    }
    if (end - at > limits.line) return "a header is too long";
    if (headers.length >= limits.headers) return "there are too many headers";
    const line = text.slice(at, end);
    const colon = line.indexOf(":");
    const name = colon < 0 ? "" : line.slice(0, colon).trimEnd();
    const key = headerKey(name);
    if (key === undefined) return `"${name.slice(0, 40)}" is no header name`;
    const value = unfold(line.slice(colon + 1));
    if (hasControl(value)) return `the value of ${name} holds a control character`;
    headers.push({ key, name, value });
    at = end + 2;
  }
}

function takeBody(text: string, from: number, headers: Header[], how: "length" | "rest"): string {
  const length = how === "length" ? contentLength(headers) : undefined;
  return length === undefined ? text.slice(from) : text.slice(from, from + length);
}

/** Undefined when the header is absent or no number. */
export function contentLength(headers: Header[]): number | undefined {
  const value = headers.find((header) => header.key === "content-length")?.value;
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Line by line, for a pattern over the line ends would go back over a peer's blanks again and again. */
function unfold(value: string): string {
  return value.includes("\r\n") ? trimBlanks(value.split("\r\n").map(trimBlanks).join(" ")) : trimBlanks(value);
}

/** Blanks alone: to `trim` the second byte of a letter such as `à` is white space too. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const CONTROL = /[\0\r\n]/;
/** CR, LF and NUL inside a value would start a header of its own somewhere down the road. */
export function hasControl(value: string): boolean {
  return CONTROL.test(value);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function unreadable(why: string): Unreadable {
  return { kind: "unreadable", why };
}

/** The first value of a header, as one line. */
export function header(message: { headers: Header[] }, key: string): string | undefined {
  for (const each of message.headers) if (each.key === key) return each.value;
  return undefined;
}

/** Every line of a header, top to bottom. */
export function headerLines(message: { headers: Header[] }, key: string): string[] {
  return message.headers.filter((each) => each.key === key).map((each) => each.value);
}

export interface Cseq {
  number: number;
  method: string;
}

export function cseqOf(message: { headers: Header[] }): Cseq | undefined {
  const match = /^(\d{1,10})[ \t]+([A-Za-z0-9\-.!%*_+`'~]+)$/.exec(header(message, "cseq") ?? "");
  const number = match ? Number(match[1]) : Number.NaN;
  return number < 2 ** 31 ? { number, method: match![2]! } : undefined;
}

export const fromTag = (message: Message) => tagOf(header(message, "from") ?? "");
export const toTag = (message: Message) => tagOf(header(message, "to") ?? "");

/** The URI of the first Contact; empty when there is none. */
export function contactUri(message: Message): string {
  const contact = header(message, "contact");
  return contact === undefined ? "" : (parseNameAddr(splitValues(contact)[0]!)?.uri ?? "");
}

/** `lines` are whole header lines without line ends; Content-Length is added and counts bytes. */
export function printMessage(startLine: string, lines: string[], body: string): string {
  return `${startLine}\r\n${lines.join("\r\n")}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
