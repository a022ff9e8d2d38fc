import type { Agent as Person, Permission } from "../language/index.ts";
import type { AgentFigures, AgentView, Value } from "../runtime/index.ts";

/* What the API answers with, for whoever answers and for the pages, which take it by type from here. */

/** An agent as the API tells of him. Instants are ISO 8601 in UTC. */
export interface AgentRow {
  id: string;
  name: string;
  kind: Person["kind"];
  extension?: string;
  state: AgentView["state"];
  /** Which of the directory's own states that is. */
  custom?: string;
  since: string;
  reasons: string[];
  /** The states that he may choose now: the directory's own, `ready`, `not_ready`, `offline`; absent where he may all. */
  choices?: string[];
  /** The phone he sits at. */
  device: string;
  /** Who says what of him; the most restrictive claim counts. */
  claims: { source: string; state: string; reason?: string }[];
  /** Where he takes calls elsewhere. */
  redirect?: string;
  /** He talks on his phone and not through here: nothing can be done with that call. */
  privateCall?: true;
  /** The call that rings for him or that he talks to. */
  call?: string;
  /** Of work after a call: when it ends by itself. */
  wrapUpUntil?: string;
  /** Of who may hold several calls at once: how many, how many he has, work after calls with them, and which. */
  capacity?: number;
  inHand?: number;
  calls?: string[];
}

/** A call as the API tells of it. */
export interface CallRow {
  id: string;
  from: string;
  to: string;
  /** The hash of the texts it came with, and keeps. */
  program: string;
  strategy?: string;
  /** Where it is in them, outermost first: offsets of the statement it is at. */
  stack: { name: string; path?: string; at?: { start: number; end: number }; variables: Record<string, Value> }[];
  arrivedAt: string;
  answered: boolean;
  /** Since when caller and party talk, with all that one of them was held. */
  connectedAt?: string;
  /** What the caller hears, as `music moh/calm`. */
  hears?: string;
  queue?: { name: string; position?: number; score?: number; step: number; since: string };
  /** Whom it rings for, and until when. */
  offers: { agent?: string; destination?: string; until: string }[];
  /** Who asked for it at his desk, and is its caller. */
  dialler?: string;
  /** Who has picked up. */
  party?: { agent?: string; destination?: string; identity?: string };
  /** Who is there now in the caller's place, or, at `party`, in the party's, as a trusted exchange says. */
  identity?: string;
  /** Who talked has parted from the caller, who hears music. */
  held?: true;
  /** Whom he asks meanwhile, and whether the two talk, or have and he is held. */
  consult?: { agent?: string; destination?: string; talking: boolean; held?: true };
  /** Who attends it beside caller and party, and whether he is heard; to agents, who is. */
  guests?: { who: string; talks: boolean }[];
  /** Whether it is being recorded. */
  recording?: "on" | "paused";
  mailbox?: string;
  /** With what a bot has handed it on. */
  fromBot?: { bot: string; reason?: string; transcript?: string };
  /** What the strategy shows of it (`showing`), the same before and after the answer. */
  showing?: Record<string, Value>;
  /** Empty for whom it only rings. */
  data: Record<string, Value>;
}

/** What came with a call, for whoever writes it up. */
export type CardRow = Pick<CallRow, "id" | "from" | "to" | "dialler" | "connectedAt" | "showing" | "data" | "fromBot">;

/** A call that was shown to somebody, and what became of that. */
export interface PreviewRow {
  id: string;
  call: string;
  /** Who calls. */
  from?: string;
  agent: string;
  mode: string;
  offeredAt: string;
  /** The server's own countdown: after this instant nobody can accept it. */
  until: string;
  showing?: Record<string, Value>;
  sound?: string;
  outcome?: string;
  responseMs?: number;
}

/** What one agent wrote to another about a call; `from`: who calls. */
export interface TextRow {
  call: string;
  from: string;
  at: string;
  by: string;
  to: string;
  text: string;
}

/** A text of the site, by its path from the folder of the strategies. */
export interface SiteText {
  path: string;
  text: string;
}

/** Something that the checker says of texts. Lines and columns count from 1. */
export interface Finding {
  code: string;
  severity: "error" | "warning" | "hint";
  message: string;
  hint?: string;
  path: string;
  line: number;
  column: number;
}

/** The texts that run, and the hash by which calls and records name them. */
export interface SiteRow {
  program: string;
  files: SiteText[];
  mayLoad: boolean;
}

/** Others run in their place from now on. */
export interface LoadedRow {
  program: string;
  findings: Finding[];
}

/** Where a text to a colleague shows. */
export interface SentRow {
  shown: "desk" | "phone";
}

/** A mailbox that is kept here. */
export interface MailboxRow {
  mailbox: string;
  /** As `group Sales`. */
  owner?: string;
  new: number;
  old: number;
}

export interface MessageRow {
  id: string;
  mailbox: string;
  from: string;
  subject?: string;
  receivedAt: string;
  lengthMs: number;
  heard: boolean;
}

/** What agents have done in a span of time. */
export interface ReportRow {
  from: string;
  to: string;
  /** From when on all is known. */
  since: string;
  zone: string;
  agents: (AgentFigures & Pick<AgentRow, "name" | "kind">)[];
}

/** What somebody may see and do: what is his own, what is everybody's, and all of it. */
export type Role = "agent" | "supervisor" | "admin";

export interface FlagRow {
  name: string;
  on: boolean;
}

/** Who asks, and all that a page must know before it shows anything. */
export interface Me {
  role: Role;
  agent?: string;
  name?: string;
  site: string;
  /** The server's time. */
  now: number;
  languages: string[];
  helpUrl?: string;
  playgroundUrl: string;
  hotkeys: Record<string, string>;
  states: { name: string; class: string; label: Record<string, string> }[];
  devices: string[];
  /** What a call can be handed to beside people. */
  places: Record<"group" | "mailbox" | "number", string[]>;
  flags: FlagRow[];
  /** What is not for every agent. */
  may: Permission[];
  mayLoad: boolean;
}
