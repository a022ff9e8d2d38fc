/** Makes a request ready to send: identity, route, way, and everything `fill-request.ts` adds. */
import type { Context } from "./context.ts";
import { type Dialog, routed } from "./dialog.ts";
import { type Filled, fillRequest, freshBranch, fromValue, toValue, WITH_CONTACT } from "./fill-request.ts";
import { bySize, type Sendable } from "./large.ts";
import { lacksContentType } from "./lines.ts";
import { cseqOf, header, headerLines, type Request } from "./message.ts";
import { sessionHeaders } from "./session.ts";
import { type Refused, wayTo } from "./target.ts";
import type { Flow } from "./transport.ts";
import { parseNameAddr, parseUri, splitValues } from "./uri.ts";

/** Why a request outside any dialog cannot be sent, wherever it goes. */
export function faultOfNew(message: Request, route: string): Refused | undefined {
  const uri = parseUri(message.uri);
  if (!uri || (uri.scheme === "tel" && route === "")) {
    return { refused: `invalid request-uri: ${message.method} ${message.uri} ${message.version}` };
  }
  if (lacksContentType(message)) return { refused: "missing content-type" };
  const broken = brokenAddress(message);
  return broken ? { refused: `invalid ${broken} header` } : undefined;
}

/** A request outside any dialog, on its way; `before`: the same, as it was said on another (RFC 3263 4.3). */
export function composeNew(context: Context, message: Request, flow: Flow, before?: Filled): Sendable {
  const { freshName } = context;
  const identity = {
    uri: message.uri,
    routes: [],
    from: fromValue(message, flow, () => before?.fromTag ?? freshName()),
    to: toValue(message, flow),
    callId: before?.callId ?? header(message, "call-id") ?? freshName() + freshName(),
    // Grows with the clock, so that a REGISTER sent again later under one Call-ID is newer (RFC 3261 8.1.1.5).
    cseq: before?.cseq ?? cseqOf(message)?.number ?? Math.floor(context.clock.now() / 1_000) % 2 ** 31,
  };
  return bySize(context, fillRequest(message, identity, flow, freshBranch(freshName())), flow);
}

/**
 * A request inside a dialog. It takes the dialog's next CSeq, or the one its message carries when that is higher;
 * `ackOf` is the CSeq of the INVITE an ACK belongs to.
 */
export function composeInside(
  context: Context,
  dialog: Dialog,
  message: Request,
  { route = "", ackOf }: { route?: string; ackOf?: number } = {},
): Sendable | Refused {
  if (lacksContentType(message)) return { refused: "Server error: missing content-type" };
  const broken = brokenAddress(message);
  if (broken) return { refused: `Server error: invalid ${broken} header` };
  const { uri, routes, nextHop } = routed(dialog);
  const flow = flowOf(context, dialog, route || nextHop);
  if (!flow) {
    return {
      refused: `Server error: unable to find route when sending request inside dialog for dialog id ${dialog.id}`,
    };
  }
  if (ackOf === undefined) dialog.localCseq = Math.max(dialog.localCseq + 1, cseqOf(message)?.number ?? 0);
  const { local: from, remote: to, callId } = dialog;
  const identity = { uri, routes, from, to, callId, cseq: ackOf ?? dialog.localCseq };
  const headers = [...message.headers, ...sessionHeaders(message, dialog.session)];
  // Another would be another target (RFC 3261 12.2.1.1).
  if (WITH_CONTACT.has(message.method) && dialog.contact !== "" && header(message, "contact") === undefined) {
    headers.push({ key: "contact", name: "Contact", value: dialog.contact });
  }
  const filled = fillRequest({ ...message, headers }, identity, flow, freshBranch(context.freshName()));
  // Nobody answers an ACK, so that it would be lost unseen; and who is reached where he was seen takes no connection.
  if (ackOf !== undefined || flow === dialog.flow) return { filled, flow, datagram: undefined };
  return bySize(context, filled, flow);
}

/** A peer that came over a connection is reached over that, one behind a NAT where it was seen, others by their address. */
function flowOf(context: Context, dialog: Dialog, nextHop: string): Flow | undefined {
  if (nextHop === "") return undefined;
  if (dialog.routes.length === 0) {
    if (dialog.flow.reliable && dialog.flow.open()) return dialog.flow;
    if (dialog.behindNat) return dialog.flow;
  }
  const flow = wayTo(nextHop, context);
  return "refused" in flow ? undefined : flow;
}

/** The peer's stack, or one on the way, could stumble over such a header and lose those after it. */
function brokenAddress(message: Request): string | undefined {
  return ["from", "to", "contact", "refer-to"].find((key) =>
    headerLines(message, key).some((value) => value !== "*" && !splitValues(value).every(parseNameAddr)),
  );
}

/** A request of our own making. */
export function bareRequest(method: string, headers: Record<string, string> = {}): Request {
  return {
    kind: "request",
    method,
    uri: "",
    version: "SIP/2.0",
    text: "",
    headers: Object.entries(headers).map(([name, value]) => ({ key: name.toLowerCase(), name, value })),
    body: "",
  };
}
