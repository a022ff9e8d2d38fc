import type { Me } from "../answers.ts";
import { setClock } from "./clock.ts";
import type { Line } from "./model.ts";

/* Questions to the run that has served this page, and its records as they happen. */

/** What the run says no to. */
export class Refused extends Error {
  readonly status: number;
  readonly answer: Record<string, unknown>;

  constructor(status: number, answer: Record<string, unknown>) {
    super(typeof answer["error"] === "string" ? answer["error"] : `${status}`);
    this.status = status;
    this.answer = answer;
  }
}

/** The token that was said is nobody's, or none was said. */
export const isNobodys = (error: unknown): boolean => error instanceof Refused && error.status === 401;

const LONGEST_ANSWER_MS = 15_000;
const NO_CONTENT = 204;
const KEY = "cordboard.token";
/** In this tab only: whoever closes it has signed out. */
let token = sessionStorage.getItem(KEY) ?? "";

export const hasToken = (): boolean => token !== "";

export function useToken(text: string): void {
  token = text;
  if (text === "") sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, text);
}

export async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  return send(path, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
}

export const ofAgent = (agent: string | undefined): string =>
  agent === undefined ? "" : `?${new URLSearchParams({ agent }).toString()}`;

/** A deed that needs no words. */
export const tell = <Answer>(path: string): Promise<Answer> => send(path, { method: "POST" });

export const remove = (path: string): Promise<void> => send(path, { method: "DELETE" });

/** A recording, or another file. */
export async function fileAt(path: string): Promise<Blob> {
  const response = await answered(path);
  return response.blob();
}

async function send<Answer>(path: string, options: RequestInit): Promise<Answer> {
  // Deeds may take their time; a question that a lost connection has swallowed is asked anew.
  const signal = options.method === undefined ? AbortSignal.timeout(LONGEST_ANSWER_MS) : null;
  const response = await answered(path, { ...options, signal });
  const answer = response.status === NO_CONTENT ? undefined : await response.json();
  return answer;
}

async function answered(path: string, options: RequestInit = {}): Promise<Response> {
  const headers: Record<string, string> = {};
  if (token !== "") headers["authorization"] = `Bearer ${token}`;
  if (options.body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
  if (response.ok) return response;
  // What a proxy before the run says is no JSON.
  throw new Refused(response.status, await response.json().catch(() => ({})));
}

/** `agent`: whose desk it is. */
export async function askMe(agent?: string): Promise<Me> {
  const asked = performance.now();
  const me = await ask<Me>(`/api/me${ofAgent(agent)}`);
  setClock(me.now, asked);
  return me;
}

interface Hears {
  /** Records come from now on; whatever there is may have changed before. */
  here(): void;
  line(line: Line): void;
  away(): void;
  /** This token is nobody's any more. */
  refused(): void;
}

const NO_LONGER = 4001;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [300, 5000];

/** Follows the records for as long as the page is open, and goes on after a break where it was. `agent`: whose open desk that is. */
export function follow(agent: string | undefined, { here, line, away, refused }: Hears): void {
  let known: { run: string; seq: number } | undefined;
  let pause = FIRST_PAUSE_MS;
  const open = (): void => {
    const query = new URLSearchParams({
      ...(known && { since: String(known.seq), run: known.run }),
      ...(agent !== undefined && { agent }),
    });
    const url = `${location.origin.replace(/^http/, "ws")}/api/events?${query.toString()}`;
    const socket = new WebSocket(url, ["cordboard.v1", ...(token === "" ? [] : [`bearer.${token}`])]);
    socket.addEventListener("message", ({ data }) => {
      const record: Line = JSON.parse(String(data));
      if (record.type === "stream.opened") {
        const run = String(record["run"]);
        if (known?.run !== run) known = { run, seq: Number(record["next"]) - 1 };
        pause = FIRST_PAUSE_MS;
        return here();
      }
      if (known && record.seq !== undefined) known.seq = record.seq;
      line(record);
    });
    socket.addEventListener("close", ({ code }) => {
      if (code === NO_LONGER) return refused();
      away();
      later();
    });
  };
  const later = (): void => {
    setTimeout(() => void askMe().then(open, unlessRefused), pause);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  };
  /** A browser does not tell why a WebSocket was not let in (1006); the answer to a question does. */
  const unlessRefused = (error: unknown): void => (isNobodys(error) ? refused() : later());
  open();
}
