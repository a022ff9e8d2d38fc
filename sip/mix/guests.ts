import type { OfferFailure, Party as Invited } from "../../runtime/index.ts";
import { unmix } from "../party/bridge.ts";
import { openAt } from "../audio.ts";
import { type Board, free, type Guest, type LiveCall } from "../call.ts";
import { HUNG_UP, offerFailure } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { convene } from "./conference.ts";
import { guestHeaders } from "../dialog/headers.ts";
import { mix, seat } from "./mixing.ts";
import { hopsTo } from "../party/party.ts";
import { partyOffered } from "../party/relay.ts";
import { isSecured } from "../trunks/dialect.ts";

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
  const guest: Guest = { who, speaks, withdraw: () => call.guests.delete(guest) };
  call.guests.add(guest); // from here on nobody else calls him for it
  const through = hops.map(({ trunk }) => trunk);
  const media = await openAt(
    board,
    call.media?.place ?? board.audio,
    undefined,
    {},
    isSecured(board.directory, through),
  );
  if ("refused" in media) {
    call.guests.delete(guest);
    return "unreachable";
  }
  guest.media = media;
  if (call.ended || !call.guests.has(guest)) {
    free(guest);
    return "unreachable";
  }

  return new Promise((resolve) => {
    const unanswered = setTimeout(() => {
      resolve("no_answer"); // before it is that he was withdrawn
      guest.withdraw(HUNG_UP);
    }, RING_MS);
    const giveUp = dial(
      board,
      { hops, sdp: media.sdp, headers: guestHeaders(from, call) },
      {
        ringing: () => undefined,
        answered(leg) {
          clearTimeout(unanswered);
          guest.leg = leg;
          media.near(leg.from);
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
      board.settle(call, unmix(board, call));
    }
  });

  async function enter(): Promise<Attendance> {
    await call.announcement?.here();
    const { joined } = call;
    const elsewhere = await convene(board, call);
    if (joined && !elsewhere && !call.media && (await mix(board, call, joined))) {
      guest.withdraw(HUNG_UP); // and the two are direct again
      return "unreachable";
    }
    call.media?.join(call.id);
    if (call.media) await seat(board, call, guest);
    if (call.ended || !call.guests.has(guest)) {
      await unmix(board, call);
      return "unreachable";
    }
    tell(guest, guest.speaks ? "talks" : "listens");
    return "attending";
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
