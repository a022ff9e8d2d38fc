import type { BotTransfer, CallId, Event } from "../events.ts";
import type { CallPort } from "../ports.ts";
import type { BotOutcome } from "./acts.ts";
import { depositEnds, recorded } from "./depositing.ts";
import { atPhone, fail, partyGoes, pickUp, withdraw } from "./phones.ts";
import { botEnds, serve } from "./serving.ts";
import { close, nothing, type StageOptions, type Visit, visitOf } from "./visit.ts";

/** A stage of scripted callers and phones: what fills the call port when there is no telephony. */
export interface Stage {
  calls: CallPort;
  arrive: (call: Omit<Extract<Event, { type: "call.arrived" }>, "type">) => void;
  /** The caller hangs up; in a mailbox that ends the recording first. */
  hangUp: (call: CallId) => void;
  press: (call: CallId, digit: string) => void;
  /** The caller hangs up unless somebody talks to him. */
  loseHeart: (call: CallId) => void;
  /** The agent picks up the phone that rings, or declines. */
  pickUp: (agent: string) => void;
  decline: (agent: string) => void;
  /** The agent hangs up on whomever he is connected with. */
  release: (agent: string) => void;
  /** The bot that talks with the caller is done with him. */
  endBot: (call: CallId, outcome: BotOutcome, transfer?: BotTransfer) => void;
  /** Legs that still stand: callers who have not gone, phones that ring or talk. */
  legs: () => number;
}

export function createStage(options: StageOptions): Stage {
  const visits = new Map<CallId, Visit>();
  return {
    calls: {
      perform(command) {
        if (command.type === "open") {
          visits.set(command.call, visitOf(options, command.call, "nobody yet"));
          return;
        }
        const visit = visits.get(command.call);
        if (!visit) return;
        switch (command.type) {
          case "withdraw":
            return withdraw(visit, command.offer);
          case "hangup":
          case "reject":
          case "redirect":
            visits.delete(command.call);
            return close(visit);
          case "adopt": {
            const its = visits.get(command.from)?.offers;
            const party = its?.get(command.its);
            party?.cancel();
            its?.delete(command.its);
            if (party) visit.offers.set(command.offer, { ...party, state: "answered", cancel: nothing });
            return;
          }
          default:
            if (!visit.gone) serve(visit, command);
        }
      },
    },
    arrive(call) {
      visits.set(call.call, visitOf(options, call.call, "there"));
      const phone = call.phone ?? options.cast.deviceOf(call.from);
      options.deliver({ type: "call.arrived", ...call, ...(phone !== undefined && { phone }) });
    },
    hangUp(call) {
      const visit = visits.get(call);
      if (visit && !visit.gone) callerGoes(visit);
    },
    press(call, digit) {
      if (visits.get(call)?.gone === false) options.deliver({ type: "digit.pressed", call, digit });
    },
    loseHeart(call) {
      const visit = visits.get(call);
      const isTalking = [...(visit?.offers.values() ?? [])].some(({ state }) => state === "connected");
      if (visit && !visit.gone && !isTalking) callerGoes(visit);
    },
    pickUp: (agent) => atPhone(visits, agent, "ringing", pickUp),
    decline: (agent) => atPhone(visits, agent, "ringing", (visit, offer) => fail(visit, offer, "rejected")),
    release: (agent) => atPhone(visits, agent, "connected", partyGoes),
    endBot(call, outcome, transfer) {
      const visit = visits.get(call);
      if (visit) botEnds(visit, outcome, transfer);
    },
    legs: () =>
      [...visits.values()].reduce(
        (sum, { gone, caller, offers }) => sum + (gone || caller !== "there" ? 0 : 1) + offers.size,
        0,
      ),
  };
}

function callerGoes(visit: Visit): void {
  const { clock, call, deliver } = visit;
  visit.gone = true;
  visit.stopSound();
  const { deposit: left } = visit;
  const recordedMs = left?.startedAt === undefined ? 0 : clock.now() - left.startedAt;
  if (recorded(recordedMs) === "left_message") depositEnds(visit, "left_message");
  else left?.cancel();
  deliver({ type: "call.gone", call });
}
