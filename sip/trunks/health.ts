import type { Directory, Trunk } from "../../language/index.ts";
import type { Event } from "../../runtime/index.ts";
import type { Logger } from "../log.ts";
import type { Signalling } from "../dialog/srf.ts";
import { ask } from "./requests.ts";

/** Which next hops of trunks live, as OPTIONS tell. → `trunk.changed` when the last of a trunk goes, and when one comes back */
export interface Health {
  isUp(hop: string): boolean;
  /** From now on the hops of this directory are asked. */
  use(directory: Directory): void;
  stop(): void;
}

/** One that is down is asked this often at least, so that it is missed no longer than need be. */
const DOWN_MS = 5000;
const ANSWER_MS = 5000;

export function createHealth(options: {
  signalling: Signalling;
  deliver: (event: Event) => void;
  log: Logger;
}): Health {
  const { signalling, deliver, log } = options;
  const down = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  /** Trunks that were told to be down. */
  const downTrunks = new Set<string>();
  let trunks: Trunk[] = [];
  let round = {};

  async function probe(hop: string, everyMs: number, mine: object): Promise<void> {
    const status = await askWhetherItLives(signalling, hop);
    if (mine !== round) return;
    const lives = livesBy(status);
    if (lives !== isUp(hop)) {
      if (lives) down.delete(hop);
      else down.add(hop);
      const about = { trunk: trunksBy(hop), hop, status };
      if (lives) log.info(about, "a next hop is back");
      else log.warn({ ...about, hint: "`health: never` where it answers no OPTIONS" }, "a next hop does not answer");
      tell();
    }
    const wait = lives ? everyMs : Math.min(everyMs, DOWN_MS);
    timers.set(hop, setTimeout(() => void probe(hop, everyMs, mine), wait).unref());
  }

  const isUp = (hop: string): boolean => !down.has(hop);

  const trunksBy = (hop: string): string =>
    trunks.flatMap(({ id, to, healthMs }) => (healthMs !== undefined && to.includes(hop) ? [id] : [])).join(", ");

  function tell(): void {
    for (const { id, to, healthMs } of trunks) {
      const up = healthMs === undefined || to.length === 0 || to.some(isUp);
      if (up !== downTrunks.has(id)) continue;
      if (up) downTrunks.delete(id);
      else downTrunks.add(id);
      deliver({ type: "trunk.changed", trunk: id, up });
    }
  }

  return {
    isUp,
    use(directory) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      round = {};
      trunks = Object.values(directory.trunks);
      const asked = new Map<string, number>();
      for (const { to, healthMs } of trunks) {
        for (const hop of healthMs === undefined ? [] : to) {
          asked.set(hop, Math.min(healthMs ?? 0, asked.get(hop) ?? Infinity));
        }
      }
      for (const hop of down) if (!asked.has(hop)) down.delete(hop);
      tell();
      for (const [hop, everyMs] of asked) void probe(hop, everyMs, round);
    },
    stop() {
      round = {};
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** → the status that a next hop answers to OPTIONS */
export async function askWhetherItLives(signalling: Pick<Signalling, "request">, hop: string): Promise<number> {
  const headers = { "Max-Forwards": "70", Accept: "application/sdp" };
  return (await ask(signalling, { method: "OPTIONS", uri: hop, headers, withinMs: ANSWER_MS })).status;
}

/** Whatever is answered shows that somebody is there, but for what says that it does not serve now. */
export function livesBy(status: number): boolean {
  return status !== 408 && status !== 503;
}
