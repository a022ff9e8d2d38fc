import { randomInt } from "node:crypto";
import { signalsFrom } from "./address.ts";
import { holdsAfter, isHold, unheld } from "./hold.ts";
import type { Answer } from "./hooks.ts";
import { type Origin, withoutOrigin } from "./origin.ts";
import { type Headers, type Reply, type SipMessage, type SipRequest, sdpOf, statusOf } from "./srf.ts";
import { loseBy, type Standing, untilEnded } from "./standing.ts";
import { proofFor } from "../trunks/requests.ts";

/*
 * Offers and answers of media in one dialog (RFC 3264), one transaction at a time: the other side's is refused with 491 meanwhile, ours waits
 * (RFC 3261 14).
 */

/** What the two have described last, and what is under way. Written here alone. */
export interface Negotiation {
  readonly standing: Standing;
  readonly origin: Origin;
  /** The INVITE was ours. */
  readonly placed: boolean;
  remoteSdp: string;
  /** Addresses from which the party signals. */
  from: string[];
  localSdp: string;
  /** He does not want to hear, by his own word. */
  holds: boolean;
  /** Our re-INVITE is under way. */
  ours: boolean;
  /** Until the ACK of an INVITE of theirs. */
  theirs: "none" | "asked" | "answered";
  /** That they asked by. */
  latest?: SipRequest;
  /** The first INVITE is. */
  acknowledged: boolean;
}

/** Of a dialog whose INVITE has just been answered with 200. */
export function createNegotiation(standing: Standing, origin: Origin, placed: boolean): Negotiation {
  const { dialog } = standing;
  dialog.remote.sdp ??= ""; // srf compares it with that of each re-INVITE
  const began = placed ? dialog.res : dialog.req;
  const remoteSdp = origin.hear(sdpOf(began));
  return {
    standing,
    origin,
    placed,
    remoteSdp,
    from: signalsFrom(began),
    localSdp: origin.last,
    holds: placed ? holdsAfter(origin.last, remoteSdp, false) : isHold(remoteSdp),
    ours: false,
    theirs: placed ? "none" : "answered",
    acknowledged: placed,
  };
}

/** What he has described, as it may be offered to others. */
export const describedBy = ({ holds, remoteSdp }: Negotiation): string => (holds ? remoteSdp : unheld(remoteSdp));

export const isBusy = ({ ours, theirs }: Negotiation): boolean => ours || theirs !== "none";

export function acknowledge(its: Negotiation, ack: SipMessage): void {
  const { standing, origin } = its;
  const told = origin.hear(sdpOf(ack));
  const news = told !== "" && withoutOrigin(told) !== withoutOrigin(its.remoteSdp);
  if (its.theirs === "answered") its.theirs = "none";
  if (told) {
    its.remoteSdp = told;
    its.holds = holdsAfter(its.localSdp, told, its.holds);
  }
  if (!its.acknowledged) standing.hooks.acknowledged?.();
  else if (news) void settle(standing, told); // the answer to what we said to an offerless re-INVITE
  its.acknowledged = true;
  standing.bell.ring();
}

/** A re-INVITE or UPDATE: without SDP, or with what we know already, it is told again what holds; else the other side is asked. */
export async function renegotiated(its: Negotiation, request: SipRequest, reply: Reply): Promise<void> {
  const { standing, origin } = its;
  const sdp = origin.hear(sdpOf(request));
  its.from = signalsFrom(request);
  standing.hooks.renewed?.(request);
  if (its.ours) return reply.send(491);
  if (!origin.takes(sdpOf(request))) return reply.send(488);
  if (its.theirs === "asked") return reply.send(500, { headers: { "Retry-After": "1" } }); // RFC 3261 14.2
  // Where the ACK is still awaited, the new INVITE proves it: srf tells an ACK a turn later than what came after it.
  its.theirs = "asked";
  its.latest = request;
  const news = sdp !== "" && withoutOrigin(sdp) !== withoutOrigin(its.remoteSdp);
  const answer: Answer = news ? await standing.hooks.offered(sdp) : { sdp: its.localSdp };
  if (standing.ended && "sdp" in answer) answer.settled?.(false);
  if (standing.ended) return reply.send(481);
  its.theirs = "none";
  if ("status" in answer) reply.send(answer.status);
  else accept(its, { request, reply, sdp }, news ? answer : undefined);
  standing.bell.ring();
}

