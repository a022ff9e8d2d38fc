import { performance } from "node:perf_hooks";
import type { Directory } from "../language/index.ts";
import type { Documents, Messages, Post, Reach } from "../runtime/node/index.ts";
import type { CallId, Event, OfferId, TaskId } from "../runtime/index.ts";
import type { Invite, Line } from "./dialog/accept.ts";
import type { Audio, AudioLeg } from "./audio.ts";
import { signalsFrom } from "./dialog/address.ts";
import { HUNG_UP, WITHDRAWN } from "./dialog/causes.ts";
import type { Leg } from "./dialog/leg.ts";
import type { Logger } from "./log.ts";
import type { MediaSites } from "./mix/media-sites.ts";
import type { Pins } from "./caller/pins.ts";
import type { Visitor } from "./caller/visitor.ts";
import type { MediaServers } from "./servers/media-servers.ts";
import type { Registrar } from "./site/registrar.ts";
import { answerWith, type Headers, type Reply, type SipRequest, sdpOf } from "./dialog/srf.ts";
import { plainDialect } from "./trunks/dialect.ts";
import type { Ways } from "./trunks/ways.ts";

/** What every part of the live call port works with. */
export interface Board extends Line {
  readonly audio: Audio;
  /** As it stands: a changed one holds for whatever is begun from then on. */
  directory: Directory;
  readonly calls: ReadonlyMap<CallId, LiveCall>;
  readonly registrar: Registrar;
  readonly ways: Ways;
  readonly mediaSites: MediaSites;
  readonly mediaServers: MediaServers;
  /** Folder for recordings. Without it none is kept. */
  readonly recordings?: string;
  /** Of the mailboxes that are ours. Without it none is kept. */
  readonly messages?: Messages;
  readonly pins: Pins;
  /** What media servers fetch from us. Without it none asks callers anything. */
  readonly documents?: Documents;
  /** Asks a host of the directory. */
  readonly post: Post;
  /** Where a host of the directory is spoken to otherwise. */
  readonly reach: Reach;
  readonly log: Logger;
  readonly deliver: (event: Event) => void;
  /** Waits for work of a call; a defect in it ends that call and no other. */
  readonly settle: (call: LiveCall, work: Promise<void>) => void;
  /** Takes up a new call. */
  readonly remember: (call: LiveCall) => void;
  /** Forgets an ended call. */
  readonly forget: (call: LiveCall) => void;
}

/** Somebody's place in a conference of a media server. */
export interface Seat {
  /** To the server, once it has answered. */
  leg?: Leg;
  close(): void;
}

/** Who may have one. */
export type Participant = Pick<Party, "leg" | "media" | "seat">;

/** What moving a party to our media came to. */
export type MovedParty = { media: AudioLeg } | { status: number | undefined };

/** A party rung for a call: an agent's phone, an outside number, a mailbox. */
export interface Party {
  /** The agent or number, for whoever reads a recording. */
  readonly who: string;
  /** Since he picked up. */
  leg?: Leg;
  /** By which he was reached; absent for a phone of our own. */
  trunk?: string;
  /** User name of the phone at which he is called, where it is one of the directory. */
  readonly phone?: string;
  /** Carries his audio until he is joined, where the caller has described none yet. */
  media?: AudioLeg;
  /** He refuses to speak as the caller does: our media stand between the two. */
  unlike?: true;
  /** On his way to our media. */
  moving?: Promise<MovedParty>;
  seat?: Seat;
  /** Who is there now, as his trusted exchange said last. */
  identity?: string;
  /** Of his offer, by which what he does is told. */
  offer?: OfferId;
  /** He is at his own phone, and with its key holds as at his desk. */
  agent?: true;
  /** It holds, as was told. */
  holding?: true;
  /** A key he presses while his audio is with us, or tells by SIP INFO. */
  pressed?: (digit: string) => void;
  /** The caller was told of the media that he sends before he answers. */
  early?: true;
  /** Puts him and the caller, who talk, into our mix, where a key told by SIP INFO becomes one of RFC 4733, or a tone. */
  convert?: () => Promise<void>;
  /** With whom he talks while the caller is held. */
  peer?: Party;
  /** Being joined to the caller, who has `agreed` to it once he is up: his hanging up is then told by the failure of that. */
  joining?: "begun" | "agreed" | undefined;
  /** CANCEL or BYE, whatever his state; nothing is told about him afterwards. */
  withdraw(reason: string): void;
}

