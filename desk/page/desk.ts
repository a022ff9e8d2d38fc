import type { QueueView } from "../../runtime/index.ts";
import type { AgentRow, CallRow, CardRow, FlagRow, MailboxRow, PreviewRow, SentRow, TextRow } from "../answers.ts";
import { ask, askMe, fileAt, follow, hasToken, isNobodys, ofAgent, Refused, tell, useToken } from "./link.ts";
import { type Line, nameOf, type Page } from "./model.ts";
import { change, current } from "./store.ts";
import { drop, mark, notice } from "./notices.ts";
import { isLanguage, type WordKey } from "./words.ts";

/* What the page does: it signs in, follows the records, and looks again at what they say has changed. */

/** A desk belongs to somebody; the supervisor's page shows everybody. */
export const isDesk = !location.pathname.startsWith("/supervisor");

const OPEN_AGAIN_MS = 2000;

/** Asks who sits here, until there is an answer: whoever asks too much, or has no connection, has said no wrong token. */
export async function open(): Promise<void> {
  const succeeded = mark();
  try {
    const me = await askMe();
    const { languages } = me;
    const chosen = localStorage.getItem("cordboard.language") ?? languages.find(isLanguage) ?? "en";
    change({ me, language: isLanguage(chosen) ? chosen : "en" });
    const agent = me.agent ?? sessionStorage.getItem("cordboard.agent") ?? undefined;
    const agents = await ask<AgentRow[]>("/api/agents");
    succeeded();
    if (!isDesk) return begin(me.agent);
    if (agent !== undefined && agents.some(({ id }) => id === agent)) return begin(agent);
    change({ at: "choose", agents });
  } catch (error) {
    if (isNobodys(error)) return askForToken();
    fail(error);
    setTimeout(() => void open(), OPEN_AGAIN_MS);
  }
}

function askForToken(): void {
  change({ at: "sign in", notices: [] });
  if (hasToken()) notice("tokenRefused", { isBad: true });
  useToken("");
}

/** What no header can say is nobody's. */
const isSayable = (token: string): boolean => /^[!-~]+$/.test(token);

export async function signIn(said: string): Promise<void> {
  const token = said.trim();
  if (!isSayable(token)) return notice("tokenRefused", { isBad: true });
  useToken(token);
  change({ at: "opening" });
  return open();
}

/** On this machine: whose desk it is. */
export function choose(agent: string): void {
  sessionStorage.setItem("cordboard.agent", agent);
  begin(agent);
}

