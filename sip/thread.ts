import { type TransferListItem, Worker } from "node:worker_threads";

/**
 * Starts `module` (its URL as written in the source, so ending in `.ts` before the build and in `.js` after) in a worker thread.
 * The module finds `data` in `workerData.data`.
 */
export function startThread(module: URL, data: unknown, transfer: TransferListItem[] = []): Worker {
  const workerData = { module: module.href, data };
  const fromSource = module.href.endsWith(".ts");
  return new Worker(fromSource ? new URL("./from-source.mjs", import.meta.url) : module, {
    workerData,
    transferList: transfer,
  });
}

/** The URL of a sibling module, given the `import.meta.url` of the one that asks and the name without its ending. */
export function sibling(from: string, name: string): URL {
  return new URL(`./${name}${from.endsWith(".ts") ? ".ts" : ".js"}`, from);
}
