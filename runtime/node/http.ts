import type { Host, SecretReference } from "../../language/index.ts";
import {
  type CallId,
  type Event,
  type HttpCommand,
  type HttpPort,
  type Json,
  readJson,
  type TaskId,
} from "../index.ts";

export interface HttpOptions {
  /** Of the directory, as it stands. No other host is ever asked. */
  hosts: () => Record<string, Host>;
  /** The secret of a token; undefined where it cannot be had. */
  secret: (reference: SecretReference) => string | undefined;
  deliver: (event: Event) => void;
  /** Told why a host could not be asked; never what was sent or came back. */
  failed?: (host: string, reason: string) => void;
}

export interface HttpHosts extends HttpPort {
  /** Gives up everything that is under way. No event follows. */
  stop(): void;
}

type Request = Extract<HttpCommand, { type: "request" }>;

/** Bytes of a reply. */
const MOST_BYTES = 262_144;
/** The engine gives up long before; this only frees what it has forgotten. */
const LONGEST_MS = 90_000;

/** Asks the hosts of the directory by HTTP: each once, following no redirect. */
export function createHttp({ hosts, secret, deliver, failed }: HttpOptions): HttpHosts {
  const underWay = new Map<string, AbortController>();

  async function ask(request: Request): Promise<void> {
    const { call, task } = request;
    const key = keyOf(call, task);
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), LONGEST_MS);
    underWay.set(key, control);
    const reply = await replyOf(request, control.signal).catch((error: unknown) => {
      failed?.(request.host, reasonOf(error));
      return { code: 0 };
    });
    clearTimeout(timer);
    if (underWay.delete(key)) deliver({ type: "request.ended", call, task, ...reply });
  }

  async function replyOf(request: Request, signal: AbortSignal): Promise<{ code: number; body?: Json }> {
    const known = hosts();
    const host = Object.hasOwn(known, request.host) ? known[request.host] : undefined;
    if (!host) throw new Error("no such host");
    const response = await fetch(urlOf(host, request.path), {
      method: request.method,
      headers: headersOf(host, request),
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      redirect: "manual",
      signal,
    });
    const body = bodyOf(await textOf(response));
    return { code: response.status, ...(body !== undefined && { body }) };
  }

  function headersOf({ token }: Host, { body }: Request): Record<string, string> {
    const headers: Record<string, string> = { accept: "application/json" };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (!token) return headers;
    const shown = secret(token.secret);
    if (shown === undefined) throw new Error("its token cannot be had");
    headers[token.header] = token.header.toLowerCase() === "authorization" ? `Bearer ${shown}` : shown;
    return headers;
  }

  return {
    perform(command) {
      if (command.type === "request") {
        void ask(command);
        return;
      }
      const key = keyOf(command.call, command.task);
      const control = underWay.get(key);
      underWay.delete(key);
      control?.abort();
    },
    stop() {
      for (const control of underWay.values()) control.abort();
      underWay.clear();
    },
  };
}

function keyOf(call: CallId, task: TaskId): string {
  return `${call}\n${task}`;
}

/** A path that is computed may not lead to another host. */
function urlOf({ url }: Host, path: string): URL {
  const whole = new URL(`${url}${path.startsWith("/") ? "" : "/"}${path}`);
  if (whole.origin !== new URL(url).origin) throw new Error("the path leads to another host");
  return whole;
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body of fetch gives bytes
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`a reply of more than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What is no JSON is a text. */
function bodyOf(text: string): Json | undefined {
  return text.trim() === "" ? undefined : (readJson(text) ?? text);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
