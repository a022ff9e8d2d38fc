import { callOf, change, type Core, disarm } from "../core.ts";
import type { CallId, OfferFailure } from "../events.ts";
import { acceptOffer } from "./connecting.ts";
import { endCall } from "./ending.ts";
import { callCustomer, releaseFirst, stopPlacing, triesAgain } from "../queue/callbacks.ts";
import { tryAgain } from "../queue/matching.ts";
import { makeOffer } from "../queue/offers.ts";
import { soundRingback } from "./ringing.ts";

/*
 * The turn of a callback has come: agent and caller are called one after the other, and joined.
 */

/** Somebody has picked up for a callback: the agent first, or, where the caller is there already, like for any call. */
export function agentAnswered(core: Core, id: CallId, offer: string): void {
  const { answered } = callOf(core, id);
  if (answered) acceptOffer(core, id, offer);
  else callCustomer(core, id, offer);
}

/** The caller is on the line: who was first is joined to him, or is rung now. */
export function customerAnswered(core: Core, id: CallId): void {
  const { callback, offers, queued } = callOf(core, id);
  const agent = callback?.reserved?.agent;
  change(core, "call", id, (call) => {
    disarm(core, call, "place");
    if (!call.callback) return;
    delete call.callback.placing;
    delete call.callback.reserved;
  });
  const waits = offers.find((each) => each.confirming);
  if (waits) return acceptOffer(core, id, waits.id);
  soundRingback(core, id);
  if (agent === undefined) return tryAgain(core, id);
  const device = core.tables.agent.get(agent)?.device ?? agent;
  const { name, ringMs, showing } = queued ?? {};
  makeOffer(core, id, { party: { kind: "agent", agent, device }, agent, ringMs, queue: name, showing });
}

export function customerFailed(core: Core, id: CallId, outcome: OfferFailure | "no_answer", sip?: number): void {
  if (!callOf(core, id).callback?.placing) return;
  stopPlacing(core, id, outcome === "no_answer");
  releaseFirst(core, id, outcome, sip);
  if (triesAgain(core, id, outcome, sip)) return tryAgain(core, id);
  endCallback(core, id, "unreachable");
}

/** The rest after an attempt in vain is over. */
export function rested(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    if (call.callback) delete call.callback.resting;
  });
  tryAgain(core, id);
}

/** It came to nothing. */
export function endCallback(core: Core, id: CallId, outcome: "expired" | "unreachable"): void {
  const { wait } = callOf(core, id);
  if (wait.for === "talk" || wait.for === "connect") return;
  change(core, "call", id, (call) => {
    if (call.callback) call.callback.outcome = outcome;
  });
  endCall(core, id, { by: "system", disposition: "failed" });
}
