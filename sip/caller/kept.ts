import { setTimeout as pause } from "node:timers/promises";
import type { AwayCall, CallCommand, CallId } from "../../runtime/index.ts";
import type { Board, LiveCall } from "../call.ts";
import { dialogIdOf } from "../dialog/headers.ts";
import type { SipRequest } from "../dialog/srf.ts";
import { KEPT } from "../endpoint/held.ts";
import { answerWithMedia } from "./caller.ts";

/*
 * Callers whom the endpoint kept while the run that served them died. It presents them to us as if they called now, in the order in which they
 * came, and they are found by their dialogs, which stand in the journal that run has left. Of two who talk it tells us when that is over. An endpoint
 * that keeps none has their legs still.
 */

export interface KeptCallers {
  /** The call that this INVITE is of, once. */
  take(request: SipRequest): AwayCall | undefined;
  /** He is to be on the line with media, where he was answered. → `call.returned`, in the order in which this is called */
  receive(call: LiveCall, answered: boolean): Promise<void>;
  /** A NOTIFY: two talk on, or do no more (→ `call.gone`). False: it is not the endpoint's. */
  hear(notify: SipRequest): boolean;
  /** Two who talk on can be parted for good; all else that is wanted of them cannot be done. */
  perform(command: CallCommand): void;
  /** The endpoint has been there before us and keeps no calls: whatever legs they have are to go. */
  release(): void;
  /** Whoever has not come is gone. → `call.gone` */
  close(): void;
}

/** So long those wait who came after one who does not answer. */
const SLOW_MS = 2_000;

export function keepCallers(board: Board, away: readonly AwayCall[]): KeptCallers {
  const missing = new Map<CallId, AwayCall>(away.map((call) => [call.id, call]));
  const byDialog = new Map(away.flatMap((call) => (call.dialog === undefined ? [] : [[call.dialog, call.id]])));
  /** Those of two whom nobody serves. */
  const talking = new Map<CallId, AwayCall>();
  let last: Promise<unknown> = Promise.resolve();

  const isKept = ({ stackTxnId }: SipRequest): boolean => stackTxnId?.startsWith(KEPT) ?? false;
  const callIn = (request: SipRequest): CallId => byDialog.get(dialogIdOf(request) ?? "") ?? "";

  function find(id: CallId): AwayCall | undefined {
    const call = missing.get(id);
    missing.delete(id);
    return call;
  }

  return {
    take: (request) => (isKept(request) ? find(callIn(request)) : undefined),
    hear(notify) {
      if (!isKept(notify)) return false;
      const id = callIn(notify);
      const call = find(id);
      if (notify.get("Subscription-State") === "active") {
        if (call) talking.set(id, call);
      } else if (talking.delete(id)) board.deliver({ type: "call.gone", call: id, reason: "hung up" });
      return true;
    },
    perform({ type, call: id }) {
      const call = talking.get(id);
      if (type !== "hangup" || !call) return;
      talking.delete(id);
      for (const stackDialogId of legsOf(call)) hangUp(board, stackDialogId);
    },
    async receive(call, answered) {
      const ready = answered ? answerWithMedia(board, call) : Promise.resolve(true);
      const before = last;
      // Who fails is told of below, and holds up nobody.
      last = Promise.all([before, Promise.race([ready, pause(SLOW_MS)])]).catch(() => undefined);
      await before;
      if (await ready) board.deliver({ type: "call.returned", call: call.id });
    },
    release() {
      const legs = [...missing.values()].flatMap(legsOf);
      if (legs.length === 0) return;
      board.log.warn({ calls: missing.size, legs: legs.length }, "a run has died: the legs that it left are released");
      for (const stackDialogId of legs) hangUp(board, stackDialogId);
    },
    close() {
      for (const id of missing.keys()) board.deliver({ type: "call.gone", call: id, reason: "not found again" });
      missing.clear();
    },
  };
}

/** The caller's own too where the journal does not say that he was answered: it may end a moment before that. */
function legsOf({ dialog, legs = [] }: AwayCall): string[] {
  return [...(dialog === undefined ? [] : [dialog]), ...legs];
}

/**
 * A native drachtio-server leaves dialogs up whose application has died, and answers 481 to what comes in them: who hangs up is gone for nobody
 * but himself. Any application may say BYE in them by their names; what it answers for one that is no more is of no use.
 */
function hangUp({ signalling }: Board, stackDialogId: string): void {
  const headers = { Reason: 'SIP;cause=503;text="nobody serves this call any more"' };
  signalling.request("sip:placeholder", { method: "BYE", headers, stackDialogId }, () => {});
}
