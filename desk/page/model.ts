import type { AgentRow, CallRow, PreviewRow, TextRow } from "../rows.ts";
import type { QueueView } from "../../runtime/index.ts";
import type { Language, WordKey } from "./words.ts";

export type { AgentRow, CallRow, PreviewRow, QueueView, TextRow };

/** What `GET /api/me` tells. */
export interface Me {
  role: "agent" | "supervisor" | "admin";
  agent?: string;
  name?: string;
  site: string;
  now: number;
  languages: string[];
  helpUrl?: string;
  hotkeys: Record<string, string>;
  states: { name: string; class: string; label: Record<string, string> }[];
  devices: string[];
  flags: { name: string; on: boolean }[];
  /** What is not for every agent. */
  may: ("redirect" | "record")[];
  mayLoad: boolean;
}

/** One of `GET /api/mailboxes`. */
export interface MailboxRow {
  mailbox: string;
  owner?: string;
  new: number;
  old: number;
}

/** One of `GET /api/mailboxes/{mailbox}`. */
export interface MessageRow {
  id: string;
  mailbox: string;
  from: string;
  subject?: string;
  receivedAt: string;
  lengthMs: number;
  heard: boolean;
}

/** One line of `GET /api/events`. */
export type Line = { type: string; seq: number; at: string; call?: string; agent?: string } & Record<string, unknown>;

/** Of an agent, as people call him. */
export const nameOf = (agents: readonly AgentRow[], id: string): string =>
  agents.find((agent) => agent.id === id)?.name ?? id;

/** Something that has happened, told until somebody takes it away. */
export interface Notice {
  id: number;
  word: WordKey;
  /** What stands in it, and what the run said. */
  about?: string;
  isBad: boolean;
}

export const themes = ["system", "light", "dark"] as const;

export interface Page {
  /** `choose`: on this machine, whoever sits here says who he is. */
  at: "opening" | "sign in" | "choose" | "desk";
  /** Whether records come. */
  isHere: boolean;
  language: Language;
  theme: (typeof themes)[number];
  isLoud: boolean;
  me?: Me;
  /** Whose desk it is. */
  agent?: string;
  agents: AgentRow[];
  calls: CallRow[];
  previews: PreviewRow[];
  queues: QueueView[];
  mailboxes: MailboxRow[];
  texts: TextRow[];
  notices: Notice[];
}
