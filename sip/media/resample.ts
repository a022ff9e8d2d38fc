/** All channels in one, none louder than it was. */
export function mixed(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(Math.floor(samples.length / channels));
  for (let i = 0; i < mono.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[i * channels + channel] ?? 0;
    mono[i] = Math.round(sum / channels);
  }
  return mono;
}

/** Lobes of the filter on each side: more is steeper and slower. */
const LOBES = 8;

/** A lower rate, through a low pass: a sinc under a raised cosine. Both rates are whole numbers. */
export function resampled(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const half = Math.ceil((LOBES * from) / to);
  const phases = to / commonDivisor(from, to);
  const filters = Array.from({ length: phases }, (_, phase) => lowPass(((phase * from) % to) / to, from / to, half));
  const result = new Int16Array(Math.floor((samples.length * to) / from));
  for (let i = 0; i < result.length; i++) {
    const first = Math.floor((i * from) / to) - half + 1;
    const value = Math.round(weighted(samples, first, filters[i % phases] ?? new Float64Array()));
    result[i] = Math.max(-32_768, Math.min(32_767, value));
  }
  return result;
}

/** Weights of the samples around a point that lies `fraction` behind one of them; together 1. */
function lowPass(fraction: number, ratio: number, half: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * half }, (_, i) => {
    const x = (i - half + 1 - fraction) / ratio;
    if (Math.abs(x) >= LOBES) return 0;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / LOBES));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function weighted(samples: Int16Array, first: number, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (samples[first + i] ?? 0) * (weights[i] ?? 0);
  return sum;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
