/** Numbers from a seed (mulberry32), so that a run that fails can be run again. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    upTo: (most: number) => Math.floor(next() * (most + 1)),
    chance: (share: number) => next() < share,
    oneOf: <T>(first: T, ...others: T[]): T => others[Math.floor(next() * (others.length + 1)) - 1] ?? first,
  };
}

export type Dice = ReturnType<typeof dice>;
