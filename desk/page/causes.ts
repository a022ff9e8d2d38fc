import type { Cause } from "../../runtime/index.ts";
import { lasting } from "./clock.ts";
import { catalogue, filled, type Language, reasonIn, stateWords, type WordKey } from "./words.ts";

const plain = {
  rings_here: "ringsHere",
  rings_elsewhere: "ringsElsewhere",
  not_interruptible: "notInterruptible",
  excluded: "excluded",
  no_step: "noStep",
  left_out: "leftOut",
  not_known: "unknown",
} as const;

/** That he has said so himself, without a reason, is no reason. */
const isSaid: ReadonlySet<string> = new Set(["not ready", "desk"]);

/** What stands between a call and somebody, in this language. */
export function causeIn(language: Language, cause: Cause): string {
  const say = (word: WordKey, ...about: (string | number)[]): string => filled(catalogue[language][word], ...about);
  switch (cause.code) {
    case "rest":
      return say("pairRests", cause.seconds);
    case "later_step":
      return say("laterStep", cause.step);
    case "step_condition":
      return say("stepCondition", cause.step);
    case "skill":
      return say("skillWanted", `${cause.skill} ${cause.op} ${cause.level}`, cause.has ?? "–");
    case "kind":
      return say("kindWanted", say(cause.wanted === "worker" ? "worker" : "agentKind"));
    case "group":
      return say("notInGroup", cause.name);
    case "site":
      return say("notAtSite", cause.name);
    case "agent":
      return say("onlyAgent", cause.name);
    case "age":
      return say("tooShort", lasting(cause.ms));
    case "any":
      return cause.of.map((each) => causeIn(language, each)).join("; ");
    case "state": {
      const because = cause.because
        .filter((reason) => !isSaid.has(reason))
        .map((reason) => reasonIn(language, reason))
        .join(", ");
      const state = say(stateWords[cause.state]);
      return `${state}${because && ` (${because})`} ${lasting(cause.seconds * 1000)}`;
    }
    default:
      return say(plain[cause.code]);
  }
}