/** Of a conversation. */
export interface Recording {
  stop(): void;
  /** The caller's audio is there. Does nothing when it was there before. */
  begin(media: AudioLeg): void;
  /** Tells that it has, though nobody may be there yet, and whether it is paused: so is each pause from here on. */
  started(): void;
  pause(paused: boolean): void;
  /** Who talks with the caller from here on; nobody. */
  talkingTo(who: string | undefined): void;
}

/** Who listens to a conversation, or talks in it. */
export interface Guest extends Party {
  speaks: boolean;
}

export interface Deposit extends Party {
  task: TaskId;
  /** When caller and mailbox were joined, by the monotonic clock, in ms. */
  joinedMs?: number;
  /** Of a mailbox of ours: what it came to, told before it is withdrawn. */
  over?: (outcome: "left_message" | "empty") => void;
}

/** What a media server plays to the caller. */
export interface Announcement extends Party {
  /** Nothing more is told of it. */
  over: boolean;
  /** Our own media play it from here on, from its beginning. */
  here(): Promise<void>;
  /** Settles when caller and server are joined, or are not to be. */
  joined?: Promise<void>;
}

/** A REFER to the caller's network that is under way. */
export interface Referring {
  notified(progress: SipRequest): void;
}

/** A bot that talks with the caller. */
export interface BotLeg extends Party {
  task: TaskId;
}

/** What the caller is to hear; survives a change of his media leg. */
export type Sound =
  | { kind: "silence" }
  | { kind: "ringback" }
  | { kind: "files"; task: TaskId; prompt: string; files: string[]; loop: boolean; ms?: number };

/** One caller and everything that was started for him. */
export interface LiveCall {
  /** How he called; absent where the call began with us. */
  readonly invite?: Invite;
  /** Somebody is called to be its caller. */
  placing?: Pick<Party, "withdraw">;
  readonly id: CallId;
  readonly from: string;
  readonly to: string;
  readonly conversation: string;
  /** By which he came. */
  trunk?: string;
  /** User name of the phone that he calls from, or is called at, where that is known. */
  readonly phone?: string;
  /** Who is there now, as his trusted exchange said last. */
  identity?: string;
  /** An agent at his own phone, and whether that holds, as a `Party` has it. */
  agent?: true;
  holding?: true;
  /** The caller's, once answered. */
  leg?: Leg;
  /** Where the caller's audio is, unless he is joined to a party. */
  media?: AudioLeg;
  /** Before he was answered he was told of media, of us or of the party that rang. */
  early?: "ours" | "theirs";
  seat?: Seat;
  /** On his way back to our media. */
  returning?: Promise<boolean>;
  sound: Sound;
  readonly offers: Map<OfferId, Party>;
  deposit?: Deposit;
  /** From his first key on, where the number that he called is one at which messages are heard. */
  visitor?: Visitor;
  bot?: BotLeg;
  announcement?: Announcement;
  referring?: Referring;
  joined?: Party;
  recording?: Recording;
  /** Who listens to the conversation, or talks with both. */
  readonly guests: Set<Guest>;
  /** By the caller; the endpoint has answered for us. */
  cancelled?: boolean;
  ended: boolean;
}

/** The caller's audio is with us. */
export function carry(call: LiveCall, media: AudioLeg): void {
  call.media = media;
  media.near(call.leg?.from ?? (call.invite ? signalsFrom(call.invite.request) : []));
  stand(call);
  call.recording?.begin(media);
}

/** Nobody is joined to the caller any more, but who talks with him in a conference. */
export function part(call: LiveCall): void {
  if (call.joined) stand(call.joined);
  call.joined = undefined;
  if (![...call.guests].some(({ leg, speaks }) => leg && speaks)) {
    stand(call);
    call.media?.leave();
  }
  call.recording?.talkingTo(undefined);
}

