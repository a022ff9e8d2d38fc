import type { Reply, SipRequest } from "./srf.ts";

/** What an offer of media came to. */
export type Answer = { sdp: string; settled?: Settled } | { status: number };

/** Whether our answer holds: false where he has called his offer off (RFC 3261 14.2), or is gone. */
export type Settled = (holds: boolean) => void;

/** What is told of a leg. */
export interface LegHooks {
  /** The party hung up, or was lost. Told once, but for `retell`, and not after `end`. `said`: the body of its BYE. */
  gone(reason: string, said: string): void;
  /** The party offers other media; resolves to our answer. `answered`: it has answered us, or goes back to what held: ours is told nobody. */
  offered(sdp: string, answered?: true): Promise<Answer>;
  /** Any re-INVITE or UPDATE, before it is answered: who sends it may say more in it than what it offers. */
  renewed?(request: SipRequest): void;
  /** Our 200 to the first INVITE has its ACK: `remoteSdp` is known even where the offer was ours. */
  acknowledged?(): void;
  /** A key told by SIP INFO. */
  key?(digit: string): void;
  /** The body of a MESSAGE; refused where nobody takes it. */
  said?(text: string): void;
  /** A REFER, to be answered; declined where nobody takes it. */
  referred?(request: SipRequest, reply: Reply): void;
  /** How far the party is with a REFER of ours (RFC 3515): a NOTIFY, which has been answered. */
  notified?(progress: SipRequest): void;
}
