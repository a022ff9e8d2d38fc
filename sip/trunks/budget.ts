/** How often each of many may do something. */
export interface Budget {
  /** Whether he may now. */
  has(name: string): boolean;
  spend(name: string): void;
}

/** Who is remembered; of more, those are forgotten who did nothing for longest. */
const MAX_REMEMBERED = 10_000;

/** So many at once, and one more after each `eachMs`. `now` in ms. */
export function createBudget({ atOnce, eachMs }: { atOnce: number; eachMs: number }, now: () => number): Budget {
  /** Until when what each has done counts. */
  const spent = new Map<string, number>();
  return {
    has: (name) => (spent.get(name) ?? 0) - now() <= (atOnce - 1) * eachMs,
    spend: (name) => remember(spent, name, Math.max(spent.get(name) ?? 0, now()) + eachMs),
  };
}

/** The latest stand at the end; the oldest are forgotten. */
export function remember<V>(all: Map<string, V>, name: string, value: V): void {
  all.delete(name);
  all.set(name, value);
  const [oldest] = all.keys();
  if (all.size > MAX_REMEMBERED && oldest !== undefined) all.delete(oldest);
}
