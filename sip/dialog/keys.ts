import type { SipMessage } from "./srf.ts";

/** The key in an INFO with `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`). */
export function relayedKey(info: SipMessage): string | undefined {
  const type = info.get("Content-Type") ?? "";
  const body = (info.body ?? "").slice(0, 256);
  if (/^application\/dtmf-relay\b/i.test(type)) return /^\s*Signal\s*=\s*([0-9A-D*#])\s*$/im.exec(body)?.[1];
  return /^application\/dtmf\b/i.test(type) ? /^\s*([0-9A-D*#])\s*$/.exec(body)?.[1] : undefined;
}
