import { ask, askMe, follow, Refused, tell, useToken } from "./link.ts";
import {
  type AgentRow,
  type CallRow,
  type Line,
  type MailboxRow,
  type Notice,
  type Page,
  type PreviewRow,
  type QueueView,
  type TextRow,
  nameOf,
} from "./model.ts";
import { change, current } from "./store.ts";
import { isLanguage, reasonIn, type WordKey } from "./words.ts";

/* What the page does: it signs in, follows the records, and looks again at what they say has changed. */

/** A desk belongs to somebody; the supervisor's page shows everybody. */
export const isDesk = !location.pathname.startsWith("/supervisor");

/** Asks who sits here. */
export async function open(): Promise<void> {
  try {
    const me = await askMe();
    const { languages } = me;
    const chosen = localStorage.getItem("cordboard.language") ?? languages.find(isLanguage) ?? "en";
    change({ me, language: isLanguage(chosen) ? chosen : "en" });
    const agent = me.agent ?? sessionStorage.getItem("cordboard.agent") ?? undefined;
    const agents = await ask<AgentRow[]>("/api/agents");
    if (!isDesk) return begin(me.agent);
    if (agent !== undefined && agents.some(({ id }) => id === agent)) return begin(agent);
    change({ at: "choose", agents });
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) return fail(error);
    useToken("");
    change({ at: "sign in" });
  }
}

export async function signIn(token: string): Promise<void> {
  useToken(token.trim());
  await open();
  if (current().at === "sign in") notice("tokenRefused", { isBad: true });
  else change({ notices: [] });
}

/** On this machine: whose desk it is. */
export function choose(agent: string): void {
  sessionStorage.setItem("cordboard.agent", agent);
  begin(agent);
}

function begin(agent: string | undefined): void {
  change({ at: "desk", agent });
  follow(agent, {
    here: () => {
      change({ isHere: true });
      void askMe().then((me) => change({ me }), fail);
      void look();
    },
    away: () => change({ isHere: false }),
    refused: () => {
      useToken("");
      location.reload();
    },
    line,
  });
  setInterval(() => void look(), QUIET_MS);
}

/** Figures change without a record. */
const QUIET_MS = 3000;
/** Several records of one event are looked at together. */
const REST_MS = 60;
let looking: ReturnType<typeof setTimeout> | undefined;

function line(record: Line): void {
  const { agent } = current();
  if (agent !== undefined && record.agent === agent) {
    if (record.type === "preview.ended") ended(record);
    if (record.type === "dial.failed") {
      const about = reasonIn(current().language, String(record["outcome"]));
      notice("notReached", { about, isBad: true });
    }
  }
  if (record.type === "text.sent" && record["to"] === agent)
    notice("wroteYou", { about: nameOf(current().agents, String(record["by"])) });
  if (record.type === "call.ended" && record["by"] !== "system") hungUp(record);
  if (record.type === "flag.set") void askMe().then((me) => change({ me }), fail);
  if (looking !== undefined) return;
  looking = setTimeout(() => {
    looking = undefined;
    void look();
  }, REST_MS);
}

const outcomes: Record<string, WordKey> = {
  answered_elsewhere: "answeredElsewhere",
  caller_gone: "callerGone",
  timeout: "timeOver",
  withdrawn: "takenBack",
};

/** Its window closes at once, and says why. */
function ended(record: Line): void {
  change({ previews: current().previews.filter(({ id }) => id !== record["preview"]) });
  const said = outcomes[String(record["outcome"])];
  if (said) notice(said);
}

/** The one whom I talked to, or who was ringing me. */
function hungUp(record: Line): void {
  const { agent, calls } = current();
  const mine = calls.find(({ id }) => id === record.call);
  if (!mine || agent === undefined || record["by"] === "party") return;
  if (mine.party?.agent === agent) notice(mine.dialler === undefined ? "callerGone" : "otherHungUp");
}

