import type { QueueView } from "../../runtime/index.ts";
import type { AgentRow, CallRow, CardRow, MailboxRow, Me, PreviewRow, TextRow } from "../answers.ts";
import type { Language, WordKey } from "./words.ts";

/** One line of `GET /api/events`. */
export type Line = { type: string; seq: number; at: string; call?: string; agent?: string } & Record<string, unknown>;

/** Of an agent, as people call him. */
export const nameOf = (agents: readonly AgentRow[], id: string): string =>
  agents.find((agent) => agent.id === id)?.name ?? id;

/** `text` is said as it is; `reasons` and `refusal` are codes. */
export interface About {
  text?: string;
  reasons?: string[];
  refusal?: Record<string, unknown>;
}

/** Something that has happened, told until somebody takes it away. */
export interface Notice {
  id: number;
  word: WordKey;
  /** What stands in it: put into words when it is shown, in the language of that time. */
  about?: About;
  isBad: boolean;
  /** The call that it is about, with which it goes. */
  call?: string;
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
  /** At whose phone a supervisor listens, where his token does not tell. */
  listener?: string;
  agents: AgentRow[];
  calls: CallRow[];
  /** The call that he talks in, or did: what came with it stays while he writes it up. */
  last?: CardRow | undefined;
  previews: PreviewRow[];
  queues: QueueView[];
  mailboxes: MailboxRow[];
  texts: TextRow[];
  notices: Notice[];
}
