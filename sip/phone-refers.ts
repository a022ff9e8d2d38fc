import type { Board, LiveCall, Party } from "./call.ts";
import { readReferral, tellProgress } from "./refer.ts";
import { tellRefused } from "./unasked.ts";
import type { Reply, SipRequest } from "./srf.ts";

const DECIDED_MS = 2000;

/**
 * Who talks hands the call on by his phone (rows 0.12, 2.5), where his trunk may: it is told like a word at his desk, and we do it. Phones that
 * register with us may.
 */
export function partyRefers(board: Board, call: LiveCall, party: Party, request: SipRequest, reply: Reply): void {
  const { leg } = party;
  const may = party.trunk === undefined || board.directory.trunks[party.trunk]?.may.includes("refer") === true;
  const referral = readReferral(request);
  // Another dialog of his is none of ours: whom he has asked by himself we do not know.
  const possible = leg && call.joined === party && referral && referral.replaces === undefined;
  if (!may || !possible) {
    const sip = may && !referral ? 400 : 603;
    tellRefused(board, call, party, { what: "transfer", reason: may ? "not_possible" : "not_allowed", sip });
    return reply.send(sip);
  }
  reply.send(202);
  const trying = tellProgress(leg, 100);
  const end = party.withdraw;
  // The engine need not be in this process: only when he is not let go for a while has it come to nothing.
  const nothing = setTimeout(() => {
    party.withdraw = end;
    void trying.then(() => tellProgress(leg, 503));
  }, DECIDED_MS);
  party.withdraw = (reason) => {
    clearTimeout(nothing);
    party.withdraw = end;
    void trying.then(() => tellProgress(leg, 200)).then(() => end(reason));
  };
  const { target: to, uui, headers } = referral;
  board.deliver({ type: "transfer.asked", call: call.id, by: "phone", to, uui, headers });
}
