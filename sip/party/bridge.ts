import type { Command } from "../../runtime/index.ts";
import { type Board, callerSdp, free, type LiveCall, type Party, quit, stand, unpair } from "../call.ts";
import { answerWithMedia, pickUp } from "../caller/caller.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import type { Answer } from "../dialog/hooks.ts";
import type { Leg } from "../dialog/leg.ts";
import { namesNoOtherKey } from "../dialog/sdes.ts";
import { codecsDiffer, isMixable, isMixed, keysDiffer, mix } from "../mix/mixing.ts";
import { heedKey } from "./phone-holds.ts";
import { addressOf, codecsOf, directionOf, parseSdp, type Sdp } from "../dialog/sdp.ts";

/** After these of a re-INVITE our media are no help: the caller is gone, or something else of his is under way. */
const NO_REFUSALS = new Set([408, 481, 491]);

/** Joins caller and answered party. → `call.connected` or `connect.failed` */
export async function connect(
  board: Board,
  call: LiveCall,
  { offer }: Extract<Command, { type: "connect" }>,
): Promise<void> {
  const party = call.offers.get(offer);
  const joining = party ? await join(board, call, party) : {};
  if (call.ended || call.offers.get(offer) !== party) return; // withdrawn meanwhile
  if (joining === "joined") {
    board.deliver({ type: "call.connected", call: call.id, offer });
    if (party) heedAnew(board, call, party);
    return;
  }
  if (party?.leg?.ended) party.withdraw(HUNG_UP); // which frees what was his
  board.deliver({ type: "connect.failed", call: call.id, offer, sip: joining.status });
}

/** Who holds by his phone still, whatever the desk wants, does so in what begins here. */
function heedAnew(board: Board, call: LiveCall, party: Party): void {
  party.holding = undefined;
  for (const from of ["caller", party] as const) heedKey(board, call, from);
}

/**
 * Through our mix where somebody else takes part, a trunk wants it so, they have no codec in common, or keys of one would not reach the other. Otherwise the party's description becomes an offer to the caller, by re-INVITE or as the answer to his own INVITE (RFC 3725 4.1, 4.4); where he
 * answers other than the party was told, the party is told by re-INVITE. Media between them is then direct, and our media leg is freed. A caller's side that refuses re-INVITEs leaves both with
 * our media.
 */
