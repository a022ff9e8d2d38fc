import type { MediaCommand, PlayId } from "./port.ts";
import type { Loaded, Shelf } from "./shelf.ts";
import { type Sound, nextFrame, soundOf } from "./sound.ts";

type Play = Extract<MediaCommand, { type: "play" }>;
type Outcome = "done" | Extract<Loaded, { reason: string }>["outcome"];

/** What a leg says: one sound at a time, else silence. */
export interface Speaker {
  play(command: Play): void;
  /** One period of a tone, over and over. */
  tone(period: Int16Array): void;
  silence(): void;
  /** Writes the next 20 ms into `frame`. */
  speak(frame: Int16Array): void;
}

/** `played` is told of each play that was not replaced. */
export function createSpeaker(
  shelf: Shelf,
  played: (play: PlayId, outcome: Outcome, reason?: string) => void,
): Speaker {
  /** Without a sound: still loading, or silence. */
  let current: { play?: PlayId; sound?: Sound } = {};

  function end(outcome: Outcome, reason?: string): void {
    const { play } = current;
    current = {};
    if (play !== undefined) played(play, outcome, reason);
  }

  async function load(command: Play): Promise<void> {
    const mine: typeof current = { play: command.play };
    current = mine;
    const loaded = await Promise.all(command.files.map((file) => shelf.load(file)));
    if (current !== mine) return;
    const runs: Int16Array[] = [];
    for (const one of loaded) {
      if ("outcome" in one) return end(one.outcome, one.reason);
      runs.push(one.samples);
    }
    mine.sound = soundOf(runs, command);
  }

  return {
    play: (command) => void load(command),
    tone(period) {
      current = { sound: soundOf([period], { loop: true }) };
    },
    silence() {
      current = {};
    },
    speak(frame) {
      if (!current.sound) frame.fill(0);
      else if (!nextFrame(current.sound, frame)) end("done");
    },
  };
}
