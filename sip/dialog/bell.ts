/** Lets others wait until something may have changed; they look for themselves whether it has. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring. */
  rung(): Promise<void>;
}

export function createBell(): Bell {
  let waiting: (() => void)[] = [];
  return {
    ring() {
      const all = waiting;
      waiting = [];
      for (const resume of all) resume();
    },
    rung: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
