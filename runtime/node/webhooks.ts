import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Webhook } from "../../language/index.ts";
import type { EventRecord } from "../index.ts";
import { ask, reasonOf, type Secrets } from "./ask.ts";

export interface WebhookOptions {
  /** Of this run: with the number of a record it makes an id that never comes twice. */
  run: string;
  /** As it stands in the directory; asked for each record. */
  webhooks: () => Record<string, Webhook>;
  /** A record as JSON. */
  line: (record: EventRecord) => string;
  secret: Secrets;
  /** Told when records are given up, how many since the last time, and why. */
  failed?: (webhook: string, lost: number, reason: string) => void;
  /** The rest after the first failed try; each further one is twice as long. 1 s unless said. */
  restMs?: number;
}

export interface Webhooks {
  see(record: EventRecord): void;
  /** Sends what waits, for 2 s at most, and gives up the rest. */
  stop(): Promise<void>;
}

/** Of one record: 1 + 2 + 4 + … s of rest make about two minutes. */
const TRIES = 8;
const TRY_MS = 10_000;
/** After so many failed tries the failover is asked. */
const BEFORE_FAILOVER = 2;
/** Records that wait for one webhook. */
const MOST_WAITING = 10_000;
const LAST_WORDS_MS = 2000;

interface Waiting {
  records: EventRecord[];
  busy: boolean;
}

/**
 * Sends event records to the webhooks of the directory: to each in order, one at a time, until it takes it with a 2xx. The id stays
 * the same in all tries and at the failover, so that a receiver can tell a record that comes twice.
 */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const { webhooks, failed, restMs = 1000 } = options;
  const lines = new Map<string, Waiting>();
  const over = new AbortController();
  const underWay = new Set<AbortController>();

  function see(record: EventRecord): void {
    for (const hook of Object.values(webhooks())) {
      if (!wants(hook, record.type)) continue;
      const line = lines.get(hook.id) ?? { records: [], busy: false };
      lines.set(hook.id, line);
      if (line.records.length >= MOST_WAITING) {
        failed?.(hook.id, line.records.splice(0).length, "too many records wait");
      }
      line.records.push(record);
      if (!line.busy) void empty(hook.id, line);
    }
  }

  async function empty(id: string, line: Waiting): Promise<void> {
    line.busy = true;
    for (let record = line.records[0]; record && !over.signal.aborted; record = line.records[0]) {
      const hook = webhooks()[id];
      const reason = hook && (await send(hook, record));
      if (over.signal.aborted) break;
      // Those before it may have been given up meanwhile.
      if (line.records[0] === record) line.records.shift();
      if (reason !== undefined) failed?.(id, 1, reason);
    }
    line.busy = false;
  }

  /** Why it was not taken by anybody; undefined when it was. */
  async function send(hook: Webhook, record: EventRecord): Promise<string | undefined> {
    let reason: string | undefined;
    for (let tries = 0; tries < TRIES && !over.signal.aborted; tries++) {
      if (tries > 0) await pause(restMs * 2 ** (tries - 1), undefined, { signal: over.signal }).catch(() => undefined);
      reason = await sendOnce(hook, tries < BEFORE_FAILOVER ? hook.url : (hook.failover ?? hook.url), record);
      if (reason === undefined) return undefined;
    }
    return reason;
  }

  async function sendOnce(hook: Webhook, url: string, record: EventRecord): Promise<string | undefined> {
    const control = new AbortController();
    const patience = setTimeout(() => control.abort(new Error("no reply in time")), TRY_MS);
    underWay.add(control);
    try {
      const body = options.line(record);
      const headers = {
        "cordboard-event": record.type,
        "cordboard-id": `${options.run}-${record.seq}`,
        "cordboard-version": "1",
        ...signed(hook, body),
      };
      const { code } = await ask({ url, method: "POST", body, headers, signal: control.signal }, options.secret);
      return code >= 200 && code < 300 ? undefined : `it replied ${code}`;
    } catch (error) {
      return reasonOf(error);
    } finally {
      clearTimeout(patience);
      underWay.delete(control);
    }
  }

  /** Without its secret nothing is sent: the receiver could not tell it from a forgery. */
  function signed({ secret }: Webhook, body: string): Record<string, string> {
    if (!secret) return {};
    const key = options.secret(secret);
    if (key === undefined) throw new Error("its secret cannot be had");
    return { "cordboard-signature": `sha256=${createHmac("sha256", key).update(body).digest("hex")}` };
  }

  return {
    see,
    async stop() {
      const until = Date.now() + LAST_WORDS_MS;
      while (Date.now() < until && [...lines.values()].some(({ busy }) => busy)) await pause(20);
      over.abort();
      for (const control of underWay) control.abort();
      for (const [id, { records }] of lines) if (records.length > 0) failed?.(id, records.length, "the run has ended");
    },
  };
}

/** `call.*` is all of calls; no names are all. */
function wants({ events }: Webhook, type: string): boolean {
  return (
    events.length === 0 ||
    events.some((name) => name === type || (name.endsWith(".*") && type.startsWith(name.slice(0, -1))))
  );
}
