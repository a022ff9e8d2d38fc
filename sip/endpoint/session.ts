/** Session timers (RFC 4028): what they are asked for by, and what is agreed. Who keeps to it: `session-timer.ts`. */
import { secondsIn } from "./lease.ts";
import { type Header, header, headerLines, type Message, type Request } from "./message.ts";
import { param } from "./uri.ts";

/** The least that may be asked for, in seconds (4). */
export const MIN_SE_S = 90;
const REFRESHES = new Set(["INVITE", "UPDATE"]);

export interface Session {
  seconds: number;
  /** We say INVITE or UPDATE in time, the peer waits for it; or the other way round. */
  refresher: "we" | "peer";
  /** The peer has agreed to nothing: it need not understand our signs, only answer them. */
  alone?: true;
}

interface Asked {
  seconds: number;
  refresher: "uac" | "uas" | undefined;
}

/** What an application itself asks for in its INVITE, or in the 2xx to one. */
export function wantedIn(message: Message): number | undefined {
  return askedIn(message)?.seconds;
}

function askedIn(message: Message): Asked | undefined {
  const value = header(message, "session-expires") ?? "";
  const seconds = secondsIn(value);
  if (seconds === undefined) return undefined;
  const written = param(value.slice(value.indexOf(";")), "refresher")?.toLowerCase();
  return { seconds, refresher: value.includes(";") && (written === "uac" || written === "uas") ? written : undefined };
}

export function supportsTimer(message: Message): boolean {
  return [...headerLines(message, "supported"), ...headerLines(message, "require")].some((value) =>
    /(?:^|[\s,])timer(?:$|[\s,])/i.test(value),
  );
}

/** A peer refreshes by less than may be (7.2): it can ask again with more. */
export function asksTooLittle(request: Request): boolean {
  const asked = REFRESHES.has(request.method) ? askedIn(request) : undefined;
  return asked !== undefined && asked.seconds < MIN_SE_S && supportsTimer(request);
}

/** What our 2xx agrees to (9), and the lines that say so; `running` is what holds so far. Undefined: the session does not run out. */
export function agreeAnswering(request: Request, response: Message, running: Session | undefined): Agreed | undefined {
  if (!REFRESHES.has(request.method)) return undefined;
  const told = askedIn(response);
  const asked = askedIn(request);
  // A call is not refused for it, but the session does not run out: more than was asked for we must not agree to.
  if (!told && asked && asked.seconds < MIN_SE_S) return undefined;
  const known = supportsTimer(request);
  if (!told && !asked && !(running && known)) return undefined;
  const seconds = Math.max(MIN_SE_S, told?.seconds ?? asked?.seconds ?? running?.seconds ?? 0);
  // A peer that knows no timers cannot be the one to refresh.
  const theirs = known ? "uac" : "uas";
  const still = running && (running.refresher === "we" ? "uas" : "uac");
  const refresher = told?.refresher ?? asked?.refresher ?? still ?? theirs;
  const alone = !known && !asked && refresher === "uas";
  const session: Session = { seconds, refresher: refresher === "uas" ? "we" : "peer", ...(alone && { alone }) };
  const lines = told ? [] : [`Session-Expires: ${seconds};refresher=${refresher}`];
  if (refresher === "uac" && !requiresTimer(response)) lines.push("Require: timer");
  return { session, lines };
}

export interface Agreed {
  session: Session;
  lines: string[];
}

function requiresTimer(message: Message): boolean {
  return headerLines(message, "require").some((value) => /\btimer\b/i.test(value));
}

/** What a peer's 2xx to our request agrees to (7.2): who asks refreshes unless it says otherwise. */
export function agreedIn(response: Message): Session | undefined {
  const told = askedIn(response);
  if (!told) return undefined;
  return { seconds: Math.max(MIN_SE_S, told.seconds), refresher: told.refresher === "uas" ? "peer" : "we" };
}

/** What a request of ours inside the dialog must say too for the session to go on (7.4). */
export function sessionHeaders(request: Request, running: Session | undefined): Header[] {
  if (!running || !REFRESHES.has(request.method) || header(request, "session-expires") !== undefined) return [];
  const refresher = running.refresher === "we" ? "uac" : "uas";
  const headers = [
    { key: "session-expires", name: "Session-Expires", value: `${running.seconds};refresher=${refresher}` },
    { key: "min-se", name: "Min-SE", value: `${MIN_SE_S}` },
  ];
  return supportsTimer(request) ? headers : [...headers, { key: "supported", name: "Supported", value: "timer" }];
}
