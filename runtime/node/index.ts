/** What of the engine needs Node. */

export { systemClock } from "./clock.ts";
export { createHttp, type HttpHosts, type HttpOptions } from "./http.ts";
export { readSecret } from "./secret.ts";
export { createJournalFile, type JournalFile, type JournalOptions, openJournal, type Sync } from "./journal-file.ts";
