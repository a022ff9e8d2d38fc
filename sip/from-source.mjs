// Runs a worker thread from TypeScript sources (tests, `tsx`). The built package never loads this file.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.module);
