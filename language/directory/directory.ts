import type { Diagnostic } from "../diagnostic.ts";

/*
 * The directory after reading: defaults filled in, references checked, plain data.
 * Durations are milliseconds. Every map is keyed by the name that strategies use.
 */

export interface Directory {
  site: { name: string; zone: string; country: string; languages: string[] };
  defaults: Defaults;
  skills: { scale: { low: number; high: number }; names: string[]; languages: string[] };
  /** Strictest first; at least `normal`. */
  tiers: string[];
  groups: Record<string, Group>;
  agents: Record<string, Agent>;
  devices: Record<string, Device>;
  trunks: Record<string, Trunk>;
  mailboxes: Record<string, Mailbox>;
  prompts: Prompts;
  numbers: Record<string, string[]>;
}

export interface Defaults {
  ringForMs: number;
  wrapUpMs: number;
  /** What an unanswered offer does to the agent. */
  afterNoAnswer: "ready" | "not_ready" | "logout";
  /** How long the same pair is left alone after a failed attempt. */
  coolDownMs: number;
  /** Where calls go whose strategy is missing or broken, as written in the file. */
  entryRoute?: Destination;
  /** Trunks that outside numbers leave by, in order. */
  outbound: string[];
}

/** `group Reception`, `mailbox it`, or a number. */
export type Destination =
  | { kind: "group"; name: string }
  | { kind: "mailbox"; name: string }
  | { kind: "agent"; name: string }
  | { kind: "number"; number: string };

export interface Group {
  name: string;
  members: string[];
  mailbox?: string;
}

export interface Agent {
  id: string;
  /** For people; the id where none is given. */
  name: string;
  extension?: string;
  /** Key of `devices`; always present there. */
  device: string;
  kind: "agent" | "worker";
  skills: Record<string, number>;
  redirect?: string;
  autoLogin: boolean;
  wrapUpMs?: number;
}

/** A phone. Without a trunk it registers at our own registrar under `user`. */
export interface Device {
  id: string;
  user: string;
  trunk?: string;
  noAnswerAfterMs?: number;
  autoAnswer: boolean;
}

export interface Trunk {
  id: string;
  /** Next hops as SIP URIs, in order. */
  to: string[];
  roles: string[];
  /** Addresses (IP or CIDR) that calls of this trunk come from. */
  from: string[];
}

export interface Mailbox {
  id: string;
  owner?: Destination;
  /** Trunk of the mailbox system, and the number to deposit at. */
  on?: string;
  deposit?: string;
}

export interface Prompts {
  /** Absolute, or relative to the directory file, whose folder is already joined. */
  folder: string;
  /** Milliseconds by prompt name, for tests without audio; `default` for all others. */
  lengthsMs: Record<string, number>;
  defaultLengthMs: number;
}

export interface DirectoryResult {
  directory: Directory;
  diagnostics: Diagnostic[];
}
