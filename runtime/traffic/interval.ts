import { gamma, normalQuantile } from "./laws.ts";

/** A figure over several replications: its mean and how far the true one may be from it, 95 times of 100. */
export interface Estimate {
  mean: number;
  /** Half the width of the 95 % confidence interval; absent for a single replication. */
  within?: number;
}

/** Figures of replications that are independent of one another; those without a value (nobody was answered) are left out. */
export function estimate(values: readonly (number | undefined)[]): Estimate | undefined {
  const known = values.filter((value) => value !== undefined);
  const count = known.length;
  if (count === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, within: studentQuantile(0.975, count - 1) * Math.sqrt(variance / count) };
}

/** Student's distribution backwards, for shares above one half. Found by halving: it is asked for a handful of times. */
export function studentQuantile(share: number, freedom: number): number {
  let low = 0;
  let high = 700;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (studentShare(middle, freedom) < share) low = middle;
    else high = middle;
  }
  return low;
}

/** The share below `t`, by Simpson's rule over t = √n tan θ, where the density is a power of the cosine. */
function studentShare(t: number, freedom: number): number {
  if (freedom > 340) return normalShare(t);
  const end = Math.atan(t / Math.sqrt(freedom));
  const steps = 200;
  let sum = 0;
  for (let nth = 0; nth <= steps; nth++) {
    const weight = nth === 0 || nth === steps ? 1 : nth % 2 === 1 ? 4 : 2;
    sum += weight * Math.cos((end * nth) / steps) ** (freedom - 1);
  }
  const scale =
    gamma((freedom + 1) / 2 + 1) /
    ((freedom + 1) / 2) /
    ((gamma(freedom / 2 + 1) / (freedom / 2)) * Math.sqrt(Math.PI));
  return 0.5 + (scale * sum * end) / steps / 3;
}

function normalShare(t: number): number {
  let low = 0.5;
  let high = 1 - 1e-12;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalQuantile(middle) < t) low = middle;
    else high = middle;
  }
  return low;
}
