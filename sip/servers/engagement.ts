import type { Event } from "../../runtime/index.ts";
import { join } from "../party/bridge.ts";
import { type Announcement, type Board, callerSdp, type LiveCall, part, quit } from "../call.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { callerHeaders } from "../dialog/headers.ts";
import { isMixed } from "../mix/mixing.ts";
import { partyOffered } from "../party/relay.ts";

/*
 * A media server serves a caller (RFC 4240): an INVITE whose URI says what it is to do, joined at once, until it hangs up or something else
 * is to be heard.
 */

/** What is asked of it. */
export interface Order {
  service: "annc" | "dialog";
  /** Parameters of the URI: the first of which the server has what they name. */
  asked: string[];
  /** For the log. */
  about: object;
  joined?(): void;
  /** What comes of something that it says, in a MESSAGE or with its BYE. */
  said?(text: string): Event | undefined;
  /** It should be over by then, counted from when the two are joined; ms. Absent: it may last. */
  limitMs?: number;
  /** What is told where it is not. Absent: it has failed. */
  late?: Event;
  /** It has hung up. Absent: not before it is told to, or before it has said something. */
  done?: Event;
  /** It has none of what was asked for. */
  missing?: Event;
  /** In our media instead, where the server fails. */
  ours(): Promise<void>;
  /** Nothing more comes of it. */
  over?(): void;
}

/** Whether a media server may serve this caller: none before the answer, nor where our media have to hear him. */
export function mayServe(board: Board, call: LiveCall): boolean {
  return call.leg !== undefined && !isMixed(board, call, []);
}

/** `order` is told how to end it and what is to be told then; nothing is where it is over already. */
export async function engage(
  board: Board,
  call: LiveCall,
  order: (end: (event?: Event) => void) => Order,
): Promise<void> {
  const sound = { kind: "silence" } as const;
  call.sound = sound;
  await quit(call);
  if (call.ended || call.sound !== sound) return;
  call.media?.silence();
  const { service, asked, about, joined, limitMs, late, said, done, missing, ours, over } = order(end);
  let timer: NodeJS.Timeout | undefined;
  const announcement: Announcement = { who: service, over: false, withdraw: () => undefined, here };
  call.announcement = announcement;
  ask(0);

  function ask(at: number): void {
    const params = asked[at] ?? "";
    const giveUp = dial(
      board,
      {
        hops: board.mediaServers.hops(service, params, call.from),
        sdp: callerSdp(call),
        headers: callerHeaders(call.from, call),
      },
      {
        ringing: () => undefined,
        answered(leg, trunk) {
          announcement.leg = leg;
          announcement.trunk = trunk;
          announcement.joined = hearIt();
          board.settle(call, announcement.joined);
        },
        missed: board.mediaServers.missed,
        failed: (status) => (status === 404 ? unknown(at) : failed(status)),
        said: (text) => hear(text),
        gone: (_reason, text) => !hear(text) && !announcement.joining && gone(),
        offered: (other) => partyOffered(board, call, announcement, other),
      },
    );
    announcement.withdraw = (reason) => {
      if (announcement.over) return;
      announcement.over = true;
      clearTimeout(timer);
      over?.();
      giveUp(reason);
    };
  }

  async function hearIt(): Promise<void> {
    const joining = await join(board, call, announcement);
    if (announcement.over) return;
    if (joining !== "joined") return announcement.leg?.ended ? gone() : failed(joining.status);
    joined?.();
    if (limitMs !== undefined) timer = setTimeout(overdue, limitMs);
  }

  /** A server that never hangs up would hold the caller for ever. */
  function overdue(): void {
    if (!late) return failed();
    board.log.warn({ call: call.id, ...about }, "the media server does not end");
    end(late);
  }

  async function here(): Promise<void> {
    if (announcement.over) return;
    const heard = call.sound;
    await quit(call);
    if (!call.ended && call.sound === heard) await ours();
  }

  /** Whether that was what it was asked for. */
  function hear(text: string): boolean {
    const event = announcement.over || text === "" ? undefined : said?.(text);
    if (event) end(event);
    return event !== undefined;
  }

  /** The server has hung up. */
  function gone(): void {
    if (done) end(done);
    else failed();
  }

  function unknown(at: number): void {
    if (at + 1 < asked.length) return ask(at + 1);
    if (service === "dialog") return failed(404);
    board.log.warn({ call: call.id, ...about }, "the media server has no such prompt");
    end(missing);
  }

  function failed(sip?: number): void {
    if (announcement.over) return;
    board.log.warn({ call: call.id, ...about, sip }, "the media server failed; our own media play");
    leave();
    board.settle(call, ours());
  }

  function end(event?: Event): void {
    if (announcement.over) return;
    leave();
    if (event) board.deliver(event);
  }

  function leave(): void {
    announcement.withdraw(HUNG_UP);
    if (call.announcement === announcement) call.announcement = undefined;
    if (call.joined === announcement) part(call);
  }
}
