import { unreachable } from "../defect.ts";
import { draw } from "../random.ts";

/*
 * Lengths of time by chance. Each is found by turning one number between 0 and 1 into the length below which that share of all
 * lies, so that the n-th caller of two runs that are compared draws the same.
 */

/** A distribution of lengths. All in milliseconds. */
export type Law =
  | { is: "constant"; mean: number }
  | { is: "exponential"; mean: number }
  | { is: "lognormal"; mean: number; sd: number }
  | { is: "weibull"; mean: number; shape: number }
  /** As measured; `lengths` ascend. */
  | { is: "empirical"; lengths: number[] };

/** Between 0 and 1, both excluded: the `count`-th number of one stream. */
export type Lots = (count: number) => number;

export function lotsOf(seed: number, stream: string): Lots {
  const own = draw(seed, stream, 0);
  return (count) => (draw(own, "", count) + 0.5) / 2 ** 32;
}

/** Turns a share into the length below which that share lies. */
export function quantileOf(law: Law): (share: number) => number {
  switch (law.is) {
    case "constant":
      return () => law.mean;
    case "exponential":
      return (share) => -law.mean * Math.log1p(-share);
    case "lognormal": {
      const spread = Math.log1p((law.sd / law.mean) ** 2);
      const middle = Math.log(law.mean) - spread / 2;
      return (share) => Math.exp(middle + Math.sqrt(spread) * normalQuantile(share));
    }
    case "weibull": {
      const scale = law.mean / gamma(1 + 1 / law.shape);
      return (share) => scale * (-Math.log1p(-share)) ** (1 / law.shape);
    }
    case "empirical":
      return (share) => between(law.lengths, share);
    default:
      return unreachable(law);
  }
}

/** Straight lines between what was measured. */
function between(lengths: readonly number[], share: number): number {
  const place = share * (lengths.length - 1);
  const below = lengths[Math.floor(place)] ?? 0;
  const above = lengths[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The standard normal distribution backwards, by the rational approximations of P. J. Acklam; the relative error stays below
 * 1.2e-9.
 */
export function normalQuantile(share: number): number {
  const tail = 0.02425;
  if (share > 1 - tail) return -normalQuantile(1 - share);
  if (share < tail) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(q, tailAbove) / polynomial(q, tailBelow);
  }
  const q = share - 0.5;
  return (q * polynomial(q * q, middleAbove)) / polynomial(q * q, middleBelow);
}

// oxlint-disable unicorn/numeric-separators-style
const middleAbove = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const middleBelow = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const tailAbove = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const tailBelow = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
// oxlint-enable unicorn/numeric-separators-style

/** Highest power first. */
function polynomial(x: number, factors: readonly number[]): number {
  return factors.reduce((sum, factor) => sum * x + factor, 0);
}

/** Γ(x) for x ≥ 1, by Lanczos' approximation. */
export function gamma(x: number): number {
  const z = x - 1;
  const sum = lanczos.reduce((total, factor, nth) => total + factor / (z + nth + 1), 0.99999999999980993);
  const t = z + lanczos.length - 0.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
