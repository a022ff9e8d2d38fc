import type { Site } from "../../language/index.ts";
import { type Event, type Json, readJson } from "../index.ts";
import { ask, reasonOf, type Secrets } from "./ask.ts";

export interface PollingOptions {
  secret: Secrets;
  deliver: (event: Event) => void;
  /** Told once when a site does not say its wait any more, and why. */
  failed?: (site: string, reason: string) => void;
}

export interface Polling {
  /** From now on these are asked, each as often as it says, the first time at once. */
  use(sites: Record<string, Site>): void;
  /** No event follows. */
  stop(): void;
}

/** What is older is not used, so an answer that takes longer is worth nothing. */
const LONGEST_MS = 5000;

/** Asks other sites how long calls are expected to wait there. A site that says nothing is unknown after 5 s. */
export function createPolling({ secret, deliver, failed }: PollingOptions): Polling {
  const timers: NodeJS.Timeout[] = [];
  /** By site: one request at a time. */
  const underWay = new Map<string, AbortController>();
  const silent = new Set<string>();

  async function poll(site: Site, url: string): Promise<void> {
    if (underWay.has(site.id)) return;
    const control = new AbortController();
    const patience = setTimeout(() => control.abort(new Error("no reply in time")), LONGEST_MS);
    underWay.set(site.id, control);
    const said = await waitAt(site, url, control.signal).catch(reasonOf);
    clearTimeout(patience);
    if (underWay.get(site.id) !== control) return;
    underWay.delete(site.id);
    if (typeof said === "number") {
      silent.delete(site.id);
      deliver({ type: "site.told", site: site.id, waitMs: said });
    } else if (!silent.has(site.id)) {
      silent.add(site.id);
      failed?.(site.id, said);
    }
  }

  async function waitAt({ token }: Site, url: string, signal: AbortSignal): Promise<number> {
    const { code, text } = await ask({ url, method: "GET", token, signal }, secret);
    if (code !== 200) throw new Error(`it replied ${code}`);
    const waitMs = waitIn(readJson(text));
    if (waitMs === undefined) throw new Error("its reply says no wait");
    return waitMs;
  }

  function stop(): void {
    for (const timer of timers.splice(0)) clearInterval(timer);
    const controls = [...underWay.values()];
    underWay.clear();
    for (const control of controls) control.abort();
  }

  return {
    use(sites) {
      stop();
      for (const site of Object.values(sites)) {
        const { poll: url, everyMs } = site;
        if (url === undefined) continue;
        void poll(site, url);
        timers.push(setInterval(() => void poll(site, url), everyMs).unref());
      }
    },
    stop,
  };
}

/** Seconds: a number, or `{ "ewt": … }`. */
function waitIn(reply: Json | undefined): number | undefined {
  const said = typeof reply === "object" && reply !== null && "ewt" in reply ? reply["ewt"] : reply;
  return typeof said === "number" && said >= 0 && said <= 86_400 ? Math.round(said * 1000) : undefined;
}