/** How everything stands. */
export async function look(): Promise<void> {
  const { agent } = current();
  if (!current().isHere) return;
  try {
    const [agents, calls, previews, queues, mailboxes, texts] = await Promise.all([
      ask<AgentRow[]>("/api/agents"),
      ask<CallRow[]>("/api/calls"),
      ask<PreviewRow[]>("/api/previews"),
      ask<QueueView[]>("/api/queues"),
      ask<MailboxRow[]>("/api/mailboxes"),
      isDesk && agent !== undefined ? ask<TextRow[]>(pathOf(agent, "texts")) : [],
    ]);
    change({
      agents,
      queues,
      mailboxes,
      texts,
      previews: previews.filter((each) => agent === undefined || each.agent === agent),
      calls: isDesk ? calls.filter((each) => concerns(each, agent)) : calls,
    });
  } catch {
    // The stream tells that there is no connection, and looks again when there is.
  }
}

/** Rings for him, or he talks in it: what is only shown to him is no call of his yet. */
function concerns({ party, dialler, offers }: CallRow, agent: string | undefined): boolean {
  return [party?.agent, dialler, ...offers.map((each) => each.agent)].includes(agent);
}

const pathOf = (agent: string, what: string): string => `/api/agents/${encodeURIComponent(agent)}/${what}`;

/** Does something for the agent of this desk, or for another. */
export async function act(does: string, body?: object, agent = current().agent): Promise<void> {
  const path = pathOf(agent ?? "", does);
  await attempt(async () => {
    const row = await (body ? ask<AgentRow>(path, body) : tell<AgentRow>(path));
    if (does === "ready") tellWhyNot(row);
  });
}

/** A desk that is closed, or a phone that is gone, keeps whoever was made ready from calls. */
function tellWhyNot({ name, state, reasons }: AgentRow): void {
  if (state !== "offline" && state !== "not_ready") return;
  const { language } = current();
  const why = reasons.map((reason) => reasonIn(language, reason)).join(", ");
  notice("notMadeReady", { about: `${name}${why && `: ${why}`}`, isBad: true });
}

/** Whose desk is closed may read it on his phone. */
export const write = (text: { call: string; to: string; text: string }): Promise<void> =>
  attempt(async () => {
    const { shown } = await ask<{ shown: "desk" | "phone" }>(pathOf(current().agent ?? "", "texts"), text);
    if (shown === "phone") notice("onPhone", { about: nameOf(current().agents, text.to) });
  });

/** Does something with a call: `hold`, `transfer`, `monitor` … */
export const control = (call: string, does: string, body?: object): Promise<void> =>
  attempt(() => ask(`/api/calls/${encodeURIComponent(call)}/${does}`, body ?? {}));

export async function answer(preview: string, does: "accept" | "decline"): Promise<void> {
  try {
    await tell(`/api/previews/${encodeURIComponent(preview)}/${does}`);
    change({ previews: current().previews.filter(({ id }) => id !== preview) });
    if (does === "accept") notice("waitsForYou");
  } catch (error) {
    // That it is too late is told by its record.
    if (!(error instanceof Refused) || error.status !== 409) fail(error);
  }
}

export const turn = (flag: string, on: boolean): Promise<void> =>
  attempt(() => ask(`/api/flags/${encodeURIComponent(flag)}`, { on }));

/** What is refused is told. */
export async function attempt(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
    await look();
  } catch (error) {
    fail(error);
  }
}

export const fail = (error: unknown): void =>
  notice("failed", { about: error instanceof Error ? error.message : String(error), isBad: true });

let lastNotice = 0;
const MOST_NOTICES = 4;
/** What has gone wrong stays until somebody takes it away. */
const READ_MS = 30_000;

export function notice(word: WordKey, { about, isBad = false }: Partial<Pick<Notice, "about" | "isBad">> = {}): void {
  const made: Notice = { id: ++lastNotice, word, about, isBad };
  const others = current().notices.filter((each) => each.word !== word || each.about !== about);
  change({ notices: [...others, made].slice(-MOST_NOTICES) });
  if (!isBad) setTimeout(dismiss, READ_MS, made.id);
}

export const dismiss = (id: number): void => change({ notices: current().notices.filter((each) => each.id !== id) });

/** Remembered on this machine. */
export function prefer(parts: Partial<Pick<Page, "language" | "theme" | "isLoud">>): void {
  for (const [name, value] of Object.entries(parts)) localStorage.setItem(`cordboard.${name}`, String(value));
  change(parts);
}
