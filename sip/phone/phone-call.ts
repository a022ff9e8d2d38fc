import { accept, type Invite, type Line } from "../dialog/accept.ts";
import type { Audio, AudioLeg } from "../audio.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import type { Answer } from "../dialog/hooks.ts";
import type { Leg } from "../dialog/leg.ts";
import { readReferral, tellProgress } from "../dialog/refer.ts";
import { type Headers, type Reply, sdpOf, type SipRequest } from "../dialog/srf.ts";

export type PhoneState = "calling" | "ringing" | "talking" | "ended";

/** One call as a phone sees it. */
export interface PhoneCall {
  readonly direction: "in" | "out";
  readonly state: PhoneState;
  /** The final status where the call was refused; 487 where it was cancelled. */
  readonly status?: number;
  /** What came in. */
  readonly invite?: SipRequest;
  readonly leg?: Leg;
  /** RTP packets of the whole call, once it has ended and its media are closed. */
  readonly heard?: { sent: number; received: number };
  /** Resolves when the call is in this state; rejects after `withinMs` (15,000), or when it has ended otherwise. */
  reached(state: PhoneState, withinMs?: number): Promise<void>;
  answer(): void;
  reject(status?: number): void;
  /** A key, by SIP INFO, or in the audio (RFC 4733). */
  press(digit: string, by?: "info" | "audio"): void;
  hangUp(): void;
}

/** A phone's line, media, and what it plays and records in each call. */
export interface PhoneLine extends Line {
  readonly audio: Audio;
  /** A WAV file, from its start as soon as the call is answered, over and over. */
  readonly play?: string;
  /** A WAV file for what is heard. */
  readonly record?: string;
  /** Whom a REFER names → the final status of calling him. */
  readonly refer?: (target: string) => number;
  /** Told each change of a call. */
  readonly told: (call: PhoneCall) => void;
}

export function placeCall(line: PhoneLine, uri: string, headers: Headers): PhoneCall {
  const { call, state, to, answered, reoffered, referred } = createCall(line, { direction: "out" });
  let giveUp: ((reason: string) => void) | undefined;
  state.hangUp = () => {
    giveUp?.(HUNG_UP);
    to("ended", 487);
  };
  void line.audio.open(undefined, state.hooks).then((media) => {
    if ("refused" in media) return to("ended", 488);
    if (call.state === "ended") return media.close();
    state.media = media;
    giveUp = dial(
      line,
      { hops: [{ uri, headers: {} }], sdp: media.sdp, headers },
      {
        ringing: () => to("ringing"),
        answered(leg) {
          media.answered(leg.remoteSdp);
          answered(leg);
        },
        failed: (status) => to("ended", status ?? 503),
        gone: () => to("ended"),
        offered: reoffered,
        referred,
      },
    );
  });
  return call;
}

export function takeCall(line: PhoneLine, invite: Invite): PhoneCall {
  const { call, state, to, answered, reoffered } = createCall(line, { direction: "in", invite: invite.request });
  invite.request.on("cancel", () => to("ended", 487));
  invite.reply.send(180);
  to("ringing");
  state.answer = async () => {
    const media = await line.audio.open(sdpOf(invite.request) || undefined, state.hooks);
    if ("refused" in media) return state.reject(488);
    if (call.state === "ended") return media.close();
    state.media = media;
    const hooks = { gone: () => to("ended"), offered: reoffered, acknowledged: () => delayed(call, media, invite) };
    accept(line, invite, { sdp: media.sdp, hooks }, (leg, status) => {
      if (call.state === "ended") return leg?.end();
      if (leg) answered(leg);
      else to("ended", status);
    });
  };
  state.reject = (status) => {
    if (!invite.reply.finalResponseSent) invite.reply.send(status);
    to("ended", status);
  };
  state.hangUp = () => state.reject(486);
  return call;
}

/** After an offerless INVITE the answer comes with the ACK. */
function delayed(call: PhoneCall, media: AudioLeg, { request }: Invite): void {
  if (!sdpOf(request) && call.leg) media.answered(call.leg.remoteSdp);
}

interface State {
  media?: AudioLeg;
  answer: () => Promise<void>;
  reject: (status: number) => void;
  hangUp: () => void;
  hooks: { closed(sent: number, received: number): void };
}

function createCall(line: PhoneLine, { direction, invite }: { direction: "in" | "out"; invite?: SipRequest }) {
  let at: PhoneState = direction === "out" ? "calling" : "ringing";
  let status: number | undefined;
  let leg: Leg | undefined;
  let heard: { sent: number; received: number } | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
    line.told(call);
  };
  const state: State = {
    answer: async () => undefined,
    reject: () => undefined,
    hangUp: () => undefined,
    hooks: {
      closed(sent, received) {
        heard = { sent, received };
        wake();
      },
    },
  };

  function to(next: PhoneState, code?: number): void {
    if (at === "ended") return;
    at = next;
    if (next === "ended") {
      status = code;
      state.media?.close();
    }
    wake();
  }

  function answered(up: Leg): void {
    leg = up;
    state.hangUp = () => {
      up.end();
      to("ended");
    };
    if (line.record) state.media?.record(line.record);
    if (line.play) state.media?.play(1, [line.play], true);
    to("talking");
  }

  async function reoffered(sdp: string): Promise<Answer> {
    const answer = await state.media?.offered(sdp);
    return answer && "sdp" in answer ? answer : { status: 488 };
  }

  function referred(request: SipRequest, reply: Reply): void {
    const referral = readReferral(request);
    if (!leg || !line.refer || !referral) return reply.send(603);
    reply.send(202);
    void tellProgress(leg, line.refer(referral.target));
  }

  const call: PhoneCall = {
    direction,
    invite,
    get state() {
      return at;
    },
    get status() {
      return status;
    },
    get leg() {
      return leg;
    },
    get heard() {
      return heard;
    },
    reached(wanted, withinMs = 15_000) {
      return new Promise((resolve, reject) => {
        const settle = (error?: Error): void => {
          waiting.delete(look);
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        };
        const look = (): void => {
          if (at === wanted && (at !== "ended" || !state.media || heard)) settle();
          else if (at === "ended" && wanted !== "ended")
            settle(new Error(`the call ended (${status ?? "hung up"}), not ${wanted}`));
        };
        const timer = setTimeout(
          () => settle(new Error(`the call is ${at}, not ${wanted}, after ${withinMs} ms`)),
          withinMs,
        );
        waiting.add(look);
        look();
      });
    },
    answer: () => void state.answer(),
    reject: (code = 603) => state.reject(code),
    press: (digit, by = "info") => (by === "info" ? leg?.press(digit) : state.media?.press(digit)),
    hangUp: () => state.hangUp(),
  };
  return { call, state, to, answered, reoffered, referred };
}
