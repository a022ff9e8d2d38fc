/* What queueing theory says of a group of agents, from the formulas. Load is in erlangs: calls a second times seconds a call. */

/** Erlang B: the share of calls that find everybody busy and are lost. */
export function erlangB(agents: number, load: number): number {
  let inverse = 1;
  for (let n = 1; n <= agents; n++) inverse = 1 + (inverse * n) / load;
  return 1 / inverse;
}

/** Erlang C: the share that waits, nobody ever giving up, and the mean wait of all in units of the mean call. */
export function erlangC(agents: number, load: number): { waits: number; wait: number } {
  const lost = erlangB(agents, load);
  const waits = lost / (1 - (load / agents) * (1 - lost));
  return { waits, wait: waits / (agents - load) };
}

/**
 * Erlang A: as C, but callers give up after an exponential time, `patience` mean calls long. The share that gives up, and the mean wait
 * of all in units of the mean call.
 */
export function erlangA(agents: number, load: number, patience: number): { abandons: number; wait: number } {
  // Chances of each number of calls in the house, relative to an empty one, until they no longer count.
  const chances = [1];
  for (let n = 1; ; n++) {
    const leaves = Math.min(n, agents) + Math.max(0, n - agents) / patience;
    const next = ((chances[n - 1] ?? 0) * load) / leaves;
    if (n > agents && next < 1e-15 * Math.max(...chances)) break;
    chances.push(next);
  }
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  const line = chances.reduce((sum, chance, n) => sum + (Math.max(0, n - agents) * chance) / all, 0);
  return { abandons: line / patience / load, wait: line / load };
}
