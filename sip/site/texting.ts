import type { Command, Event } from "../../runtime/index.ts";
import { fromHeader, userOf } from "../dialog/address.ts";
import type { Board } from "../call.ts";
import { toHeader } from "../dialog/hop.ts";
import type { Reply, SipRequest } from "../dialog/srf.ts";
import { ask } from "../trunks/requests.ts";
import { registering } from "./devices.ts";

/*
 * Texts to and from phones that register with us (RFC 3428). Each is a MESSAGE of its own: to whom it answers, and about which call, the
 * engine knows.
 */

/** Bytes; what is longer belongs into a session (RFC 3428, section 8). */
const MOST_BYTES = 8192;

/** Shows a text on every phone registered for the device that says it takes MESSAGE; where none does, nothing happens. */
export async function sendText(
  { directory, registrar, signalling, log }: Board,
  { call, party, from, text }: Extract<Command, { type: "text" }>,
): Promise<void> {
  const device = party.kind === "agent" ? directory.devices[party.device] : undefined;
  if (!device || device.trunk !== undefined) return;
  for (const { uri, proxy } of registrar.texted(device.user)) {
    const headers = { ...toHeader(uri), From: fromHeader(from), "Content-Type": "text/plain;charset=utf-8" };
    const { status } = await ask(signalling, { method: "MESSAGE", uri, proxy, headers, body: text });
    if (status >= 300) log.warn({ call, device: device.id, status }, "a phone did not take a text");
  }
}

/** Takes a text of the phone of this user; without one, nobody may write. → `text.received` */
export function receiveText(
  { directory, deliver }: { directory: Board["directory"]; deliver(event: Event): void },
  user: string | undefined,
  request: SipRequest,
  reply: Reply,
): void {
  const device = registering(user, directory);
  if (!device) return reply.send(403);
  const { body = "" } = request;
  if (!/^text\/plain\b/i.test(request.get("Content-Type") ?? "text/plain"))
    return reply.send(415, { headers: { Accept: "text/plain" } });
  if (Buffer.byteLength(body) > MOST_BYTES) return reply.send(413);
  reply.send(202);
  if (body.trim() !== "") deliver({ type: "text.received", device: device.id, to: userOf(request.uri), text: body });
}
