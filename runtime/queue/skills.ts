import { type Comparison, hasLevel } from "../../language/index.ts";
import type { Millis } from "../events.ts";
import { formatDuration } from "../strategy/format.ts";

/** Which agents are meant: what a skill expression becomes once its right sides are frozen. */
export type Condition =
  | { is: "all"; of: Condition[] }
  | { is: "any"; of: Condition[] }
  | { is: "not"; of: Condition }
  | { is: "skill"; skill: string; op: Comparison; level: number }
  | { is: "kind"; kind: string }
  | { is: "group"; group: string }
  | { is: "site"; site: string }
  | { is: "agent"; agent: string }
  /** In the state he is in for so long. */
  | { is: "age"; atLeast: Millis };

/** What a condition looks at. */
export interface Person {
  id: string;
  kind: string;
  skills: Record<string, number>;
  groups: ReadonlySet<string>;
  /** Whose trunks carry the phone. */
  sites: ReadonlySet<string>;
  /** The longest time that some class asks about and that he has been in his state for. */
  age: Millis;
}

/** Whether somebody is meant. */
export function fits(condition: Condition, person: Person): boolean {
  switch (condition.is) {
    case "all":
      return condition.of.every((part) => fits(part, person));
    case "any":
      return condition.of.some((part) => fits(part, person));
    case "not":
      return !fits(condition.of, person);
    case "skill":
      return hasLevel(person, condition);
    case "kind":
      return person.kind === condition.kind;
    case "group":
      return person.groups.has(condition.group);
    case "site":
      return person.sites.has(condition.site);
    case "age":
      return person.age >= condition.atLeast;
    default:
      return person.id === condition.agent;
  }
}

/** One text for conditions that mean the same: parts of `and` and `or` in order, without repetition. */
export function conditionKey(condition: Condition): string {
  switch (condition.is) {
    case "all":
      return joined("all", condition.of);
    case "any":
      return joined("any", condition.of);
    case "not":
      return `not (${conditionKey(condition.of)})`;
    case "skill":
      return `${condition.skill} ${condition.op} ${condition.level}`;
    case "kind":
      return `kind == ${condition.kind}`;
    case "group":
      return `group ${JSON.stringify(condition.group)}`;
    case "site":
      return `site ${JSON.stringify(condition.site)}`;
    case "age":
      return `state_age >= ${formatDuration(condition.atLeast)}`;
    default:
      return `agent ${JSON.stringify(condition.agent)}`;
  }
}

function joined(is: "all" | "any", parts: Condition[]): string {
  const keys = [...new Set(flattened(parts, is).map(conditionKey))].toSorted();
  if (keys.length === 0) return is === "all" ? "everybody" : "nobody";
  return keys.length === 1 ? (keys[0] ?? "") : `(${keys.join(is === "all" ? " and " : " or ")})`;
}

function flattened(parts: Condition[], is: "all" | "any"): Condition[] {
  return parts.flatMap((part) => (part.is === is ? flattened(part.of, is) : [part]));
}

/** What a condition reads of a person, so that a change there finds the classes that must look again. */
export function readsOf(condition: Condition): string[] {
  switch (condition.is) {
    case "all":
    case "any":
      return condition.of.flatMap(readsOf);
    case "not":
      return readsOf(condition.of);
    case "skill":
      return [`skill ${condition.skill}`];
    case "kind":
      return ["kind"];
    case "group":
      return [`group ${condition.group}`];
    case "site":
      return [`site ${condition.site}`];
    case "age":
      return ["age"];
    default:
      return [`agent ${condition.agent}`];
  }
}

/** The times in a state that a condition asks about. */
export function agesOf(condition: Condition): Millis[] {
  switch (condition.is) {
    case "all":
    case "any":
      return condition.of.flatMap(agesOf);
    case "not":
      return agesOf(condition.of);
    default:
      return condition.is === "age" ? [condition.atLeast] : [];
  }
}

/** Whom it could mean in time: how long somebody is in his state changes by itself, so what asks for it is left open. */
export function inTime(condition: Condition, open: "all" | "any" = "all"): Condition {
  if (agesOf(condition).length === 0) return condition;
  switch (condition.is) {
    case "all":
    case "any":
      return { is: condition.is, of: condition.of.map((part) => inTime(part, open)) };
    case "not":
      return { is: "not", of: inTime(condition.of, open === "all" ? "any" : "all") };
    default:
      return { is: open, of: [] };
  }
}
