import { ALLOW } from "./headers.ts";
import { relayedKey } from "./keys.ts";
import type { Standing } from "./standing.ts";

/** Answers what the party asks inside a dialog beside media and its end. */
export function answerInside(standing: Standing): void {
  const { dialog } = standing;
  dialog.on("info", (request, reply) => {
    reply.send(200);
    const digit = relayedKey(request);
    if (digit) standing.hooks.key?.(digit);
  });
  dialog.on("options", (_request, reply) => reply.send(200, { headers: { Allow: ALLOW } }));
  dialog.on("message", (request, reply) => {
    const { hooks } = standing;
    if (!hooks.said) return reply.send(405, { headers: { Allow: ALLOW } });
    reply.send(200);
    hooks.said(request.body ?? "");
  });
  dialog.on("refer", (request, reply) => {
    const { hooks } = standing;
    if (hooks.referred) hooks.referred(request, reply);
    else reply.send(603);
  });
  dialog.on("notify", (request, reply) => {
    const { hooks } = standing;
    const known = /^refer\b/i.test(request.get("Event") ?? "");
    reply.send(known && hooks.notified ? 200 : 481); // RFC 6665 4.1.3
    if (known) hooks.notified?.(request);
  });
}
