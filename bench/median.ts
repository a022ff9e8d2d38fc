/** What the last round returned is kept, so that no round can be left out as useless. */
export let kept: unknown;

/** Rounds before those that count, while the engine makes fast code of what it runs; and the least that count. */
const warmUp = 12;
const least = 7;
/** Milliseconds after which enough was seen. */
const enough = 400;

/**
 * Median of the milliseconds that one round takes, after warm-up. Time of the processor and not of the clock: what else runs
 * on the machine does not count.
 */
export function median(work: () => unknown): number {
  rounds(work, 2, warmUp);
  const took = rounds(work, least, 500).toSorted((a, b) => a - b);
  return took[took.length >> 1] ?? 0;
}

function rounds(work: () => unknown, atLeast: number, atMost: number): number[] {
  const took: number[] = [];
  for (let total = 0; took.length < atLeast || (total < enough && took.length < atMost); ) {
    const start = process.cpuUsage();
    kept = work();
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    took.push(ms);
    total += ms;
  }
  return took;
}
