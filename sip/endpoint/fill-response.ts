/** What the endpoint adds to an application's response, and the responses it makes itself. */
import { createHash } from "node:crypto";
import { contactLines, contentTypeLines, otherLines } from "./lines.ts";
import { header, headerLines, printMessage, type Request, type Response } from "./message.ts";
import { SUBSCRIBES } from "./subscription.ts";
import type { Flow } from "./transport.ts";
import { param, tagOf } from "./uri.ts";
import { topVia } from "./via.ts";

const BEGINS_DIALOG = new Set(["INVITE", ...SUBSCRIBES]);

interface ResponseFilling {
  /** Empty for 100. */
  toTag: string;
  flow: Flow;
  /** Ours is added when the application gave none. */
  needsContact: boolean;
  /** The number of a reliable provisional response. */
  rseq: number | undefined;
  /** Further lines of the endpoint's own. */
  more: string[];
}

/** Fills in a response of the application to `request`. */
export function fillResponse(message: Response, request: Request, filling: ResponseFilling): string {
  const { toTag, flow, needsContact, rseq, more } = filling;
  const lines = responseHead(request, toTag);
  if (BEGINS_DIALOG.has(request.method) && message.status > 100 && message.status < 300) {
    lines.push(...headerLines(request, "record-route").map((value) => `Record-Route: ${value}`));
  }
  lines.push(...contactLines(message, flow, needsContact, request.uri));
  if (rseq !== undefined) lines.push(`RSeq: ${rseq}`);
  lines.push(...more);
  lines.push(...otherLines(message.headers, flow), ...contentTypeLines(message));
  return printMessage(`SIP/2.0 ${message.status} ${message.reason}`.trimEnd(), lines, message.body);
}

/** A response the endpoint makes itself. */
export function ownResponse(request: Request, status: number, toTag: string, more: string[] = []): string {
  const lines = [...responseHead(request, toTag), ...more];
  if (status === 100) lines.push(...headerLines(request, "timestamp").map((value) => `Timestamp: ${value}`));
  return printMessage(`SIP/2.0 ${status} ${REASONS[status] ?? ""}`, lines, "");
}

/**
 * The tag of a response to a request that is not remembered: every copy of the request gets the same (RFC 3261 8.2.7), so
 * it is made of what they share.
 */
export function statelessTag(request: Request): string {
  const branch = param(topVia(request)?.params ?? "", "branch") ?? "";
  const parts = [branch, ...["call-id", "cseq", "from"].map((key) => header(request, key) ?? "")];
  return createHash("sha256").update(parts.join("|"), "latin1").digest("hex").slice(0, 16);
}

function responseHead(request: Request, toTag: string): string[] {
  const to = header(request, "to") ?? "";
  return [
    ...headerLines(request, "via").map((value) => `Via: ${value}`),
    `From: ${header(request, "from") ?? ""}`,
    `To: ${toTag === "" || tagOf(to) !== undefined ? to : `${to};tag=${toTag}`}`,
    `Call-ID: ${header(request, "call-id") ?? ""}`,
    `CSeq: ${header(request, "cseq") ?? ""}`,
  ];
}

/** The tag an application put into its response, if any. */
export function givenToTag(message: Response): string | undefined {
  return tagOf(header(message, "to") ?? "");
}

/** Reason phrases of the responses the endpoint makes itself. */
export const REASONS: Record<number, string> = {
  100: "Trying",
  200: "OK",
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  422: "Session Interval Too Small",
  416: "Unsupported URI Scheme",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  482: "Loop Detected",
  483: "Too Many Hops",
  487: "Request Terminated",
  491: "Request Pending",
  500: "Server Internal Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  504: "Server Time-out",
  505: "Version Not Supported",
  513: "Message Too Large",
};
