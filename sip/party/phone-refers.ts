import type { CallId } from "../../runtime/index.ts";
import { type Board, type LiveCall, lose, type Party, respond } from "../call.ts";
import { readReferral, tellProgress } from "../dialog/refer.ts";
import { tellRefused } from "../caller/unasked.ts";
import type { Reply, SipRequest } from "../dialog/srf.ts";

const DECIDED_MS = 2000;

/**
 * Who talks hands the call on by his phone, or the network that he calls from does (rows 0.12, 2.5), where his trunk may: it is told like a word
 * at his desk, and we do it. Phones that register with us may.
 */
export function refers(board: Board, call: LiveCall, from: "caller" | Party, request: SipRequest, reply: Reply): void {
  const his = from === "caller" ? call : from;
  const { leg, trunk } = his;
  const may = trunk === undefined || board.directory.trunks[trunk]?.may.includes("refer") === true;
  const referral = readReferral(request);
  const other = referral?.replaces === undefined ? undefined : replaced(board, call, referral.replaces, his);
  const asking = referral?.replaces === undefined ? undefined : unmet(board, call, referral.replaces, his);
  // Whom he has asked by a call that does not run through here we cannot join with anybody.
  const known = other ?? asking;
  const possible = leg && talks(call, from) && referral && (known !== undefined || referral.replaces === undefined);
  if (!may || !possible) {
    const sip = may && !referral ? 400 : 603;
    tellRefused(board, call, from, { what: "transfer", reason: may ? "not_possible" : "not_allowed", sip });
    return reply.send(sip);
  }
  // RFC 4488: he wants to hear nothing of it.
  const silent = /^\s*false\b/i.test(request.get("Refer-Sub") ?? "");
  reply.send(202, silent ? { headers: { "Refer-Sub": "false" } } : {});
  const tell = (status: number): Promise<unknown> => (silent ? Promise.resolve() : tellProgress(leg, status));
  const trying = tell(100);
  // The engine need not be in this process: only when he is not let go for a while has it come to nothing.
  const nothing = setTimeout(() => {
    delete leg.lastWord;
    void trying.then(() => tell(503));
  }, DECIDED_MS);
  leg.lastWord = () => {
    clearTimeout(nothing);
    return trying.then(() => tell(200));
  };
  const { uui, headers } = referral;
  const to = asking?.to ?? referral.target;
  if (asking) giveUp(board, asking);
  const side = from === "caller" ? { side: from } : {};
  if (other) return board.deliver({ type: "merge.asked", call: call.id, ...side, ...other });
  board.deliver({ type: "transfer.asked", call: call.id, by: "phone", ...side, to, uui, headers });
}

/** Who holds with his phone talks still; who is held does not. */
function talks(call: LiveCall, from: "caller" | Party): boolean {
  const party = talker(call);
  return from === "caller" ? party !== undefined && party === call.joined : party === from;
}

/** Who has an offer, and talks with the caller or holds him: neither a bot nor a mailbox is handed on. */
function talker({ joined, offers }: LiveCall): Party | undefined {
  return [...offers.values()].find((party) => party === joined || party.holding);
}

/** Whoever is called must be free again before the caller is handed on to where that call went. */
function giveUp(board: Board, asking: LiveCall): void {
  respond(asking, 487);
  lose(board, asking, "handed on before an answer");
}

/**
 * The other call of his in which nobody has picked up yet, or in which he waits. Nobody may replace an early dialog that he has not begun
 * (RFC 3891 3), and ours has no tag that we know: its INVITE is his by the name that he gave it.
 */
function unmet({ calls }: Board, call: LiveCall, replaces: string, who: Line): LiveCall | undefined {
  const { callId, his, dialog } = namedBy(replaces);
  return [...calls.values()].find((each) => {
    const { id, leg, joined, offers, invite } = each;
    const isReached = joined !== undefined || [...offers.values()].some((party) => party.leg);
    if (id === call.id || isReached || !isSameLine(each, who) || !invite) return false;
    if (leg) return leg.replaces === dialog;
    const tag = /;\s*tag=([^;\s]+)/i.exec(invite.request.get("From") ?? "")?.[1];
    return invite.request.get("Call-ID") === callId && tag !== undefined && tag === his;
  });
}

/** The other call in which he talks, and what he is in it. */
function replaced(
  { calls }: Board,
  call: LiveCall,
  replaces: string,
  who: Line,
): { with: CallId; withSide?: "caller" } | undefined {
  const { dialog } = namedBy(replaces);
  for (const each of calls.values()) {
    const { id, leg } = each;
    const party = talker(each);
    if (each === call || !party) continue;
    if (leg?.replaces === dialog && isSameLine(each, who) && talks(each, "caller"))
      return { with: id, withSide: "caller" };
    if (party.leg?.replaces === dialog && isSameLine(party, who)) return { with: id };
  }
  return undefined;
}

/** By what somebody is on the line. */
type Line = Pick<LiveCall, "trunk" | "phone">;

/** Whether it may be the same phone: nobody names a call of others, though he knows its tags. Who is behind a trunk is that one's to tell. */
function isSameLine(one: Line, other: Line): boolean {
  const [a, b] = [one.phone, other.phone];
  return one.trunk === other.trunk && (one.trunk !== undefined || a === undefined || b === undefined || a === b);
}

/** A dialog as legs name theirs, and his tag in it. */
function namedBy(replaces: string): { callId: string; his?: string; dialog: string } {
  const [callId = "", ...tags] = replaces.split(";").map((part) => part.trim());
  const [to, from] = ["to-tag", "from-tag"].map((name) => tags.find((tag) => tag.startsWith(`${name}=`)));
  return { callId, his: from?.slice("from-tag=".length), dialog: [callId, to, from].join(";") };
}
