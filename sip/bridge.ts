import type { Command } from "../runtime/index.ts";
import { type Board, callerSdp, free, type LiveCall, type Party, quit, stand, unpair } from "./call.ts";
import { answerWithMedia, pickUp } from "./caller.ts";
import { HUNG_UP } from "./causes.ts";
import type { Leg } from "./leg.ts";
import { isMixable, isMixed, keysDiffer, mix } from "./mixing.ts";
import { addressOf, codecsOf, directionOf, parseSdp, type Sdp } from "./sdp.ts";

/** Joins caller and answered party. → `call.connected` or `connect.failed` */
export async function connect(
  board: Board,
  call: LiveCall,
  { offer }: Extract<Command, { type: "connect" }>,
): Promise<void> {
  const party = call.offers.get(offer);
  const joining = party ? await join(board, call, party) : {};
  if (call.ended || call.offers.get(offer) !== party) return; // withdrawn meanwhile
  if (joining === "joined") return board.deliver({ type: "call.connected", call: call.id, offer });
  if (party?.leg?.ended) party.withdraw(HUNG_UP); // which frees what was his
  board.deliver({ type: "connect.failed", call: call.id, offer, sip: joining.status });
}

/**
 * Through our mix where somebody else takes part, a trunk wants it so, or keys of one would not reach the other. Otherwise the party's description becomes an offer to the caller, by re-INVITE or as the answer to his own INVITE (RFC 3725 4.1, 4.4); where he
 * answers other than the party was told, the party is told by re-INVITE. Media between them is then direct, and our media leg is freed.
 */
export async function join(board: Board, call: LiveCall, party: Party): Promise<"joined" | { status?: number }> {
  const { leg } = party;
  if (!leg || leg.ended) return {};
  unpair(party);
  party.joining = true;
  call.sound = { kind: "silence" };
  call.media?.silence();
  if (party !== call.announcement) await quit(call);
  const failure = mixed() ? await mix(board, call, party) : await agree();
  party.joining = false;
  if (failure) return failure;
  call.joined = party;
  convertible(board, call, party);
  call.recording?.talkingTo(party.who);
  return "joined";

  function mixed(): boolean {
    if (isMixed(board, call, [party.trunk])) return true;
    // A caller who was told of the party's own media must be answered with them.
    const untold = call.leg !== undefined || call.early !== "theirs";
    return leg !== undefined && untold && party !== call.announcement && keysDiffer(callerSdp(call), leg.remoteSdp);
  }

  async function agree(): Promise<{ status?: number } | undefined> {
    if (!leg) return {};
    // Who has heard us is answered by us.
    await call.returning;
    if (!call.leg && call.early === "ours" && !(await answerWithMedia(board, call))) return {};
    if (call.leg) {
      const answer = await call.leg.insist(leg.remoteSdp);
      if ("status" in answer) return answer;
    } else if (!(await pickUp(board, call, leg.remoteSdp))) return {};
    call.media?.close();
    call.media = undefined;
    stand(call);
    if (call.ended || !call.leg || leg.ended) return {};
    const caller = call.leg.remoteSdp;
    if (!hears(caller, leg.localSdp, leg.remoteSdp)) {
      const answer = await leg.insist(caller);
      if ("status" in answer) return answer;
    }
    free(party);
    return call.ended || leg.ended ? {} : undefined;
  }
}

/** He and the caller, who talk, can be put into our mix, once. */
export function convertible(board: Board, call: LiveCall, party: Party): void {
  let converting: Promise<void> | undefined;
  party.convert = () => (converting ??= convert(board, call, party));
}

/** Each hears the other from here on; `two` was told nothing, or what `one` has described. */
export async function joinLegs(one: Leg, two: Leg): Promise<boolean> {
  const answer = await one.insist(two.remoteSdp);
  if ("status" in answer) return false;
  if (!hears(one.remoteSdp, two.localSdp, two.remoteSdp)) {
    const second = await two.insist(one.remoteSdp);
    if ("status" in second) return false;
  }
  return !one.ended && !two.ended;
}

/** Does nothing where they are there already, or our mix could not speak with both. */
async function convert(board: Board, call: LiveCall, party: Party): Promise<void> {
  if (call.media || call.seat || !call.leg || !party.leg || !isMixable(call.leg.remoteSdp, party.leg.remoteSdp)) return;
  const failure = await mix(board, call, party);
  if (failure && !call.ended && call.joined === party) await join(board, call, party); // directly, as before
}

/** Whether a party that was told `told` and answered `chosen` already sends what the caller now describes. */
export function hears(caller: string, told: string, chosen: string): boolean {
  const [now, before, answer] = [caller, told, chosen].map(read);
  if (!now || !before || !answer || now.media.length !== before.media.length) return false;
  return answer.media.every((stream, index) => {
    const [to, was] = [now.media[index], before.media[index]];
    if (stream.port === 0) return true;
    if (!to || !was || to.port !== was.port || addressOf(now, to) !== addressOf(before, was)) return false;
    if (directionOf(now, to) !== directionOf(before, was)) return false;
    const known = codecsOf(to).map((codec) => `${codec.number} ${codec.name}/${codec.clock}`);
    return codecsOf(stream).every((codec) => known.includes(`${codec.number} ${codec.name}/${codec.clock}`));
  });
}

function read(text: string): Sdp | undefined {
  const result = parseSdp(text);
  return "sdp" in result ? result.sdp : undefined;
}
