/** What of the engine needs Node. */

export { systemClock } from "./clock.ts";
export {
  createHttp,
  createPost,
  createReach,
  type HttpHosts,
  type HttpOptions,
  type Post,
  type Reach,
} from "./http.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { createPolling, type Polling } from "./sites.ts";
export { createWebhooks, type Webhooks } from "./webhooks.ts";
export { createSealing, type Sealing } from "./seal.ts";
export { createMessages, type Draft, type Message, type Messages } from "./messages.ts";
export { createDocuments, DOCUMENTS, type Document, type Documents } from "./documents.ts";
export { promptFile } from "./prompt-file.ts";
export { readSecret } from "./secret.ts";
export { type JournalFile, type JournalOptions, openJournal, type Sync } from "./journal-file.ts";
export { keepProgram, keptProgram } from "./programs.ts";
