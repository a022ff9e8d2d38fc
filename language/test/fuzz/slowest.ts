/** Tells how long pieces of work took, and which were slow again when they were done anew. */
export function slowest() {
  let total = 0;
  let count = 0;
  let longest = { seed: 0, ms: 0 };
  const slow: { seed: number; work: () => unknown }[] = [];

  return {
    /** Runs `work`, which a seed makes. */
    time<V>(seed: number, work: () => V): V {
      const start = performance.now();
      const result = work();
      const ms = performance.now() - start;
      total += ms;
      count++;
      if (ms > longest.ms) longest = { seed, ms };
      if (ms > 20) slow.push({ seed, work });
      return result;
    },

    /** Seeds whose work takes longer than `limit` each time, in time of the processor: others may have had the clock's. */
    above(limit: number): number[] {
      return slow.filter(({ work }) => best(work) > limit).map(({ seed }) => seed);
    },

    report(): string {
      const worst = Math.max(0, ...slow.map(({ work }) => best(work)));
      const each = (total / Math.max(1, count)).toFixed(2);
      return `${each} ms each; the longest ${longest.ms.toFixed(0)} ms by the clock; the slowest done anew ${worst.toFixed(1)} ms`;
    },
  };
}

/** The least time of the processor, in milliseconds, of three runs. */
function best(work: () => unknown): number {
  const runs = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}
