import type { Worker } from "node:worker_threads";
import type { MediaCommand, MediaEvent, MediaLeg, MediaPort } from "./port.ts";

export type ToService = MediaCommand | { type: "stopService" };
export type FromService = MediaEvent | { type: "ready" };

export interface RemoteOptions {
  /** Starts the service, now and again each time it has crashed. */
  start: () => Worker;
  /** Told of each crash, once its legs are reported closed, and of each failed attempt to start again. */
  crashed?: (error: Error) => void;
  /** How long a crashed service stays down; in the meantime legs are refused. 1000 by default. */
  restartMs?: number;
}

/** A port to a service in a worker thread. Rejects where the service cannot start. */
export async function connectService({ start, crashed, restartMs = 1000 }: RemoteOptions): Promise<MediaPort> {
  /** The legs of the service, and whether they are open yet. */
  const legs = new Map<MediaLeg, "opening" | "open">();
  let listener: ((event: MediaEvent) => void) | undefined;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  worker = await run();

  function run(): Promise<Worker> {
    const started = start();
    let cause: Error | undefined;
    return new Promise((ready, reject) => {
      started.on("message", (message: FromService) => {
        if (message.type === "ready") ready(started);
        else deliver(message);
      });
      started.on("error", (error) => {
        cause = error;
      });
      started.on("exit", (code) => {
        const error = cause ?? new Error(`the media service ended with code ${code}`);
        reject(error);
        if (started === worker) lost(error);
      });
    });
  }

  function deliver(event: MediaEvent): void {
    if (event.type === "opened") legs.set(event.leg, "open");
    if (event.type === "closed") legs.delete(event.leg);
    if (event.type === "refused" && legs.get(event.leg) === "opening") legs.delete(event.leg);
    listener?.(event);
  }

  function lost(error: Error): void {
    worker = undefined;
    if (stopping) return;
    const reason = `the media service failed: ${error.message}`;
    const gone = new Map(legs);
    legs.clear();
    for (const [leg, state] of gone) {
      const open = state === "open";
      listener?.(open ? { type: "closed", leg, sent: 0, received: 0, reason } : { type: "refused", leg, reason });
    }
    crashed?.(error);
    again();
  }

  function again(): void {
    restart = setTimeout(() => void rerun(), restartMs);
  }

  async function rerun(): Promise<void> {
    try {
      worker = await run();
    } catch (error) {
      worker = undefined;
      crashed?.(error instanceof Error ? error : new Error(String(error)));
    }
    if (stopping) await worker?.terminate();
    else if (!worker) again();
  }

  return {
    send(command) {
      if (command.type === "open" && !legs.has(command.leg)) legs.set(command.leg, "opening");
      if (worker) return worker.postMessage(command);
      const refused: MediaEvent = { type: "refused", leg: command.leg, reason: "the media service is down" };
      if (command.type === "open") queueMicrotask(() => deliver(refused));
    },
    listen(to) {
      listener = to;
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const leaving = worker;
      if (!leaving) return;
      const gone = new Promise((done) => leaving.once("exit", done));
      leaving.postMessage({ type: "stopService" } satisfies ToService);
      await gone;
    },
  };
}
