import type { Agent as Entry, Directory } from "../language/index.ts";
import type { Deadline } from "./deadlines.ts";
import type { CallId, ClaimState, Millis, OfferId } from "./events.ts";
import type { Value } from "./values.ts";

/** From the most restrictive: a call in hand, then claims, then work after a call. */
export type AgentState = "ringing" | "talking" | "hold" | "offline" | "not_ready" | "wrap_up" | "ready";

/** What the engine knows of one person, as plain data. */
export interface Agent {
  id: string;
  /** The phone that he is logged in at, or would be: his own, or any other of the directory. */
  device: string;
  /** The number at which he takes calls elsewhere, or none, by his own word; absent: the directory's. */
  redirect?: string | null;
  /** By source; each source withdraws only its own. */
  claims: Record<string, Claim>;
  /** How many calls he may hold, or be rung for, at once: the directory's word. Work after a call takes the place of one. */
  capacity: number;
  /** What he has in hand, the most restrictive first. */
  work: Work[];
  /** The effective state and since when. */
  state: AgentState;
  stateSince: Millis;
  /** When he has been in it for the next time that some class asks about (`queue/ages.ts`). */
  aging?: Deadline;
  /** Last end of a call, or of a claim. */
  idleSince: Millis;
  offeredAt: Millis;
  /** Today: conversations, and how long each thing that is no more was in hand, all together. */
  calls: number;
  busyMs: number;
  /** Logged in today, before `staffedSince`; that is absent while he is not. */
  staffedMs: Millis;
  staffedSince?: Millis;
  /** Drawn anew each time he becomes ready, for `choose by random`. */
  lot: number;
}

export interface Claim {
  /** A state of the directory's own may count as `ready`: then it only says what he does. */
  state: ClaimState | "ready";
  custom?: string;
  reason?: string;
  /** When the engine lets go of it by itself. */
  deadline?: Deadline;
}

/**
 * One thing that an agent has in hand, and since when. `ringing` is the lease: it names the one offer that holds him. `wrapUpUntil` is
 * work after an earlier call that the offer broke into, of which `card` tells. `device` is the phone of his at which that is; none while a
 * call is only shown to him, or elsewhere.
 */
export type Work = InHand | { kind: "wrap_up"; since: Millis; queue?: string; deadline: Deadline; card?: Card };

export interface InHand {
  kind: "ringing" | "talking" | "hold";
  since: Millis;
  call: CallId;
  offer: OfferId;
  queue?: string;
  device?: string;
  wrapUpUntil?: Millis;
  card?: Card;
}

/** What is left of a call to whoever writes it up, without its secrets. */
export interface Card {
  id: CallId;
  from: string;
  to: string;
  /** Who asked for it at his desk. */
  dialler?: string;
  showing?: Record<string, Value>;
  data: Record<string, Value>;
  fromBot?: { bot: string; reason?: string; transcript?: string };
}

const restrictive: Record<Work["kind"], number> = { talking: 0, hold: 1, ringing: 2, wrap_up: 3 };

/** The most restrictive first, of like ones the earliest. */
export function byRestriction(a: Work, b: Work): number {
  return restrictive[a.kind] - restrictive[b.kind];
}

/** The most restrictive of everything that is said about an agent. */
export function effectiveState({ work, claims }: Pick<Agent, "work" | "claims">): AgentState {
  const kind = work[0]?.kind;
  if (kind !== undefined && kind !== "wrap_up") return kind;
  const claimed = claimedState(claims);
  return kind === undefined || claimed === "offline" ? claimed : kind;
}

/** What he would be with nothing in hand. */
export function claimedState(claims: Agent["claims"]): Claim["state"] {
  let state: Claim["state"] = "ready";
  for (const source in claims) {
    const claimed = claims[source]?.state;
    if (claimed === "offline") return "offline";
    if (claimed === "not_ready") state = "not_ready";
  }
  return state;
}

/** What a ready agent is, for the matcher, for statistics and for every question why not: whatever he has in hand, there is room beside it. */
export function isReady({ state, work, capacity, claims }: Agent): boolean {
  if (work.length === 0) return state === "ready";
  return work.length < capacity && claimedState(claims) === "ready";
}

/** Whether this call is shown to him, rings for him or is his already. */
export function hasInHand({ work }: Agent, call: CallId): boolean {
  return work.some((each) => "call" in each && each.call === call);
}

