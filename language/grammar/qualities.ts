import type * as ast from "../ast.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";
import type { Values } from "./values.ts";

const { W } = T;

/** Something that a person of a test or of traffic has. */
export interface Quality {
  group?: ast.Name;
  kind?: ast.Name;
  skill?: { range: ast.Name["range"]; name: ast.Name; level: ast.Num };
}

export const someQuality = "what an agent has\na skill with its level, `group …`, `kind …`";

/** `group Accounts` · `kind worker` · `billing 7` */
export function quality(g: Reader, values: Values): Rule<Quality> {
  const group = g.rule("with group", (): Quality => {
    g.take(W.group);
    return { group: g.part(values.anyName) };
  });
  const kind = g.rule("with kind", (): Quality => {
    g.take(W.kind);
    return { kind: g.part(values.name) };
  });
  const skill = g.rule("with skill", (): Quality => {
    const start = g.start();
    const name = g.part(values.name);
    const level = g.part(values.number);
    return { skill: { range: g.range(start), name, level } };
  });
  const choices = [group, kind, skill].map((each) => () => g.part(each));
  return g.rule("quality", () => g.firstOf(choices, someQuality));
}

/** As a node has them. */
export function qualities(all: readonly Quality[]): Pick<ast.StaffLine, "withGroups" | "withSkills" | "withKind"> {
  const kind = all.find((each) => each.kind)?.kind;
  return {
    withGroups: all.flatMap((each) => each.group ?? []),
    withSkills: all.flatMap((each) => each.skill ?? []),
    ...(kind && { withKind: kind }),
  };
}
