import type { Quality } from "./quality.ts";
import type { Gap } from "./tape.ts";

/*
 * The media port: plain data over a MessagePort or a socket. One leg is one RTP relation with one party, one SDP negotiation,
 * no re-INVITE between prompts. Whoever fills it may be our own service in a worker, or a real media server.
 */

/** Given by the caller of the port; unique while the leg lives. */
export type MediaLeg = string;
/** Given by the caller of the port, counts up within a leg. */
export type PlayId = number;

export type MediaCommand =
  /** Allocates an RTP port. With `offer` the answer is made from it; without, an offer is made, of encrypted media where `secured`. → `opened` or `refused` */
  | { type: "open"; leg: MediaLeg; offer?: string; secured?: boolean }
  /** The peer's SDP: its answer to our offer, or a new offer to be answered (→ `opened` again). */
  | { type: "peer"; leg: MediaLeg; sdp: string; role: "answer" | "offer" }
  /** Addresses from which the peer signals: behind a NAT his packets come from there, whatever his SDP says, and go before those of others. */
  | { type: "near"; leg: MediaLeg; addresses: string[] }
  /** Plays WAV files, or `tone:busy`, `tone:congestion` and `tone:comfort_noise`, one after another, all or, if one cannot be played, none; replaces what sounds now. `loop` starts over until stopped; `ms` ends it after exactly that time, filled with silence if need be. → `played`, unless replaced, stopped or closed before */
  | { type: "play"; leg: MediaLeg; play: PlayId; files: string[]; loop: boolean; ms?: number }
  /** The ringback tone of the site's country, until replaced. */
  | { type: "ringback"; leg: MediaLeg }
  /** Silence (packets still flow), until replaced. */
  | { type: "stop"; leg: MediaLeg }
  /** Record what the leg receives to a WAV file until closed or `stopRecording`; others of the leg go on. → `recorded` */
  | { type: "record"; leg: MediaLeg; file: string }
  /** Without `file` all of the leg. */
  | { type: "stopRecording"; leg: MediaLeg; file?: string }
  /**
   * From here on, until `stopRecording` or the end of the leg: what the leg and those in its mix say, no prompts. `mostMs`
   * ends it; of one that begins `paused` nothing is kept until it goes on. → `recorded`
   */
  | { type: "tape"; leg: MediaLeg; file: string; mostMs?: number; paused?: boolean }
  /** What comes is silence on the tape, and told as a gap, until it goes on. */
  | { type: "pauseTape"; leg: MediaLeg; file: string; paused: boolean }
  /** Puts the leg into a mix, out of any other: it hears who is in it, and is heard unless it only `listens`. Prompts of a leg are heard by itself alone. */
  | { type: "join"; leg: MediaLeg; mix: string; listens?: boolean }
  | { type: "leave"; leg: MediaLeg }
  /** Presses a key for the peer, by RFC 4733, or as a tone where he does not speak that. */
  | { type: "press"; leg: MediaLeg; digit: string }
  /** Frees the port. → `closed` */
  | { type: "close"; leg: MediaLeg };

export type MediaEvent =
  | { type: "opened"; leg: MediaLeg; sdp: string }
  /**
   * No codec in common or a malformed SDP (`unfit`), or no free port, or no media at all. After `open` the leg is no more; after `peer` it stays
   * as it was.
   */
  | { type: "refused"; leg: MediaLeg; reason: string; unfit?: true }
  | { type: "played"; leg: MediaLeg; play: PlayId; outcome: "done" | "missing" | "failed"; reason?: string }
  /** Once for each key: by RFC 4733, or, from a peer who does not speak that, as a tone. */
  | { type: "digit"; leg: MediaLeg; digit: string }
  /** Of `record`: from the first packet heard to the last. Of `tape`: from the command on, with what was left out. `reason`: why the file could not be written. */
  | { type: "recorded"; leg: MediaLeg; file: string; ms: number; gaps?: Gap[]; reason?: string }
  /** Packet counts of the whole leg, and how well the party was heard where he was. `reason` where nobody asked for it: the leg, or the whole service, has failed. */
  | { type: "closed"; leg: MediaLeg; sent: number; received: number; quality?: Quality; reason?: string };

/** Commands for a leg that is not there are ignored. Events of one leg come in order, never from within `send`. */
export interface MediaPort {
  send(command: MediaCommand): void;
  /** One listener. */
  listen(listener: (event: MediaEvent) => void): void;
  /** Closes every leg and stops the service. */
  stop(): Promise<void>;
}
