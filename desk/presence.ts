import type { Event } from "../runtime/index.ts";

export interface Presence {
  /** A desk of this agent is open; returns how to say that it has closed. */
  join(agent: string): () => void;
  isOpen(agent: string): boolean;
  stop(): void;
}

/** A page that is loaded anew, or loses its connection for a moment, is back by then. */
export const GRACE_MS = 15_000;

/**
 * Whoever has a desk open and closes it cannot be reached any more: he is neither ready nor staffed, whatever he said before. Who works
 * with his phone alone is never asked. `gone`: who had closed his desk before, when another run served him.
 */
export function createPresence(
  deliver: (event: Event) => void,
  graceMs: number = GRACE_MS,
  gone: readonly string[] = [],
): Presence {
  const open = new Map<string, number>();
  const closing = new Map<string, ReturnType<typeof setTimeout>>();
  const away = new Set(gone);
  let stopped = false;

  function close(agent: string): void {
    closing.delete(agent);
    away.add(agent);
    deliver({ type: "agent.claimed", agent, source: "browser", state: "offline", reason: "desk closed" });
  }

  return {
    join(agent) {
      open.set(agent, (open.get(agent) ?? 0) + 1);
      clearTimeout(closing.get(agent));
      closing.delete(agent);
      if (away.delete(agent)) deliver({ type: "agent.claimed", agent, source: "browser" });
      let isOpen = true;
      return () => {
        if (!isOpen || stopped) return;
        isOpen = false;
        const left = (open.get(agent) ?? 1) - 1;
        open.set(agent, left);
        if (left > 0) return;
        open.delete(agent);
        closing.set(agent, setTimeout(close, graceMs, agent));
      };
    },
    isOpen: (agent) => open.has(agent),
    stop() {
      stopped = true;
      for (const timer of closing.values()) clearTimeout(timer);
      closing.clear();
    },
  };
}
