import { SAMPLE_RATE } from "./wav.ts";

/** Packets carry 20 ms. */
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;

/** Runs of samples, one after another without a gap, taken frame by frame. */
export interface Sound {
  runs: Int16Array[];
  loop: boolean;
  /** Frames until it ends whatever the runs hold; silence fills what they leave. Absent: it ends with the last run. */
  framesLeft?: number;
  /** The place: index of the run, and of the sample in it. */
  run: number;
  at: number;
}

/** `ms` is rounded up to whole frames. Runs without any sample are silence, looped or not. */
export function soundOf(runs: Int16Array[], options: { loop: boolean; ms?: number }): Sound {
  const framesLeft = options.ms === undefined ? undefined : Math.ceil(Math.max(0, options.ms) / FRAME_MS);
  return { runs: runs.filter((run) => run.length > 0), loop: options.loop, framesLeft, run: 0, at: 0 };
}

/** Fills `frame` with what sounds next, the rest of a last frame with silence. False when nothing was left to sound. */
export function nextFrame(sound: Sound, frame: Int16Array): boolean {
  frame.fill(0);
  if (sound.framesLeft !== undefined && sound.framesLeft-- <= 0) return false;
  let filled = 0;
  while (filled < frame.length) {
    const run = sound.runs[sound.run];
    if (!run) break;
    const piece = run.subarray(sound.at, sound.at + frame.length - filled);
    frame.set(piece, filled);
    filled += piece.length;
    sound.at += piece.length;
    if (sound.at < run.length) continue;
    sound.at = 0;
    sound.run++;
    if (sound.loop && sound.run === sound.runs.length) sound.run = 0;
  }
  return filled > 0 || sound.framesLeft !== undefined || (sound.loop && sound.runs.length === 0);
}
