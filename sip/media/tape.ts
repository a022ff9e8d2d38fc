import { FRAME_MS, FRAME_SAMPLES } from "./sound.ts";
import { SAMPLE_RATE } from "./wav.ts";
import { createWavFile } from "./wav-file.ts";

/** What was left out of a recording, in ms from its start. */
export interface Gap {
  fromMs: number;
  toMs: number;
}

export interface TapeOptions {
  mostMs?: number | undefined;
  /** Nothing is kept until it goes on. */
  paused?: boolean | undefined;
}

/** Writes frames to a WAV file as time goes by: so a place in the file is a time of the call. */
export interface Tape {
  /** The next 20 ms. False: it is as long as it may be, and takes no more. */
  write(frame: Int16Array): boolean;
  /** What comes is silence in the file, and told as a gap, until it goes on. */
  pause(paused: boolean): void;
  /** Ends the file. `reason`: why it could not be written. */
  finish(): Promise<{ ms: number; gaps: Gap[]; reason?: string }>;
}

export function startTape(file: string, { mostMs = Infinity, paused = false }: TapeOptions = {}): Tape {
  const wav = createWavFile(file);
  /** Written to the file each second. */
  const second = new Int16Array(SAMPLE_RATE);
  const gaps: Gap[] = [];
  let filled = 0;
  let ms = 0;
  let gap: Gap | undefined;
  if (paused) pause(true);

  function pause(wanted: boolean): void {
    if (wanted === (gap !== undefined)) return;
    gap = wanted ? { fromMs: ms, toMs: ms } : undefined;
    if (gap) gaps.push(gap);
  }

  return {
    write(frame) {
      if (ms >= mostMs) return false;
      if (gap) gap.toMs += FRAME_MS;
      else second.set(frame, filled);
      filled += FRAME_SAMPLES;
      ms += FRAME_MS;
      if (filled === SAMPLE_RATE) {
        wav.append(second.slice());
        second.fill(0);
        filled = 0;
      }
      return true;
    },
    pause,
    async finish() {
      wav.append(second.slice(0, filled));
      return { ms, gaps, reason: await wav.close() };
    },
  };
}
