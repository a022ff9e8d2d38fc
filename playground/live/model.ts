import type { Range } from "../../language/index.ts";
import type { QueueView, Value, Why } from "../../runtime/index.ts";

/* A run of cordboard somewhere, as its HTTP API tells of it (`desk/README.md`). Instants are ISO 8601 in UTC. */

export interface LiveCall {
  id: string;
  from: string;
  to: string;
  /** Hash of the texts it came with. */
  program: string;
  strategy?: string;
  stack: { name: string; path?: string; at?: Range; variables: Record<string, Value> }[];
  arrivedAt: string;
  answered: boolean;
  hears?: string;
  queue?: { name: string; position?: number; score?: number; step: number; since: string };
  offers: { agent?: string; destination?: string; until: string }[];
  party?: { agent?: string; destination?: string };
  mailbox?: string;
  data: Record<string, Value>;
}

export interface LiveAgent {
  id: string;
  name: string;
  state: string;
  custom?: string;
  since: string;
  reasons: string[];
  device: string;
  claims: { source: string; state: string; reason?: string }[];
  call?: string;
}

/** The texts that run. */
export interface LiveSite {
  program: string;
  files: { path: string; text: string }[];
  /** Whether others may take their place. */
  mayLoad: boolean;
}

/** An event record, as the stream has it. */
export interface LiveEvent extends Record<string, unknown> {
  at: string;
  seq: number;
  type: string;
}

/** What the run says of texts that it was given. */
export interface LiveLoading {
  text: string;
  isBad: boolean;
  findings: { severity: string; message: string; path: string; line: number; column: number }[];
}

/** The live view's part of the page. The token is none of it: `link.ts` alone knows it. */
export interface Live {
  state: "away" | "coming" | "here" | "lost";
  /** As a person wrote it. */
  address: string;
  /** Why there is no run to see, or not for now. */
  trouble?: string;
  site?: LiveSite;
  calls: LiveCall[];
  agents: LiveAgent[];
  queues: QueueView[];
  /** Milliseconds since 1970, when they were told. */
  at: number;
  /** The latest first. */
  events: LiveEvent[];
  /** What of the events is not here. */
  gap?: string;
  chosen?: string;
  why?: Why;
  loading?: LiveLoading | "asking";
  /** Hash of the texts that ran when those of the page were the same, or were opened from the run or loaded into it: what is written since takes their place. */
  opened?: string;
}

export const blankLive: Live = {
  state: "away",
  address: "127.0.0.1:8080",
  calls: [],
  agents: [],
  queues: [],
  at: 0,
  events: [],
};
