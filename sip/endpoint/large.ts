/** Requests that are too large for a datagram (RFC 3261 18.1.1). */
import { isIP, isIPv6 } from "node:net";
import type { Context } from "./context.ts";
import { type Filled, freshBranch, viaOf } from "./fill-request.ts";
import type { Flow } from "./transport.ts";

/** A request as it goes out. */
export interface Sendable {
  filled: Filled;
  flow: Flow;
  /** The same by UDP: it goes by TCP for its size alone, which its peer need not take. */
  datagram: Sendable | undefined;
}

/** Bytes that surely pass in one datagram where nobody knows what the way lets through. */
const DATAGRAM_BYTES = 1300;
/** A round trip and more. Who is behind a NAT says nothing at all, and his phone should ring. */
const CONNECT_MS = 1_000;
/** Whoever took no connection is spared the next ones. */
export const DATAGRAMS_ONLY_MS = 10 * 60_000;

/**
 * By TCP where it is large and should have gone by UDP. Nothing but the Via tells: Contact stays what it is, so that the peer comes back
 * as it would have come.
 */
export function bySize(context: Context, filled: Filled, flow: Flow): Sendable {
  const datagram: Sendable = { filled, flow, datagram: undefined };
  if (filled.text.length <= DATAGRAM_BYTES) return datagram;
  const stream = streamBeside(context, flow);
  if (!stream) return datagram;
  const branch = freshBranch(context.freshName());
  const via = viaOf(stream, branch);
  const text = filled.text.replace(`\r\nVia: ${filled.via}\r\n`, () => `\r\nVia: ${via}\r\n`);
  return { filled: { ...filled, branch, via, text }, flow: stream, datagram };
}

/** What is left when that did not arrive; undefined when size was not the reason, so that there is nothing else. */
export function asDatagram({ datagrams }: Context, { datagram }: Sendable): Sendable | undefined {
  if (datagram) datagrams.add(datagram.flow.remote);
  return datagram;
}

/** What must be known of it once it is answered. */
export function withoutText({ filled: { ...filled }, flow, datagram }: Sendable): Sendable {
  filled.text = "";
  return { filled, flow, datagram: datagram && { ...datagram, filled } };
}

function streamBeside({ datagrams, transports }: Context, { protocol, remote, local }: Flow): Flow | undefined {
  // A name inside a dialog is still being looked up, for UDP.
  if (protocol !== "udp" || isIP(remote.host) === 0 || datagrams.has(remote)) return undefined;
  const usable = transports.filter(
    (each) => each.protocol === "tcp" && isIPv6(each.local.host) === isIPv6(remote.host),
  );
  const listener = usable.find((each) => each.local.host === local.host) ?? usable[0];
  return listener?.flowTo(remote, undefined, CONNECT_MS);
}
