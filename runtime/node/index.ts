/** What of the engine needs Node. */

export { systemClock } from "./clock.ts";
export { createJournalFile, type JournalFile, type JournalOptions, openJournal, type Sync } from "./journal-file.ts";
