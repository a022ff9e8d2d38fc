import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Directory, Permission, SecretReference } from "../language/index.ts";
import type { Role } from "./answers.ts";

/** Who asks. */
export interface Who {
  role: Role;
  /** Of the directory; absent for the run's own token, and for this machine where none is needed. */
  person?: string;
}

export interface PeopleOptions {
  /** Of the run: whoever says it may do everything. Without one, so may whoever asks from this machine and says nothing. */
  token?: string;
  directory(): Directory;
  secret(reference: SecretReference): string | undefined;
}

/** `nobody`: he says no token, and one is needed. `stranger`: he says one that is nobody's. */
export type Recognise = (token: string | undefined) => Who | "nobody" | "stranger";

export interface Recogniser {
  recognise: Recognise;
  /** Tokens may have changed where they are kept: they are looked up anew. */
  lookUp(): void;
}

/** Knows people by their tokens. Those of the directory are read again whenever it changes. */
export function recogniser({ token, directory, secret }: PeopleOptions): Recogniser {
  let read: { from: Directory; byDigest: Map<string, Who> } | undefined;
  const people = (): Map<string, Who> => {
    const from = directory();
    if (read?.from !== from) read = { from, byDigest: tokensOf(from, secret) };
    return read.byDigest;
  };
  return {
    recognise(said) {
      if (said === undefined) return token === undefined ? { role: "admin" } : "nobody";
      if (token !== undefined && isSame(said, token)) return { role: "admin" };
      return people().get(digest(said).toString("hex")) ?? "stranger";
    },
    lookUp() {
      read = undefined;
    },
  };
}

/** By what is left of them: to find one takes no longer the nearer a guess is. A token that two have is nobody's. */
function tokensOf({ agents }: Directory, secret: PeopleOptions["secret"]): Map<string, Who> {
  const found = new Map<string, Who>();
  const twice = new Set<string>();
  for (const { id, supervisor, login } of Object.values(agents)) {
    const token = login && secret(login.token);
    if (token === undefined || !isToken(token)) continue;
    const key = digest(token).toString("hex");
    if (found.has(key)) twice.add(key);
    found.set(key, { role: supervisor ? "supervisor" : "agent", person: id });
  }
  for (const key of twice) found.delete(key);
  return found;
}

/** Long enough that nobody guesses it, and of characters that fit into every header. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9._~-]{20,200}$/.test(text);

/** A program says it as a header, a page that opens a WebSocket as a protocol. */
export function tokenIn(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "");
  const offered = headers["sec-websocket-protocol"]?.split(/\s*,\s*/) ?? [];
  return bearer?.[1] ?? offered.find((one) => one.startsWith("bearer."))?.slice("bearer.".length);
}

/** Takes the same time wherever they differ. */
const isSame = (said: string, token: string): boolean => timingSafeEqual(digest(said), digest(token));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Whose desk it is, for whoever asks as somebody else: on this machine without tokens, or a supervisor at a desk. */
export const ofAgent = { type: "object", properties: { agent: { type: "string", maxLength: 100 } } };

/** Who sits there, if whoever asks may say so. */
export function seated({ agents }: Directory, who: Who, agent: string | undefined): Who {
  const its = agent !== undefined && mayActFor(who, agent) && Object.hasOwn(agents, agent) ? agents[agent] : undefined;
  return its ? { role: its.supervisor ? "supervisor" : "agent", person: its.id } : who;
}

/** Whether he may act for this agent. */
export const mayActFor = ({ role, person }: Who, agent: string): boolean => role !== "agent" || person === agent;

/** Whether he may do that at his desk, which is not for every agent. */
export function mayDo({ agents, defaults }: Directory, { role, person }: Who, what: Permission): boolean {
  if (role !== "agent") return true;
  const its = person === undefined ? undefined : agents[person];
  return (its?.may ?? defaults.may).includes(what);
}
