/** What is wrong with a request or response that could be read: checked once, before anything else looks at it. */
import { contentLength, cseqOf, header, headerLines, MESSAGE_LIMITS, type Message, type Request } from "./message.ts";
import { parseNameAddr, parseUri, splitValues } from "./uri.ts";
import { topVia } from "./via.ts";

/** A status to answer with, or 0 when no answer can be addressed; `why` is for the log. */
export interface Fault {
  status: number;
  why: string;
}

const ONCE = ["from", "to", "call-id", "cseq", "max-forwards", "content-length"];

/** Undefined when the message may be processed. */
export function faultOf(message: Message, stream: boolean): Fault | undefined {
  if (!topVia(message)) return { status: 0, why: "no usable Via" };
  const bad = (why: string): Fault => ({ status: message.kind === "request" ? 400 : 0, why });
  if (message.version.toUpperCase() !== "SIP/2.0")
    return { status: message.kind === "request" ? 505 : 0, why: "version" };
  for (const key of ONCE) {
    const count = headerLines(message, key).length;
    if (count > 1) return bad(`${key} occurs ${count} times`);
  }
  for (const key of ["from", "to"]) {
    const value = header(message, key);
    if (value === undefined || !parseNameAddr(value)) return bad(`${key} is absent or broken`);
  }
  if (!header(message, "call-id")) return bad("Call-ID is absent");
  const cseq = cseqOf(message);
  if (!cseq) return bad("CSeq is absent or broken");
  if (sizeOf(message) > MESSAGE_LIMITS.message) {
    return { status: message.kind === "request" ? 513 : 0, why: `more than ${MESSAGE_LIMITS.message} bytes` };
  }
  const lengthFault = contentLengthFault(message, stream);
  if (lengthFault) return bad(lengthFault);
  if (message.kind === "response")
    return message.status < 100 || message.status > 699 ? bad("status out of range") : undefined;
  if (cseq.method !== message.method) return bad("CSeq names another method");
  return requestFault(message);
}

/** What it measures, or would if all of its body had been waited for. */
function sizeOf({ text, headers, body }: Message): number {
  return text.length + Math.max(0, (contentLength(headers) ?? 0) - body.length);
}

function contentLengthFault(message: Message, stream: boolean): string | undefined {
  const written = header(message, "content-length");
  if (written === undefined) return stream ? "Content-Length is absent" : undefined;
  const length = contentLength(message.headers);
  if (length === undefined) return "Content-Length is no number";
  return message.body.length < length ? "the body is shorter than Content-Length" : undefined;
}

function requestFault(request: Request): Fault | undefined {
  const maxForwards = header(request, "max-forwards");
  if (maxForwards !== undefined && !/^\d{1,10}$/.test(maxForwards))
    return { status: 400, why: "Max-Forwards is no number" };
  if (Number(maxForwards ?? 0) > 255) return { status: 400, why: "Max-Forwards is beyond 255" };
  // Headers have no place in a request URI (19.1.1).
  if (request.uri.includes("?", request.uri.lastIndexOf("@") + 1) || !parseUri(request.uri)) {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(request.uri)?.[1]?.toLowerCase();
    const known = scheme === undefined || scheme === "sip" || scheme === "sips" || scheme === "tel";
    return { status: known ? 400 : 416, why: "request URI" };
  }
  // Each: what comes of the first alone is a dialog that applications cannot have.
  const contacts = headerLines(request, "contact").flatMap(splitValues);
  const isSound = contacts.every((each) => each === "*" || parseNameAddr(each));
  return isSound ? undefined : { status: 400, why: "Contact is broken" };
}
