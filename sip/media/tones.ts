import { SAMPLE_RATE } from "./wav.ts";

/** A tone of a country (ITU-T E.180 supplement 2): frequencies in Hz that sound together, then on and off times in turn, in ms. */
type Cadence = [hz: number[], ...onOffMs: number[]];

interface Tones {
  ringback: Cadence;
  busy: Cadence;
  congestion: Cadence;
}

const DEFAULT: Tones = {
  ringback: [[425], 1000, 4000],
  busy: [[425], 500, 500],
  congestion: [[425], 250, 250],
};
const NORTH_AMERICA: Tones = {
  ringback: [[440, 480], 2000, 4000],
  busy: [[480, 620], 500, 500],
  congestion: [[480, 620], 250, 250],
};
const COUNTRIES: Record<string, Partial<Tones>> = {
  AU: { ringback: [[400, 450], 400, 200, 400, 2000], busy: [[425], 375, 375], congestion: [[425], 375, 375] },
  BE: { ringback: [[425], 1000, 3000], congestion: [[425], 167, 167] },
  CA: NORTH_AMERICA,
  ES: { ringback: [[425], 1500, 3000], busy: [[425], 200, 200], congestion: [[425], 200, 200, 200, 200, 200, 600] },
  FR: { ringback: [[440], 1500, 3500], busy: [[440], 500, 500], congestion: [[440], 250, 250] },
  GB: {
    ringback: [[400, 450], 400, 200, 400, 2000],
    busy: [[400], 375, 375],
    congestion: [[400], 400, 350, 225, 525],
  },
  IE: { ringback: [[400, 450], 400, 200, 400, 2000] },
  NZ: { ringback: [[400, 450], 400, 200, 400, 2000], busy: [[400], 500, 500], congestion: [[400], 250, 250] },
  PT: { ringback: [[425], 1000, 5000], congestion: [[425], 200, 200] },
  SE: { ringback: [[425], 1000, 5000], busy: [[425], 250, 250], congestion: [[425], 250, 750] },
  US: NORTH_AMERICA,
};
/** All frequencies together; about -20 dB below the loudest sine. */
const PEAK = 3200;
/** About -65 dBm0: an open line, and nothing that anybody listens to. */
const NOISE_PEAK = 20;

/** One period of a tone of a country (ISO 3166, two letters), to be played over and over. */
export function toneOf(kind: keyof Tones, country: string): Int16Array {
  const [hz, ...onOffMs] = COUNTRIES[country.toUpperCase()]?.[kind] ?? DEFAULT[kind];
  const period = new Int16Array(samplesIn(onOffMs.reduce((sum, ms) => sum + ms, 0)));
  onOffMs.reduce((at, ms, i) => {
    if (i % 2 === 0) period.set(tone(hz, ms), at);
    return at + samplesIn(ms);
  }, 0);
  return period;
}

/** What can be played beside files, by name. */
export function builtIn(country: string): ReadonlyMap<string, Int16Array> {
  return new Map([
    ["tone:busy", toneOf("busy", country)],
    ["tone:congestion", toneOf("congestion", country)],
    ["tone:comfort_noise", noise(5000)],
  ]);
}

/** The same each time. */
function noise(ms: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: samplesIn(ms) }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.round((seed / 0x3fffffff - 1) * NOISE_PEAK);
  });
}

function tone(hz: number[], ms: number): Int16Array {
  const value = (i: number) =>
    hz.reduce((sum, one) => sum + Math.sin((2 * Math.PI * one * i) / SAMPLE_RATE), 0) / hz.length;
  return Int16Array.from({ length: samplesIn(ms) }, (_, i) => Math.round(PEAK * value(i)));
}

function samplesIn(ms: number): number {
  return (ms * SAMPLE_RATE) / 1000;
}
