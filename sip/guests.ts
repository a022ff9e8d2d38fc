import type { OfferFailure, Party as Invited } from "../runtime/index.ts";
import { join } from "./bridge.ts";
import { type Board, free, type Guest, type LiveCall } from "./call.ts";
import { HUNG_UP, offerFailure } from "./causes.ts";
import { dial } from "./dial.ts";
import { convene } from "./conference.ts";
import { callerHeaders } from "./headers.ts";
import { isMixed, mix } from "./mixing.ts";
import { hopsTo } from "./party.ts";
import { partyOffered } from "./relay.ts";

/** Somebody who is to listen to a conversation, or to talk in it. */
export interface Invitation {
  party: Invited;
  /** Whose call his phone shows. */
  from: string;
  speaks: boolean;
}

/** What an invitation came to. `no_answer`: his phone rang for half a minute. */
export type Attendance = "attending" | "no_answer" | OfferFailure;

const RING_MS = 30_000;

/**
 * Rings somebody and puts him into the conversation: caller and party are moved into our mix for it, and back when nobody attends any more.
 * Of who attends already it changes whether he speaks. → `guest.changed`
 */
export async function attend(board: Board, call: LiveCall, invitation: Invitation): Promise<Attendance> {
  const { party, from, speaks } = invitation;
  const who = party.kind === "agent" ? party.agent : party.number;
  const known = [...call.guests].find((each) => each.who === who);
  if (known?.leg) {
    known.speaks = speaks;
    known.media?.join(call.id, !speaks);
    if (known.seat && !speaks && call.joined) await mix(board, call, call.joined);
    tell(known, speaks ? "talks" : "listens");
    return "attending";
  }
  const hops = known ? { status: 486 } : hopsTo(board, party, from);
  if ("status" in hops) return offerFailure(hops.status);
  const media = await board.audio.open(undefined, {});
  if ("refused" in media) return "unreachable";
  if (call.ended) {
    media.close();
    return "unreachable";
  }
  const guest: Guest = { who, speaks, media, withdraw: () => undefined };
  call.guests.add(guest);

  return new Promise((resolve) => {
    const unanswered = setTimeout(() => {
      guest.withdraw(HUNG_UP);
      resolve("no_answer");
    }, RING_MS);
    const giveUp = dial(
      board,
      { hops, sdp: media.sdp, headers: callerHeaders(from, call) },
      {
        ringing: () => undefined,
        answered(leg) {
          clearTimeout(unanswered);
          guest.leg = leg;
          media.answered(leg.remoteSdp);
          board.settle(call, enter().then(resolve));
        },
        failed(status) {
          leave();
          resolve(offerFailure(status));
        },
        gone: leave,
        offered: (sdp) => partyOffered(board, call, guest, sdp),
      },
    );
    guest.withdraw = (reason) => {
      giveUp(reason);
      leave();
      resolve("unreachable");
    };

    function leave(): void {
      clearTimeout(unanswered);
      free(guest);
      if (!call.guests.delete(guest) || call.ended) return;
      if (guest.leg) tell(guest, "left");
      if (call.joined && (call.media || call.seat) && !isMixed(board, call, [call.joined.trunk]))
        board.settle(call, backToDirect());
    }
  });

  async function enter(): Promise<Attendance> {
    await call.announcement?.here();
    const { joined } = call;
    const elsewhere = await convene(board, call);
    if (joined && !elsewhere && !call.media && (await mix(board, call, joined))) {
      guest.withdraw(HUNG_UP);
      if (!call.ended) await join(board, call, joined); // directly, as before
      return "unreachable";
    }
    call.media?.join(call.id);
    guest.media?.join(call.id, !guest.speaks);
    if (call.ended || !call.guests.has(guest)) return "unreachable";
    tell(guest, guest.speaks ? "talks" : "listens");
    return "attending";
  }

  async function backToDirect(): Promise<void> {
    if (call.joined) await join(board, call, call.joined);
  }

  function tell({ who: name }: Guest, state: "listens" | "talks" | "left"): void {
    board.deliver({ type: "guest.changed", call: call.id, who: name, state });
  }
}

/** Whoever attends under this name does so no more. False: nobody does. */
export function dismissGuest(call: LiveCall, who: string): boolean {
  const guest = [...call.guests].find((each) => each.who === who);
  guest?.withdraw(HUNG_UP);
  return guest !== undefined;
}
