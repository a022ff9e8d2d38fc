/** What the last round returned is kept, so that no round can be left out as useless. */
export let kept: unknown;

/** Rounds before those that count, while the engine makes fast code of what it runs; and the least that count. */
const warmUp = 12;
const least = 7;
/** Milliseconds after which enough was seen. */
const enough = 400;

/** Milliseconds of the processor, and not of the clock, since this was called: what else runs on the machine does not count. */
export function stopwatch(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** Median of the milliseconds of the processor that one round takes, after warm-up. */
export function median(work: () => unknown): number {
  rounds(work, 2, warmUp);
  return middle(rounds(work, least, 500));
}

/** The same of a round that is over when its promise is. */
export async function laterMedian(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < warmUp + least; round++) {
    const watch = stopwatch();
    kept = await work();
    if (round >= warmUp) took.push(watch());
  }
  return middle(took);
}

function rounds(work: () => unknown, atLeast: number, atMost: number): number[] {
  const took: number[] = [];
  for (let total = 0; took.length < atLeast || (total < enough && took.length < atMost); ) {
    const watch = stopwatch();
    kept = work();
    const ms = watch();
    took.push(ms);
    total += ms;
  }
  return took;
}

function middle(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[took.length >> 1] ?? 0;
}
