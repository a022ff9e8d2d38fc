import { SAMPLE_RATE } from "./wav.ts";

/** Ringback of a country (ITU-T E.180 supplement 2): frequencies in Hz that sound together, then on and off times in turn, in ms. */
type Ringback = [hz: number[], ...onOffMs: number[]];

const DEFAULT: Ringback = [[425], 1000, 4000];
const RINGBACK: Record<string, Ringback> = {
  AU: [[400, 450], 400, 200, 400, 2000],
  BE: [[425], 1000, 3000],
  CA: [[440, 480], 2000, 4000],
  ES: [[425], 1500, 3000],
  FR: [[440], 1500, 3500],
  GB: [[400, 450], 400, 200, 400, 2000],
  IE: [[400, 450], 400, 200, 400, 2000],
  NZ: [[400, 450], 400, 200, 400, 2000],
  PT: [[425], 1000, 5000],
  SE: [[425], 1000, 5000],
  US: [[440, 480], 2000, 4000],
};
/** All frequencies together; about -20 dB below the loudest sine. */
const PEAK = 3200;

/** One period of the ringback tone of a country (ISO 3166, two letters), to be played over and over. */
export function ringbackTone(country: string): Int16Array {
  const [hz, ...onOffMs] = RINGBACK[country.toUpperCase()] ?? DEFAULT;
  const period = new Int16Array(samplesIn(onOffMs.reduce((sum, ms) => sum + ms, 0)));
  onOffMs.reduce((at, ms, i) => {
    if (i % 2 === 0) period.set(tone(hz, ms), at);
    return at + samplesIn(ms);
  }, 0);
  return period;
}

function tone(hz: number[], ms: number): Int16Array {
  const value = (i: number) =>
    hz.reduce((sum, one) => sum + Math.sin((2 * Math.PI * one * i) / SAMPLE_RATE), 0) / hz.length;
  return Int16Array.from({ length: samplesIn(ms) }, (_, i) => Math.round(PEAK * value(i)));
}

function samplesIn(ms: number): number {
  return (ms * SAMPLE_RATE) / 1000;
}
