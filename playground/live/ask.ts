import type { LiveLoading } from "./model.ts";

/* One question to a run, and in plain words why it has no answer. */

/** Where a run is and what it wants to be told. */
export interface Door {
  /** `http://127.0.0.1:8080` */
  base: string;
  token: string;
}

/** What a run says when it refuses. */
interface Refusal {
  error?: string;
  findings?: LiveLoading["findings"];
}

/** Whoever reads the message knows what to do. */
export class Refused extends Error {
  /** What the run answered; undefined where it did not. */
  readonly answer: Refusal | undefined;

  constructor(message: string, answer?: Refusal) {
    super(message);
    this.answer = answer;
  }
}

/** Nothing answers there. */
export class Unreached extends Refused {}

/** Of a refusal, and of whatever else went wrong. */
export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `127.0.0.1:8080`, `https://calls.example`. */
export function baseOf(address: string): string {
  const text = address.trim();
  const full = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(full) || !/^https?:/i.test(full))
    throw new Refused("Write an address as 127.0.0.1:8080 or https://calls.example.");
  return new URL(full).origin;
}

export async function ask<Answer>({ base, token }: Door, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (token !== "") headers["authorization"] = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  let response: Response;
  try {
    response = await fetch(base + path, { ...sent, headers, cache: "no-store", credentials: "omit" });
  } catch {
    throw await whyNone(base);
  }
  if (response.ok) {
    const answer: Answer = await response.json();
    return answer;
  }
  const answer: Refusal | undefined = await response.json().catch(() => undefined);
  const said = answer?.error ?? `it answered ${response.status}`;
  throw new Refused(response.status === 401 ? tokenRefused(token) : `The run refuses: ${said}.`, answer);
}

function tokenRefused(token: string): string {
  if (token === "")
    return "This run asks for a token: the one in its --token-file, or in CORDBOARD_TOKEN where it was started.";
  return "The run does not take this token: it is another one than that of its --token-file or CORDBOARD_TOKEN.";
}

/** A browser does not tell a page why it got nothing; what it may still find out is whether anybody is there. */
async function whyNone(base: string): Promise<Refused> {
  if (
    location.protocol === "https:" &&
    base.startsWith("http:") &&
    !/\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(base)
  ) {
    return new Refused(
      `A page that came by https may not talk to ${base}: put TLS before the run, or open this page by \`cordboard playground\`.`,
    );
  }
  const isThere = await fetch(`${base}/healthz`, { mode: "no-cors", cache: "no-store", credentials: "omit" }).then(
    () => true,
    () => false,
  );
  if (isThere)
    return new Refused(
      `A run is there, but takes no questions of this page: start it with --origin ${location.origin}.`,
    );
  return new Unreached(`Nothing answers at ${base}: is \`cordboard run\` started there, with this --http address?`);
}