function begin(agent: string | undefined): void {
  change({ at: "desk", agent });
  // Who watches the house has no desk open by that.
  follow(isDesk ? agent : undefined, {
    here: () => {
      change({ isHere: true });
      void meAgain();
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

/** Switches, and what the desk offers, may have changed. */
const meAgain = (): Promise<void> => askMe(isDesk ? current().agent : undefined).then((me) => change({ me }), fail);

/** Figures change without a record. */
const QUIET_MS = 3000;
/** Several records of one event are looked at together. */
const REST_MS = 60;
let looking: ReturnType<typeof setTimeout> | undefined;

function line(record: Line): void {
  const { agent } = current();
  if (agent !== undefined && record.agent === agent) {
    if (record.type === "preview.ended") ended(record);
    if (record.type === "offer.ended" && record["outcome"] === "no_answer") missed(record);
    if (record.type === "offer.ended" && record["outcome"] === "not_reached") notCalledBack(record);
    if (record.type === "call.connected") drop(({ word }) => word === "waitsForYou");
    if (record.type === "dial.failed") void notReached(record);
  }
  if (record.type === "transfer.failed" && agent !== undefined && record["by"] === agent) notHandedOver(record);
  if (record.type === "text.sent" && record["to"] === agent)
    notice("wroteYou", { about: { text: nameOf(current().agents, String(record["by"])) } });
  if (record.type === "call.ended") over(record);
  if (record.type === "flag.set") void meAgain();
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

/** Whose call it was that rang in vain. */
function missed({ call }: Line): void {
  const from = current().calls.find(({ id }) => id === call)?.from;
  if (from !== undefined) notice("missedCall", { about: { text: from }, isBad: true });
}

/** He was there, and whom he was to be joined to was not. */
function notCalledBack({ call, caller }: Line): void {
  const text = current().calls.find(({ id }) => id === call)?.from;
  notice("notCalledBack", { about: { text, reasons: [String(caller)] }, isBad: true });
}

/** What he has handed over comes back. */
function notHandedOver({ call, to, outcome }: Line): void {
  const about = { text: nameOf(current().agents, String(to)), reasons: [String(outcome)] };
  notice("notHandedOver", { about, isBad: true, ...(call !== undefined && { call }) });
}

/** What was told of this call is over with it. */
function over(record: Line): void {
  drop(({ call, word }) => (call !== undefined && call === record.call) || word === "waitsForYou");
  if (record["by"] !== "system") hungUp(record);
}

/** The one whom I talked to, or who was ringing me. */
function hungUp(record: Line): void {
  const { agent, calls } = current();
  const mine = calls.find(({ id }) => id === record.call);
  if (!mine || agent === undefined || record["by"] === "party") return;
  if (mine.party?.agent === agent) notice(mine.dialler === undefined ? "callerGone" : "otherHungUp");
}

let underWay: Promise<void> | undefined;
let next: Promise<void> | undefined;

/** How everything stands, asked one at a time, so that no old answer comes last. Whoever asks meanwhile gets one that begins after that. */
export function look(): Promise<void> {
  if (underWay) {
    next ??= underWay.then(() => {
      next = undefined;
      return look();
    });
    return next;
  }
  underWay = lookOnce().finally(() => {
    underWay = undefined;
  });
  return underWay;
}

async function lookOnce(): Promise<void> {
  const { agent } = current();
  if (!current().isHere) return;
  try {
    const [agents, calls, previews, queues, mailboxes, texts] = await Promise.all([
      ask<AgentRow[]>("/api/agents"),
      ask<CallRow[]>("/api/calls"),
      ask<PreviewRow[]>("/api/previews"),
      ask<QueueView[]>("/api/queues"),
      ask<MailboxRow[]>(`/api/mailboxes${ofAgent(isDesk ? agent : undefined)}`),
      isDesk && agent !== undefined ? ask<TextRow[]>(pathOf(agent, "texts")) : [],
    ]);
    const own = isDesk ? calls.filter((each) => concerns(each, agent)) : calls;
    const talked = own.find((each) => isMine(each, agent));
    const isWritingUp = agents.some(({ id, wrapUpUntil }) => id === agent && wrapUpUntil !== undefined);
    change({
      last: talked ?? (isDesk && isWritingUp ? await writtenUp(agent) : undefined),
      agents,
      queues,
      mailboxes,
      texts,
      previews: previews.filter((each) => agent === undefined || each.agent === agent),
      calls: own,
    });
  } catch {
    // The stream tells that there is no connection, and looks again when there is.
  }
}

/** What came with the last call is known here, but by a page that was loaded since. */
async function writtenUp(agent = ""): Promise<CardRow | undefined> {
  return current().last ?? ask<CardRow>(pathOf(agent, "wrap-up")).catch(() => undefined);
}

/** Rings for him, or he talks in it: what is only shown to him is no call of his yet. */
function concerns({ party, dialler, offers }: CallRow, agent: string | undefined): boolean {
  return [party?.agent, dialler, ...offers.map((each) => each.agent)].includes(agent);
}

const isMine = ({ party, dialler }: CallRow, agent: string | undefined): boolean =>
  agent !== undefined && (party?.agent === agent || dialler === agent);

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
  notice("notMadeReady", { about: { text: name, reasons }, isBad: true });
}

/** Whose desk is closed may read it on his phone. */
export const write = (text: { call: string; to: string; text: string }): Promise<void> =>
  attempt(async () => {
    const { shown } = await ask<SentRow>(pathOf(current().agent ?? "", "texts"), text);
    if (shown === "phone") notice("onPhone", { about: { text: nameOf(current().agents, text.to) } });
  });

/** The call of the last dial, where its answer was that it cannot be. */
let refusedDial: Promise<unknown> = Promise.resolve();

export function dial(to: string): Promise<void> {
  const asked = ask(pathOf(current().agent ?? "", "dial"), { to });
  refusedDial = asked.then(
    () => undefined,
    (error) => (error instanceof Refused ? error.answer["call"] : undefined),
  );
  return attempt(() => asked);
}

/** What the answer has told, or will, its record does not tell again, whichever of the two comes first. */
async function notReached({ call, outcome }: Line): Promise<void> {
  if ((await refusedDial) !== call) notice("notReached", { about: { reasons: [String(outcome)] }, isBad: true });
}

/** Does something with a call: `hold`, `transfer`, `monitor` … */
export const control = (call: string, does: string, body?: object): Promise<void> =>
  attempt(() => ask(`/api/calls/${encodeURIComponent(call)}/${does}`, body ?? {}), call);

export async function answer(preview: string, does: "accept" | "decline"): Promise<void> {
  const succeeded = mark();
  try {
    await tell(`/api/previews/${encodeURIComponent(preview)}/${does}`);
    succeeded();
    change({ previews: current().previews.filter(({ id }) => id !== preview) });
    if (does === "accept") notice("waitsForYou");
  } catch (error) {
    // That it is too late is told by its record.
    if (!(error instanceof Refused) || error.status !== 409) fail(error);
  }
}

export const turn = (flag: string, on: boolean): Promise<void> =>
  attempt(() => ask<FlagRow>(`/api/flags/${encodeURIComponent(flag)}`, { on }));

/**
 * What is refused is told, until something succeeds, or the call that it was about ends. Whatever came of it, the page looks again: what
 * is refused was mostly not any more as it showed.
 */
export async function attempt(deed: () => Promise<unknown>, call?: string): Promise<void> {
  const succeeded = mark();
  try {
    await deed();
    succeeded();
  } catch (error) {
    fail(error, call);
  }
  await look();
}

/** Fetched and handed to the browser, since no address could carry the token. */
export async function save(path: string, name: string): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await fileAt(path));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function fail(error: unknown, call?: string): void {
  const about =
    error instanceof Refused
      ? { refusal: { ...error.answer, error: error.message, call: undefined } }
      : { text: error instanceof Error ? error.message : String(error) };
  notice("failed", { about, isBad: true, ...(call !== undefined && { call }) });
}

/** Remembered on this machine. */
export function prefer(parts: Partial<Pick<Page, "language" | "theme" | "isLoud">>): void {
  for (const [name, value] of Object.entries(parts)) localStorage.setItem(`cordboard.${name}`, String(value));
  change(parts);
}
