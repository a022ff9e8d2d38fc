/** The endpoint in a worker thread of its own, so that signalling and strategies use two cores. */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { sibling, startThread } from "../thread.ts";
import type { Trust } from "./certificates.ts";
import type { Stats } from "./core.ts";
import type { LogEvent } from "./log.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "./start.ts";
import type { Address } from "./transport.ts";

type ThreadOptions = Omit<EndpointOptions, "log" | "died">;
type Ask =
  | { ask: "stats" | "stop"; number: number }
  | { ask: "trust"; trust: Trust }
  | { ask: "hear"; networks: string[] | undefined };
type Tell =
  | { tell: "started"; listen: string[]; app: Address }
  | { tell: "failed"; why: string }
  | { tell: "answer"; number: number; stats: Stats | undefined }
  | { tell: "log"; event: LogEvent };

/** The same as `startEndpoint`, in another thread. When that thread dies of a defect of ours, `log` and `died` hear of it. */
export async function startEndpointThread(options: EndpointOptions): Promise<Endpoint> {
  const { log, died, ...data } = options;
  const worker = startThread(sibling(import.meta.url, "thread"), data);
  const waiting = new Map<number, (stats: Stats | undefined) => void>();
  let asked = 0;
  let serving = false;
  let ended = false;
  let stopping: Promise<void> | undefined;
  let cause: Error | undefined;

  const started = await new Promise<Extract<Tell, { tell: "started" }>>((resolve, reject) => {
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (code) => {
      ended = true;
      for (const answer of waiting.values()) answer(undefined);
      waiting.clear();
      const error = cause ?? new Error(`the endpoint's thread ended with code ${code}`);
      reject(error);
      if (!serving || stopping) return;
      log?.({ kind: "died", why: error.stack ?? error.message, more: 0 });
      died?.(error);
    });
    worker.on("message", (told: Tell) => {
      if (told.tell === "started") {
        serving = true;
        resolve(told);
      } else if (told.tell === "failed") reject(new Error(told.why));
      else if (told.tell === "log") log?.(told.event);
      else {
        waiting.get(told.number)?.(told.stats);
        waiting.delete(told.number);
      }
    });
  });

  const ask = (what: "stats" | "stop") =>
    new Promise<Stats | undefined>((resolve) => {
      if (ended) return resolve(undefined);
      const number = asked++;
      waiting.set(number, resolve);
      worker.postMessage({ ask: what, number } satisfies Ask);
    });
  return {
    listen: started.listen,
    app: started.app,
    trust(trust) {
      if (!ended) worker.postMessage({ ask: "trust", trust } satisfies Ask);
    },
    hear(networks) {
      if (!ended) worker.postMessage({ ask: "hear", networks } satisfies Ask);
    },
    async stats() {
      const stats = await ask("stats");
      if (!stats) throw new Error("the endpoint has stopped");
      return stats;
    },
    // A dead thread answers every question, so this waits for nothing that cannot come.
    stop: () => (stopping ??= ask("stop").then(async () => void (await worker.terminate()))),
  };
}

/** The side inside the worker. */
async function serve(options: ThreadOptions): Promise<void> {
  const tell = (told: Tell) => parentPort?.postMessage(told);
  // The last net. Faults are caught where messages and timers come in (`core.ts`); what still comes here, out of a socket
  // or a promise, concerns one message of one call, and hundreds of others must not die of it. Their state is not touched
  // by it: every message and timer is a turn of its own.
  process.on("uncaughtException", (error) => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ tell: "log", event: { kind: "defect", why, more: 0 } });
  });
  try {
    const endpoint = await startEndpoint({ ...options, log: (event) => tell({ tell: "log", event }) });
    const answer = async (asked: Ask) => {
      if (asked.ask === "trust") return endpoint.trust(asked.trust);
      if (asked.ask === "hear") return endpoint.hear(asked.networks);
      if (asked.ask === "stop") await endpoint.stop().catch(() => {});
      tell({ tell: "answer", number: asked.number, stats: asked.ask === "stats" ? await endpoint.stats() : undefined });
    };
    parentPort?.on("message", (asked: Ask) => void answer(asked));
    tell({ tell: "started", listen: endpoint.listen, app: endpoint.app });
  } catch (error) {
    tell({ tell: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

const { module, data }: { module?: string; data?: ThreadOptions } = workerData ?? {};
if (!isMainThread && module === import.meta.url && data) await serve(data);
