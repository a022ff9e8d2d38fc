import type { MediaEvent, MediaLeg, MediaPort, Quality } from "./media/index.ts";

/** Media legs of one place, by name: pairs each command with its answer. The only listener of its media port. */
export interface Audio {
  /** Takes a leg: answers `offer`, or makes one where there is none, of encrypted media where `secured`. `refused`: no codec in common or a malformed SDP (`unfit`), or no free port. */
  open(offer: string | undefined, hooks: AudioHooks, secured?: boolean): Promise<AudioLeg | Refused>;
  /** Legs not yet freed. */
  count(): number;
}

export interface AudioHooks {
  /** `reason`: why it was not played. */
  played?(play: number, outcome: "done" | "missing" | "failed", reason?: string): void;
  key?(digit: string): void;
  /** Packets of the whole leg, and how well the party was heard. Also told, unasked and with the `reason`, when media have failed: the leg is `lost`. */
  closed?(sent: number, received: number, reason?: string, quality?: Quality): void;
}

export interface AudioLeg {
  /** Legs hear one another in a mix of one place. */
  readonly place: Audio;
  /** What media describes of itself: its answer, or its offer. */
  readonly sdp: string;
  /** It was freed by media, not by us. */
  readonly lost: boolean;
  play(play: number, files: string[], loop: boolean, ms?: number): void;
  ringback(): void;
  silence(): void;
  record(file: string): void;
  /** Keeps what this leg and its mix say, for `mostMs` at most, from the beginning or, `paused`, once it goes on; resolves when that has ended, with the leg at the latest. */
  tape(file: string, how?: { mostMs?: number; paused?: boolean }): Promise<Taped>;
  pauseTape(file: string, paused: boolean): void;
  stopRecording(file: string): void;
  /** Into the mix of this name; who only `listens` is not heard there. */
  join(mix: string, listens?: boolean): void;
  leave(): void;
  press(digit: string): void;
  /** What happens is told by these from here on. */
  follow(hooks: AudioHooks): void;
  /** The party signals from these addresses, and is heard from there before strangers. */
  near(addresses: string[]): void;
  /** The party's answer to the offer of media. */
  answered(sdp: string): void;
  /** A new offer of the party; resolves to the answer of media. */
  offered(sdp: string): Promise<{ sdp: string } | { refused: string }>;
  close(): void;
}

/** What became of a tape. `reason`: why it is not whole. */
export type Taped = Pick<Extract<MediaEvent, { type: "recorded" }>, "ms" | "gaps" | "reason">;

type Refused = { refused: string; unfit?: true };
type Opening = { sdp: string } | Refused;

interface Live {
  hooks: AudioHooks;
  waiting: ((opening: Opening) => void)[];
  /** By file. */
  tapes: Map<string, (taped: Taped) => void>;
}

export function createAudio(port: MediaPort): Audio {
  const legs = new Map<MediaLeg, Live>();
  let made = 0;

  port.listen((event) => {
    const live = legs.get(event.leg);
    if (!live) return;
    if (event.type === "closed") legs.delete(event.leg);
    tell(live, event);
  });

  function opening(live: Live): Promise<Opening> {
    return new Promise((resolve) => live.waiting.push(resolve));
  }

  const place: Audio = {
    count: () => legs.size,
    async open(offer, hooks, secured) {
      const leg = `m${++made}`;
      const live: Live = { hooks, waiting: [], tapes: new Map() };
      legs.set(leg, live);
      const opened = opening(live);
      port.send({ type: "open", leg, offer, secured });
      const result = await opened;
      if ("refused" in result) {
        legs.delete(leg);
        return result;
      }
      let closing = false;
      return {
        place,
        sdp: result.sdp,
        get lost() {
          return !closing && !legs.has(leg);
        },
        play: (play, files, loop, ms) => port.send({ type: "play", leg, play, files, loop, ms }),
        ringback: () => port.send({ type: "ringback", leg }),
        silence: () => port.send({ type: "stop", leg }),
        record: (file) => port.send({ type: "record", leg, file }),
        tape(file, how) {
          const taped = new Promise<Taped>((resolve) => live.tapes.set(file, resolve));
          port.send({ type: "tape", leg, file, ...how });
          return taped;
        },
        pauseTape: (file, paused) => port.send({ type: "pauseTape", leg, file, paused }),
        stopRecording: (file) => port.send({ type: "stopRecording", leg, file }),
        join: (mix, listens) => port.send({ type: "join", leg, mix, listens }),
        leave: () => port.send({ type: "leave", leg }),
        press: (digit) => port.send({ type: "press", leg, digit }),
        follow: (others) => void (live.hooks = others),
        near: (addresses) => port.send({ type: "near", leg, addresses }),
        answered: (sdp) => port.send({ type: "peer", leg, sdp, role: "answer" }),
        offered(sdp) {
          const answer = opening(live);
          port.send({ type: "peer", leg, sdp, role: "offer" });
          return answer;
        },
        close() {
          closing = true;
          port.send({ type: "close", leg });
        },
      };
    },
  };
  return place;
}

/** A leg at this place, or, where that is not to be had, here. */
export async function openAt(
  { audio }: { audio: Audio },
  place: Audio,
  ...leg: Parameters<Audio["open"]>
): ReturnType<Audio["open"]> {
  const opened = await place.open(...leg);
  return "refused" in opened && place !== audio ? audio.open(...leg) : opened;
}

function tell({ hooks, waiting, tapes }: Live, event: MediaEvent): void {
  switch (event.type) {
    case "opened":
      return waiting.shift()?.({ sdp: event.sdp });
    case "refused":
      return waiting.shift()?.({ refused: event.reason, unfit: event.unfit });
    case "played":
      return hooks.played?.(event.play, event.outcome, event.reason);
    case "digit":
      return hooks.key?.(event.digit);
    case "recorded":
      tapes.get(event.file)?.(event);
      tapes.delete(event.file);
      return;
    case "closed":
      for (const resolve of tapes.values()) resolve({ ms: 0, reason: event.reason ?? "closed" });
      for (const resolve of waiting.splice(0)) resolve({ refused: event.reason ?? "closed" });
      return hooks.closed?.(event.sent, event.received, event.reason, event.quality);
  }
}