export async function join(board: Board, call: LiveCall, party: Party): Promise<"joined" | { status?: number }> {
  const { leg } = party;
  if (!leg || leg.ended) return {};
  const again = call.joined === party; // they talk, and are led another way: nobody waits for what that comes to
  unpair(party);
  party.joining = "begun";
  call.sound = { kind: "silence" };
  call.media?.silence();
  if (party !== call.announcement) await quit(call);
  const failure = mixed() ? await mix(board, call, party) : await agree();
  party.joining = undefined;
  if (failure && again) leg.retell();
  if (failure) return failure;
  call.joined = party;
  convertible(board, call, party);
  call.recording?.talkingTo(party.who);
  return "joined";

  function mixed(): boolean {
    if (isMixed(board, call, [party.trunk]) || party.unlike) return true;
    // A caller who was told of the party's own media must be answered with them.
    const untold = call.leg !== undefined || call.early !== "theirs";
    if (!leg || !untold || party === call.announcement) return false;
    const caller = callerSdp(call);
    // What somebody has chosen in an answer is not all that he speaks: who is up is asked.
    return keysDiffer(caller, leg.remoteSdp) || (!call.leg && codecsDiffer(caller, leg.remoteSdp));
  }

  /** Who refuses to be led to the other stays with our media, or is led there: they stand between the two where they speak with both. */
  async function between(status: number, refuses: LiveCall | Party): Promise<{ status?: number } | undefined> {
    const may = party !== call.announcement && (refuses.media !== undefined || !NO_REFUSALS.has(status));
    if (!may || call.ended || !leg || leg.ended || !isMixable(callerSdp(call), leg.remoteSdp)) return { status };
    board.log.warn(
      { call: call.id, trunk: refuses.trunk, sip: status },
      "a re-INVITE is refused, so the call goes through our media: say `media: relay` of the trunk where all of its calls do",
    );
    return mix(board, call, party);
  }

  async function agree(): Promise<{ status?: number } | undefined> {
    if (!leg) return {};
    // Who has heard us is answered by us.
    await call.returning;
    if (!call.leg && call.early === "ours" && !(await answerWithMedia(board, call))) return {};
    if (call.leg) {
      const answer = await call.leg.insist(leg.remoteSdp);
      if ("status" in answer) return between(answer.status, call);
      party.joining = "agreed";
    } else if (!(await pickUp(board, call, leg.remoteSdp))) return {};
    call.media?.close();
    call.media = undefined;
    stand(call);
    if (call.ended || !call.leg || leg.ended) return {};
    const caller = call.leg.remoteSdp;
    if (!hears(caller, leg.localSdp, leg.remoteSdp)) {
      const answer = await leg.insist(caller);
      if ("status" in answer) return between(answer.status, party);
      const again = await tellAnew(call.leg, leg);
      if (again && "status" in again) return between(again.status, call);
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

/** Each hears the other from here on; `two` was told nothing, or what `one` has described. `unmoved`: `one` refuses, and both are where they were. */
export async function joinLegs(one: Leg, two: Leg): Promise<"joined" | "unmoved" | "failed"> {
  const answer = await one.insist(two.remoteSdp);
  if ("status" in answer) return one.ended || two.ended ? "failed" : "unmoved";
  if (!hears(one.remoteSdp, two.localSdp, two.remoteSdp)) {
    const second = await two.insist(one.remoteSdp);
    if ("status" in second) return "failed";
    const again = await tellAnew(one, two);
    if (again && "status" in again) return "failed";
  }
  return one.ended || two.ended ? "failed" : "joined";
}

/** `two` may have answered from elsewhere than `one` was told, or otherwise, as a phone that goes on by itself where it was on hold. */
async function tellAnew(one: Leg, two: Leg): Promise<Answer | undefined> {
  const [now, before] = [read(two.remoteSdp), read(one.localSdp)];
  const isKnown = now?.media.every(({ port }, index) => port === 0 || (before && flowsAlike(now, before, index)));
  return isKnown === false ? one.insist(two.remoteSdp) : undefined;
}

/** Does nothing where they are there already, or our mix could not speak with both. */
async function convert(board: Board, call: LiveCall, party: Party): Promise<void> {
  if (call.media || call.seat || !call.leg || !party.leg || !isMixable(call.leg.remoteSdp, party.leg.remoteSdp)) return;
  if (await mix(board, call, party)) await unmix(board, call);
}

/** The two who talk are direct again, where nobody needs them in our mix, or on a media server, any more. */
export async function unmix(board: Board, call: LiveCall): Promise<void> {
  const { joined } = call;
  if (call.ended || !joined || isMixed(board, call, [joined.trunk])) return;
  if (call.media || call.seat) await join(board, call, joined);
}

/** Whether a party that was told `told` and answered `chosen` already sends what the caller now describes. */
export function hears(caller: string, told: string, chosen: string): boolean {
  const [now, before, answer] = [caller, told, chosen].map(read);
  if (!now || !before || !answer || now.media.length !== before.media.length) return false;
  return answer.media.every((stream, index) => {
    const to = now.media[index];
    if (stream.port === 0) return true;
    if (!to || !flowsAlike(now, before, index)) return false;
    const known = codecsOf(to).map((codec) => `${codec.number} ${codec.name}/${codec.clock}`);
    return codecsOf(stream).every((codec) => known.includes(`${codec.number} ${codec.name}/${codec.clock}`));
  });
}

/** To the same place, the same way, and by the same keys. */
function flowsAlike(now: Sdp, before: Sdp, index: number): boolean {
  const [to, was] = [now.media[index], before.media[index]];
  if (!to || !was || to.port !== was.port || addressOf(now, to) !== addressOf(before, was)) return false;
  return directionOf(now, to) === directionOf(before, was) && namesNoOtherKey(to, was);
}

function read(text: string): Sdp | undefined {
  const result = parseSdp(text);
  return "sdp" in result ? result.sdp : undefined;
}