/** `news`: our answer to what was not known before. */
function accept(
  its: Negotiation,
  { request, reply, sdp }: { request: SipRequest; reply: Reply; sdp: string },
  news: Exclude<Answer, { status: number }> | undefined,
): void {
  const { standing, origin, remoteSdp, localSdp, holds } = its;
  const invite = request.method === "INVITE";
  if (news) {
    its.remoteSdp = sdp;
    its.localSdp = origin.say(news.sdp);
    its.holds = isHold(sdp);
  }
  // Only so can he go on who holds (RFC 6337 5.3).
  if (!sdp && invite && its.holds) its.localSdp = origin.say(unheld(its.localSdp));
  if (invite) its.theirs = "answered";
  reply.send(200, sdp || invite ? { body: its.localSdp } : {}, (error) => {
    const undone = error && !standing.ended && its.latest === request;
    // Their CANCEL came first: no ACK will follow, and what held before holds on (RFC 3261 14.2).
    if (undone) Object.assign(its, { remoteSdp, localSdp, holds });
    news?.settled?.(!error && !standing.ended);
    if (!undone) return;
    if (invite) its.theirs = "none";
    if (news) void settle(standing, remoteSdp); // the other side has agreed to what is not to be
    standing.bell.ring();
  });
}

async function settle({ hooks }: Standing, sdp: string): Promise<void> {
  const answer = await hooks.offered(sdp, true);
  if ("sdp" in answer) answer.settled?.(true);
}

/** Offers media by re-INVITE, after what is under way. A 481 or 408 ends the dialog (RFC 3261 14.1), and so does that nobody is there. */
export async function offer(its: Negotiation, sdp: string): Promise<Answer> {
  const { standing, origin } = its;
  while (isBusy(its) && !standing.ended) await standing.bell.rung();
  if (standing.ended) return { status: 481 };
  its.ours = true;
  const offered = origin.say(sdp);
  const answer = await new Promise<Answer>((resolve) => {
    void untilEnded(standing).then(() => resolve({ status: 481 }));
    reinvite(its, offered, resolve);
  });
  if ("status" in answer) await loseBy(standing, answer.status);
  its.ours = false;
  if ("sdp" in answer) {
    its.remoteSdp = answer.sdp;
    its.localSdp = offered;
    its.holds = holdsAfter(offered, answer.sdp, its.holds);
  }
  standing.bell.ring();
  return answer;
}

/** As `offer`, and once more after each 491 (RFC 3261 14.1), three times at most. */
export async function insist(its: Negotiation, sdp: string): Promise<Answer> {
  let answer = await offer(its, sdp);
  for (let again = 0; again < 3 && "status" in answer && answer.status === 491; again++) {
    await pause(glareMs(its.placed), untilEnded(its.standing));
    answer = await offer(its, sdp);
  }
  return answer;
}

/** Not `dialog.modify`, which never resolves again once a re-INVITE was refused. */
function reinvite(its: Negotiation, body: string, answered: (answer: Answer) => void, proof?: Headers): void {
  const { dialog, credentials } = its.standing;
  dialog.request({ method: "INVITE", body, ...(proof && { headers: proof }) }, (error, response) => {
    if (response && response.status < 200) return;
    const asked = response && !proof && proofFor(response, response.req, credentials);
    if (asked) return reinvite(its, body, answered, asked);
    const sdp = response?.status === 200 ? its.origin.hear(sdpOf(response)) : "";
    if (sdp) answered({ sdp });
    // A 200 that answers no offer has agreed to nothing.
    else answered({ status: response?.status === 200 ? 488 : (response?.status ?? statusOf(error) ?? 503) });
  });
}

/** How long to wait after a 491: the side that made the Call-ID waits longer, so that the second try meets none. */
function glareMs(placed: boolean): number {
  return placed ? randomInt(2100, 4000) : randomInt(0, 2000);
}

function pause(ms: number, early: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void early.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
