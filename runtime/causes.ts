import type { AgentState } from "./agent.ts";
import type { Millis } from "./events.ts";
import { formatDuration } from "./strategy/format.ts";

/*
 * What stands between a call and an agent, as a code with values, so that every page says it in its own language; and in English.
 */

export type Cause =
  | { code: "rings_here" | "rings_elsewhere" | "not_interruptible" | "excluded" | "no_step" | "left_out" | "not_known" }
  /** An offer has failed: the two rest from one another. */
  | { code: "rest"; seconds: number }
  /** Counted from 1. */
  | { code: "later_step" | "step_condition"; step: number }
  /** `has`: absent where he has none of it. */
  | { code: "skill"; skill: string; op: string; level: number; has?: number }
  | { code: "kind"; wanted: string; kind: string }
  | { code: "group" | "site" | "agent"; name: string }
  /** He has not been in his state for so long. */
  | { code: "age"; ms: Millis }
  /** One of them would have to go. */
  | { code: "any"; of: Cause[] }
  | { code: "state"; state: AgentState; seconds: number; calls: string[]; because: string[] };

export function causeText(cause: Cause): string {
  switch (cause.code) {
    case "rest":
      return `an offer failed, the two rest for another ${cause.seconds} s`;
    case "later_step":
      return `only from step ${cause.step} on`;
    case "step_condition":
      return `only in step ${cause.step}, whose condition does not hold`;
    case "skill":
      return `${cause.skill} ${cause.op} ${cause.level} is wanted, has ${cause.has ?? "none"}`;
    case "kind":
      return `a ${cause.wanted} is wanted, this is a ${cause.kind}`;
    case "group":
      return `not in group ${cause.name}`;
    case "site":
      return `not at site ${cause.name}`;
    case "agent":
      return `only ${cause.name} is wanted`;
    case "age":
      return `in his state for less than ${formatDuration(cause.ms)}`;
    case "any":
      return cause.of.map(causeText).join(", and ");
    case "state": {
      const whose = cause.calls.length > 0 ? ` with ${cause.calls.join(" and ")}` : "";
      const why = cause.because.length > 0 ? ` (${cause.because.join(", ")})` : "";
      return `${cause.state}${whose}${why} for ${cause.seconds} s`;
    }
    default:
      return plain[cause.code];
  }
}

const plain = {
  rings_here: "rings for it now",
  rings_elsewhere: "another phone rings for it now",
  not_interruptible: "the call may not be interrupted now",
  excluded: "excluded",
  no_step: "in no step",
  left_out: "left out by the step",
  not_known: "not known",
};
