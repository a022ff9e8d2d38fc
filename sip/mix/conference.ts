import { joinLegs } from "../party/bridge.ts";
import type { Board, LiveCall, Participant } from "../call.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { callerHeaders } from "../dialog/headers.ts";
import { relay } from "../party/relay.ts";
import { gather, mix, relays } from "./mixing.ts";

/*
 * A conference on a media server (RFC 4240 5): everybody is joined with a leg of his own to `sip:conf=CALL@…`; it ends with the caller, as
 * in our mix: who else leaves does not end it.
 */

/** Moves caller, party and guests there. False: they are, or are to be, in our mix, which also serves those who only listen. */
export async function convene(board: Board, call: LiveCall): Promise<boolean> {
  const { joined } = call;
  if (!joined || !mayConvene(board, call)) return false;
  for (const one of [call, joined, ...call.guests]) {
    if (!one.seat && !(await takeSeat(board, call, one))) return false;
  }
  return !call.ended && call.joined === joined;
}

function mayConvene({ directory, mediaServers }: Board, call: LiveCall): boolean {
  const relayed = [call, call.joined].some((one) => relays(directory, one?.trunk));
  if (relayed || call.recording || call.media || [...call.guests].some(({ speaks }) => !speaks)) return false;
  return mediaServers.hops(`conf=${call.id}`, "", call.from).length > 0;
}

function takeSeat(board: Board, call: LiveCall, one: Participant): Promise<boolean> {
  const { leg } = one;
  if (!leg || leg.ended) return Promise.resolve(false);
  return new Promise((resolve) => {
    const giveUp = dial(
      board,
      {
        hops: board.mediaServers.hops(`conf=${call.id}`, "", call.from),
        sdp: leg.remoteSdp,
        headers: callerHeaders(call.from, call),
      },
      {
        ringing: () => undefined,
        missed: board.mediaServers.missed,
        answered(theirs) {
          seat.leg = theirs;
          board.settle(call, sit());
        },
        failed(status) {
          board.log.warn({ call: call.id, sip: status }, "no conference on the media server; our own media mix");
          one.seat = undefined;
          resolve(false);
        },
        gone: () => one.seat === seat && board.settle(call, adjourn()),
        offered: (sdp) => relay(leg, sdp),
      },
    );
    const seat: NonNullable<Participant["seat"]> = {
      close() {
        giveUp(HUNG_UP);
        resolve(false);
      },
    };
    one.seat = seat;

    async function sit(): Promise<void> {
      const seated = seat.leg !== undefined && leg !== undefined && (await joinLegs(leg, seat.leg)) === "joined";
      if (seated) {
        one.media?.close();
        one.media = undefined;
      }
      resolve(seated && one.seat === seat);
    }
  });

  /** The server has hung up on him: all go on in our mix. */
  async function adjourn(): Promise<void> {
    one.seat = undefined;
    board.log.warn({ call: call.id }, "the conference on the media server is over; our own media mix");
    if (call.joined) await mix(board, call, call.joined);
    else await gather(board, call);
  }
}
