import { SAMPLE_RATE } from "./wav.ts";
import { createWavFile } from "./wav-file.ts";

/** Writes what a leg hears to a WAV file, each packet where its timestamp belongs; what is missing is silence. */
export interface Recorder {
  /** A packet of sound that came at `now`, in ms. */
  hear(packet: { timestamp: number; ssrc: number }, samples: Int16Array, now: number): void;
  /** Ends the file, which starts with the first packet and ends with the last. `reason`: why it could not be written. */
  finish(): Promise<{ ms: number; reason?: string }>;
}

/** Packets may be late by this much; later ones are lost. */
const LATE_SAMPLES = SAMPLE_RATE / 2;
const WINDOW_SAMPLES = LATE_SAMPLES * 4;
/** Timestamps are believed as long as they keep to real time. So nobody can make the file grow faster than time goes by. */
const DRIFT_SAMPLES = SAMPLE_RATE;

export function startRecorder(file: string): Recorder {
  const wav = createWavFile(file);
  /** Samples from `start` on, not in the file yet. */
  const window = new Int16Array(WINDOW_SAMPLES);
  let start = 0;
  let end = 0;
  let startedAt: number | undefined;
  /** A timestamp and the sample it belongs to. */
  let anchor = { ssrc: -1, timestamp: 0, at: 0 };

  function place(packet: { timestamp: number; ssrc: number }, now: number): number {
    startedAt ??= now;
    const live = Math.round(((now - startedAt) * SAMPLE_RATE) / 1000);
    const at = anchor.at + ((packet.timestamp - anchor.timestamp) | 0);
    if (packet.ssrc === anchor.ssrc && Math.abs(at - live) <= DRIFT_SAMPLES) return at;
    const next = Math.max(live, end);
    if (next - live > DRIFT_SAMPLES) return -1;
    anchor = { ssrc: packet.ssrc, timestamp: packet.timestamp, at: next };
    return next;
  }

  function flush(samples: number): void {
    wav.append(window.slice(0, samples));
    window.copyWithin(0, samples);
    window.fill(0, WINDOW_SAMPLES - samples);
    start += samples;
  }

  return {
    hear(packet, samples, now) {
      const at = place(packet, now);
      if (at < start) return;
      end = Math.max(end, at + samples.length);
      while (end - start > WINDOW_SAMPLES) flush(Math.min(WINDOW_SAMPLES, end - start - LATE_SAMPLES));
      window.set(samples, at - start);
    },
    async finish() {
      flush(end - start);
      return { ms: Math.round((end * 1000) / SAMPLE_RATE), reason: await wav.close() };
    },
  };
}
