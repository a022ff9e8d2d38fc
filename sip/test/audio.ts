/** How loud samples are: the root of their mean square, 0 for silence, 32,767 at most. */
export function energy(samples: Int16Array): number {
  return Math.sqrt((squaresUpTo(samples).at(-1) ?? 0) / Math.max(1, samples.length));
}

/**
 * Looks for `wanted` within `heard`: the normalised cross-correlation at the best lag, 1 for the same sound at whatever loudness. What
 * is missing of `wanted` lowers it. `lag` is where it starts in `heard`, in samples, negative when its start is missing.
 */
export function correlate(wanted: Int16Array, heard: Int16Array): { correlation: number; lag: number } {
  const wantedSquares = squaresUpTo(wanted).at(-1) ?? 0;
  const heardSquares = squaresUpTo(heard);
  const half = wanted.length >> 1;
  let best = { correlation: 0, lag: 0 };
  for (let lag = -half; lag < heard.length - half; lag++) {
    const start = Math.max(0, -lag);
    const end = Math.min(wanted.length, heard.length - lag);
    let product = 0;
    for (let i = start; i < end; i++) product += (wanted[i] ?? 0) * (heard[i + lag] ?? 0);
    const squares = (heardSquares[end + lag] ?? 0) - (heardSquares[start + lag] ?? 0);
    const correlation = product > 0 ? product / Math.sqrt(wantedSquares * squares) : 0;
    if (correlation > best.correlation) best = { correlation, lag };
  }
  return best;
}

/** How well `wanted` can be heard somewhere in `heard`: 0 to 1. */
export function correlation(heard: Int16Array, wanted: Int16Array): number {
  return correlate(wanted, heard).correlation;
}

/** Sums of squares: the entry `i` is that of the first `i` samples. */
function squaresUpTo(samples: Int16Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) sums[i + 1] = (sums[i] ?? 0) + (samples[i] ?? 0) ** 2;
  return sums;
}
