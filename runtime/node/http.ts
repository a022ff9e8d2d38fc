import type { Host } from "../../language/index.ts";
import {
  type CallId,
  type Event,
  type HttpCommand,
  type HttpPort,
  type Json,
  readJson,
  type TaskId,
} from "../index.ts";
import { ask, reasonOf, type Secrets, tokenHeaders } from "./ask.ts";

export interface HttpOptions {
  /** Of the directory, as it stands. No other host is ever asked. */
  hosts: () => Record<string, Host>;
  secret: Secrets;
  deliver: (event: Event) => void;
  /** Told why a host could not be asked; never what was sent or came back. */
  failed?: (host: string, reason: string) => void;
}

export interface HttpHosts extends HttpPort {
  /** Gives up everything that is under way. No event follows. */
  stop(): void;
}

type Request = Extract<HttpCommand, { type: "request" }>;

/** The engine gives up long before; this only frees what it has forgotten. */
const LONGEST_MS = 90_000;

/** Asks the hosts of the directory by HTTP: each once, following no redirect. */
export function createHttp({ hosts, secret, deliver, failed }: HttpOptions): HttpHosts {
  const underWay = new Map<string, AbortController>();

  async function begin(request: Request): Promise<void> {
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
    const host = hostOf(hosts, request.host);
    const { method, path } = request;
    const sent = request.body === undefined ? undefined : JSON.stringify(request.body);
    const { code, text } = await ask({ url: urlOf(host, path), method, body: sent, token: host.token, signal }, secret);
    const body = bodyOf(text);
    return { code, ...(body !== undefined && { body }) };
  }

  return {
    perform(command) {
      if (command.type === "request") {
        void begin(command);
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

/** One request to a host of the directory, outside of what strategies ask. Rejects when nothing comes, or when there is no such host. */
export type Post = (
  host: string,
  path: string,
  body: Json,
  signal: AbortSignal,
) => Promise<{ code: number; body?: Json }>;

export function createPost({ hosts, secret }: Pick<HttpOptions, "hosts" | "secret">): Post {
  return async (name, path, sent, signal) => {
    const host = hostOf(hosts, name);
    const asking = { url: urlOf(host, path), method: "POST", body: JSON.stringify(sent), token: host.token, signal };
    const { code, text } = await ask(asking, secret);
    return { code, body: bodyOf(text) };
  };
}

/** Where a path of a host of the directory is, and what is shown there. Throws when there is no such host, or its token cannot be had. */
export type Reach = (host: string, path: string) => { url: URL; headers: Record<string, string> };

export function createReach({ hosts, secret }: Pick<HttpOptions, "hosts" | "secret">): Reach {
  return (name, path) => {
    const host = hostOf(hosts, name);
    return { url: urlOf(host, path), headers: tokenHeaders(host.token, secret) };
  };
}

function hostOf(hosts: HttpOptions["hosts"], name: string): Host {
  const known = hosts();
  const host = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!host) throw new Error("no such host");
  return host;
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

/** What is no JSON is a text. */
function bodyOf(text: string): Json | undefined {
  return text.trim() === "" ? undefined : (readJson(text) ?? text);
}