/** The media server plays to the caller no more; resolves when his media are anybody's. */
export async function quit(call: LiveCall): Promise<void> {
  const { announcement } = call;
  if (!announcement) return;
  announcement.withdraw(HUNG_UP);
  await announcement.joined;
  if (call.announcement === announcement) call.announcement = undefined;
  if (call.joined === announcement) part(call);
}

/** Leaves the conference of the media server. */
export function stand(one: Participant): void {
  const { seat } = one;
  one.seat = undefined;
  seat?.close();
}

/** The audio of a party is with us no more, nor in a conference. */
export function free(party: Party): void {
  stand(party);
  party.media?.close();
  party.media = undefined;
}

/** Who has talked with somebody else does so no more. */
export function unpair(party: Party): void {
  if (party.peer) party.peer.peer = undefined;
  party.peer = undefined;
}

/** What the caller described last; empty before an offerless INVITE is answered. */
export function callerSdp(call: LiveCall): string {
  if (call.leg) return call.leg.remoteSdp;
  return call.invite ? (call.invite.dialect ?? plainDialect).hear(sdpOf(call.invite.request)) : "";
}

/** The way to answer a caller who has not been answered yet. */
export function openReply({ leg, invite }: LiveCall): Reply | undefined {
  return leg || invite?.reply.finalResponseSent ? undefined : invite?.reply;
}

/** Answers the caller's INVITE where that has no final answer yet. Each names the conversation, so that both dialogs of a call do (row 1.3). */
export function respond(
  call: LiveCall,
  status: number,
  { headers, body }: { headers?: Headers; body?: string } = {},
): void {
  const reply = openReply(call);
  if (reply) answerWith(reply, status, { headers: { ...call.invite?.headers, ...headers }, ...(body && { body }) });
}

/** The caller is gone: told once, and everything started for him is released. */
export function lose(board: Board, call: LiveCall, reason: string): void {
  if (call.ended) return;
  // His hanging up is how a message ends, so it must be told first. Where he left none he is simply gone.
  if (call.deposit && outcomeOf(call.deposit) === "left_message") endDeposit(board, call, call.deposit);
  // Who was up for a party that had picked up has been connected, though he hangs up before all is settled.
  for (const [offer, { joining, leg }] of call.offers) {
    if (joining === "agreed" && leg && !leg.ended) board.deliver({ type: "call.connected", call: call.id, offer });
  }
  release(board, call, WITHDRAWN.caller_gone);
  board.deliver({ type: "call.gone", call: call.id, reason });
}

/** The only end of a call on this side: every leg, offer and media leg that still stands. Idempotent. */
export function release(board: Board, call: LiveCall, reason: string = HUNG_UP): void {
  if (call.ended) return;
  call.ended = true;
  for (const party of [...call.offers.values(), ...call.guests]) party.withdraw(reason);
  call.deposit?.withdraw(reason);
  call.bot?.withdraw(reason);
  call.announcement?.withdraw(reason);
  call.visitor?.leave();
  for (const one of [call, ...call.offers.values()]) stand(one);
  call.media?.close();
  call.leg?.end();
  call.placing?.withdraw(reason);
  if (!call.cancelled) respond(call, 480);
  board.forget(call);
}

/** Below two seconds nobody can have said anything. */
function outcomeOf({ joinedMs }: Deposit): "left_message" | "empty" {
  return joinedMs !== undefined && performance.now() - joinedMs >= 2000 ? "left_message" : "empty";
}

/** A deposit that was joined is over. */
export function endDeposit(board: Board, call: LiveCall, deposit: Deposit): void {
  call.deposit = undefined;
  if (call.joined === deposit) part(call);
  const outcome = outcomeOf(deposit);
  deposit.over?.(outcome);
  deposit.withdraw(HUNG_UP);
  board.deliver({ type: "voicemail.ended", call: call.id, task: deposit.task, outcome });
}