/** His phone can be rung, whatever he is doing. */
export function isReachable({ claims }: Agent): boolean {
  return claimedState(claims) !== "offline";
}

/** Claims that say something about a phone, not about a person. */
const phoneSources = new Set(["registration", "trunk"]);

/** Who can say that a phone is in use, and their words for it (RFC 4480, 3.2). `phone`: it has called us itself. */
const watchers = new Set(["presence", "registration", "phone"]);
export const ON_THE_PHONE = "on-the-phone";
const inUse = new Set([ON_THE_PHONE, "busy"]);

/** His phone is said to be in use, and that is a call that we have put there: it says nothing that could outlive the call. */
export function isOwnCall({ work }: Pick<Agent, "work">, source: string, reason: string | undefined): boolean {
  const isOnHisPhone = work.some((each) => "device" in each && each.device !== undefined);
  return isOnHisPhone && watchers.has(source) && reason !== undefined && inUse.has(reason);
}

/** Where he takes calls elsewhere: his own word beats the directory's. */
export function redirectOf(entry: Pick<Entry, "redirect"> | undefined, agent: Agent | undefined): string | undefined {
  return agent?.redirect === undefined ? entry?.redirect : (agent.redirect ?? undefined);
}

/** He talks on his phone, and not through here: nothing can be done with that call. Whose phone we have put a call on, we ask nothing of it. */
export function isOnPrivateCall({ claims }: Pick<Agent, "claims">): boolean {
  return [...watchers].some((source) => inUse.has(claims[source]?.reason ?? ""));
}

/** Logged in, in any state. */
export function isStaffed(agent: Pick<Agent, "claims">): boolean {
  for (const source in agent.claims) {
    if (agent.claims[source]?.state === "offline" && !phoneSources.has(source)) return false;
  }
  return true;
}

function isBusy(agent: Agent): boolean {
  return agent.work.length > 0;
}

/** What an agent counts as is a set of these bits, and above them how many calls he may hold while he is logged in. */
export const READY = 1;
export const STAFFED = 2;
export const REACHABLE = 4;
export const BUSY = 8;
const ROOM = 16;

export const roomOf = (counts: number): number => Math.floor(counts / ROOM);

export function countsOf(agent: Agent): number {
  return (
    (isReady(agent) ? READY : 0) |
    (isStaffed(agent) ? STAFFED + ROOM * agent.capacity : 0) |
    (isReachable(agent) ? REACHABLE : 0) |
    (isBusy(agent) ? BUSY : 0)
  );
}

const NO_REASONS: string[] = [];

/** What was said by those who made him what he is. */
export function reasonsOf(agent: Agent): string[] {
  if (agent.state !== "offline" && agent.state !== "not_ready") return NO_REASONS;
  const sources = Object.keys(agent.claims).toSorted();
  return sources.flatMap((source) => {
    const claim = agent.claims[source];
    const reason = claim?.reason ?? claim?.custom;
    return reason !== undefined && claim?.state === agent.state ? [reason] : [];
  });
}

/** Which of the directory's own states he is in; of several claims that make him what he is, the first by the name of its source. */
export function customOf({ state, claims }: Pick<Agent, "state" | "claims">): string | undefined {
  // The first by name, however they came to stand in it.
  let first: string | undefined;
  for (const source in claims) {
    const claim = claims[source];
    if (claim?.custom === undefined || claim.state !== state) continue;
    if (first === undefined || source < first) first = source;
  }
  return first === undefined ? undefined : claims[first]?.custom;
}

export function capacityOf({ capacity }: Entry, { defaults }: Directory): number {
  return capacity ?? defaults.capacity;
}

/** As the engine first sees him: a phone of our own registrar is absent until it registers, all others log in unless the directory does it. */
export function newAgent(entry: Entry, directory: Directory, now: Millis): Agent {
  const claims: Record<string, Claim> = {};
  const registers = directory.devices[entry.device]?.trunk === undefined;
  if (registers) claims.registration = { state: "offline" };
  else if (!entry.autoLogin) claims.login = { state: "offline" };
  return {
    id: entry.id,
    device: entry.device,
    claims,
    capacity: capacityOf(entry, directory),
    work: [],
    state: claimedState(claims),
    stateSince: now,
    idleSince: now,
    offeredAt: 0,
    calls: 0,
    busyMs: 0,
    staffedMs: 0,
    staffedSince: isStaffed({ claims }) ? now : undefined,
    lot: 0,
  };
}
