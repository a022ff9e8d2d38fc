/** The endpoint in a worker thread of its own, so that signalling and strategies use two cores. */
import { once } from "node:events";
import { isMainThread, parentPort, workerData, type Worker } from "node:worker_threads";
import { sibling, startThread } from "../thread.ts";
import type { Stats } from "./core.ts";
import type { LogEvent } from "./log.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "./start.ts";
import type { Address } from "./transport.ts";

type Ask = { ask: "stats" | "stop"; number: number };
type Tell =
  | { tell: "started"; listen: string[]; app: Address }
  | { tell: "failed"; why: string }
  | { tell: "answer"; number: number; stats: Stats | undefined }
  | { tell: "log"; event: LogEvent };

/** The same as `startEndpoint`, in another thread. When that thread dies of a defect of ours, `log` hears of it. */
export async function startEndpointThread(options: EndpointOptions): Promise<Endpoint> {
  const { log, ...data } = options;
  const worker = startThread(sibling(import.meta.url, "thread"), data);
  const waiting = new Map<number, (stats: Stats | undefined) => void>();
  let asked = 0;

  const started = await new Promise<Extract<Tell, { tell: "started" }>>((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (told: Tell) => {
      if (told.tell === "started") resolve(told);
      else if (told.tell === "failed") reject(new Error(told.why));
      else if (told.tell === "log") log?.(told.event);
      else {
        waiting.get(told.number)?.(told.stats);
        waiting.delete(told.number);
      }
    });
  });
  worker.on("error", (error) => log?.({ kind: "died", why: error.stack ?? error.message, more: 0 }));
  worker.on("exit", () => {
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  });

  const ask = (what: Ask["ask"]) =>
    new Promise<Stats | undefined>((resolve) => {
      const number = asked++;
      waiting.set(number, resolve);
      worker.postMessage({ ask: what, number } satisfies Ask);
    });
  return {
    listen: started.listen,
    app: started.app,
    async stats() {
      const stats = await ask("stats");
      if (!stats) throw new Error("the endpoint has stopped");
      return stats;
    },
    stop: () => end(worker, () => ask("stop")),
  };
}

async function end(worker: Worker, stop: () => Promise<unknown>): Promise<void> {
  await Promise.race([stop(), once(worker, "exit")]);
  await worker.terminate();
}

/** The side inside the worker. */
async function serve(options: Omit<EndpointOptions, "log">): Promise<void> {
  const tell = (told: Tell) => parentPort?.postMessage(told);
  try {
    const endpoint = await startEndpoint({ ...options, log: (event) => tell({ tell: "log", event }) });
    const answer = async ({ ask, number }: Ask) => {
      if (ask === "stop") await endpoint.stop();
      tell({ tell: "answer", number, stats: ask === "stats" ? await endpoint.stats() : undefined });
    };
    parentPort?.on("message", (asked: Ask) => void answer(asked));
    tell({ tell: "started", listen: endpoint.listen, app: endpoint.app });
  } catch (error) {
    tell({ tell: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

const { module, data }: { module?: string; data?: Omit<EndpointOptions, "log"> } = workerData ?? {};
if (!isMainThread && module === import.meta.url && data) await serve(data);
