/** Whom a skill expression means that holds nothing but what a directory knows: `where` of a group. */
export type Condition =
  | { is: "all" | "any"; of: Condition[] }
  | { is: "not"; of: Condition }
  | { is: "skill"; skill: string; op: Comparison; level: number }
  | { is: "kind"; kind: string }
  | { is: "group"; group: string };

export type Comparison = ">=" | ">" | "<=" | "<" | "==" | "!=";
