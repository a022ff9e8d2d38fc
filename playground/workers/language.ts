import type { Site, TextFile } from "../model.ts";
import { change, current, follow } from "../store.ts";
import { Asked, NoAnswer } from "./ask.ts";
import type { LanguageApi } from "./language.worker.ts";

/*
 * The editor service in its worker: it is told every change of the texts at once, and asked for findings as fast as it answers.
 * Messages keep their order, so that a question is always about the text as it stands.
 */

/** A text that takes longer is tried once more with the second, before anything is told: a machine may be slow for a while. */
const PATIENCE_MS = { first: 5000, again: 20_000 };

export const language = new Asked<LanguageApi>(
  () => new Worker(new URL("./language.worker.ts", import.meta.url), { type: "module" }),
  { silentMs: PATIENCE_MS.first, onStop: stopped },
);

/** For what does not hang on the texts: where one of them has the worker stopped meanwhile, the next worker is asked. */
export async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.why !== "over budget") throw error;
    }
  }
}

/** Whether the worker has the texts; a new one has none. */
let isOpen = false;
let isAsking = false;
let isStale = false;
/** Whether the worker was stopped at the texts as they are, and begins anew with them. */
let isAgain = false;

/** Begins to follow the texts of the page. */
export function startChecking(): void {
  follow(({ site }) => site, tell);
  tell(current().site, current().site);
}

function tell(now: Site, before: Site): void {
  isAgain = false;
  language.silentMs = PATIENCE_MS.first;
  send(now, before);
  if (!isAsking) void check();
}

function send(now: Site, before: Site): void {
  const written = isOpen ? onlyChange(now, before) : undefined;
  const told = written ? language.ask("write", written.path, written.text) : language.ask("open", now);
  // Whoever waits for findings hears what becomes of the worker.
  told.catch(() => undefined);
  isOpen = true;
  isStale = true;
}

/** Somebody writes: one text is another, all else is as it was. */
function onlyChange(now: Site, before: Site): TextFile | undefined {
  if (now.files.length !== before.files.length || now.prompts !== before.prompts) return undefined;
  const changed = now.files.filter((file, nth) => file !== before.files[nth]);
  const [file] = changed;
  return file && changed.length === 1 && before.files.some(({ path }) => path === file.path) ? file : undefined;
}

/** One question at a time: what was written meanwhile is looked at when the answer is there. */
async function check(): Promise<void> {
  isAsking = true;
  try {
    while (isStale) {
      isStale = false;
      await lookOnce();
    }
  } finally {
    isAsking = false;
  }
}

async function lookOnce(): Promise<void> {
  try {
    const findings = await language.ask("findings");
    change((page) => {
      page.findings = findings;
      page.checking = "ready";
    });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

/** A text that took too long twice is not read again before it changes. */
function stopped(why: NoAnswer["why"]): void {
  isOpen = false;
  const { site } = current();
  if (why === "over budget" && !isAgain) {
    isAgain = true;
    language.silentMs = PATIENCE_MS.again;
    return send(site, site);
  }
  language.silentMs = PATIENCE_MS.first;
  change((page) => {
    page.findings = {};
    page.checking = "stopped";
  });
}
