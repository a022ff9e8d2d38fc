import type { SentAlong } from "./along.ts";
import type { CallId, Millis, OfferId, TaskId } from "./events.ts";
import type { ChooserTerm } from "./queue/choosers.ts";
import type { Value } from "./values.ts";

/*
 * What a call tries, while it is under way: plain data beside the wait for it.
 */

/** A number that is dialled through one trunk after another. */
export interface Dialing {
  number: string;
  /** Still to be tried, and the one that is being tried. */
  trunks: string[];
  trunk?: string;
  /** The number shown; absent: the caller's. */
  from?: string;
  /** How long a trunk may be silent before it is given up, and how long it may ring. */
  ringbackMs?: Millis;
  answerMs?: Millis;
  /** Absent: as the trunk has it. */
  stopOn?: number[];
  along?: SentAlong;
  /** The last that a trunk has answered. */
  code: number;
}

/** Digits as they come. */
export interface Collecting {
  digits: string;
  /** Still to be played, and the one that was begun last. */
  prompts: string[];
  task?: TaskId;
  /** For each key; absent for never. */
  withinMs?: Millis;
  triesLeft: number;
  secret: boolean;
}

/** A call that is shown to people, before the phone of whoever accepts is rung. */
export interface Preview {
  /** Of its operation, and how deep the code lies that holds it. */
  pc: number;
  depth: number;
  mode: "all at once" | "one by one";
  /** Class of the people it may be shown to. */
  class: string;
  chooser: ChooserTerm[];
  /** People at the most. */
  most: number;
  /** For each person one by one, else for all together; and what is left of that. */
  forMs: Millis;
  leftMs: Millis;
  showing?: Record<string, Value>;
  sound?: string;
  /** To whom it was shown so far, and how many of them said no. */
  people: string[];
  declined: number;
  /** Whoever has said no, let it pass, or accepted without being reached. */
  out: string[];
  shown: Shown[];
  /** Has the call and is to be rung. */
  accepted?: { agent: string; offer: OfferId };
}

/** A lease of the call to one person who sees it. */
export interface Shown {
  id: OfferId;
  agent: string;
  since: Millis;
}

/** What is promised to a caller who hung up and keeps his place. */
export interface Callback {
  /** His call. */
  of: CallId;
  number: string;
  agentFirst: boolean;
  /** Said to the agent. */
  announce?: string;
  attemptsLeft: number;
  everyMs: Millis;
  /** He is being called. */
  placing?: true;
  /** The agent who is kept for him meanwhile, where he is called first. */
  reserved?: { agent: string; offer: OfferId };
  /** Between two attempts. */
  resting?: true;
  outcome?: CallbackOutcome;
}

export type CallbackOutcome = "answered" | "expired" | "unreachable";
