/** Whom a skill expression means that holds nothing but what a directory knows: `where` of a group. */
export type Condition =
  | { is: "all"; of: Condition[] }
  | { is: "any"; of: Condition[] }
  | { is: "not"; of: Condition }
  | { is: "skill"; skill: string; op: Comparison; level: number }
  | { is: "kind"; kind: "agent" | "worker" }
  | { is: "group"; group: string }
  | { is: "site"; site: string };

export type Comparison = ">=" | ">" | "<=" | "<" | "==" | "!=";

/** What it looks at; an agent is one. */
export interface Person {
  kind: "agent" | "worker";
  skills: Record<string, number>;
}

/** Who lacks a skill has no level of it, so every comparison with it is `no`. */
export function hasLevel(
  { skills }: Pick<Person, "skills">,
  { skill, op, level }: { skill: string; op: Comparison; level: number },
): boolean {
  const own = Object.hasOwn(skills, skill) ? skills[skill] : undefined;
  return own !== undefined && comparisons[op](own, level);
}

/** Whether somebody meets it. */
export function meets(
  condition: Condition,
  person: Person,
  belongs: (to: "group" | "site", name: string) => boolean,
): boolean {
  switch (condition.is) {
    case "all":
      return condition.of.every((part) => meets(part, person, belongs));
    case "any":
      return condition.of.some((part) => meets(part, person, belongs));
    case "not":
      return !meets(condition.of, person, belongs);
    case "skill":
      return hasLevel(person, condition);
    case "kind":
      return person.kind === condition.kind;
    case "group":
      return belongs("group", condition.group);
    default:
      return belongs("site", condition.site);
  }
}

const comparisons: Record<Comparison, (level: number, wanted: number) => boolean> = {
  ">=": (level, wanted) => level >= wanted,
  ">": (level, wanted) => level > wanted,
  "<=": (level, wanted) => level <= wanted,
  "<": (level, wanted) => level < wanted,
  "==": (level, wanted) => level === wanted,
  "!=": (level, wanted) => level !== wanted,
};

export const isComparison = (op: string): op is Comparison => Object.hasOwn(comparisons, op);

/** Groups that it asks about. */
export function groupsIn(condition: Condition): string[] {
  if (condition.is === "group") return [condition.group];
  if (condition.is === "not") return groupsIn(condition.of);
  return condition.is === "all" || condition.is === "any" ? condition.of.flatMap(groupsIn) : [];
}
