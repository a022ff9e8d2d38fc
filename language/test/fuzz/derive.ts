import { tokensOf } from "../firsts.ts";
import type { Part, Rules } from "../gast.ts";
import { vocabulary } from "../../grammar/tokens.ts";

/** What stands for the tokens that are not always the same text. */
const samples: Record<string, string[]> = {
  Identifier: ["a", "owner", "Sales", "x_1", "größe"],
  Text: ['"x"', '"5000"', '""', '"a {b.c} d"', '"{1 + 2}"', '"\\{"'],
  Num: ["0", "3", "2.5"],
  Duration: ["30s", "1m30s", "500ms"],
  TimeOfDay: ["09:00", "23:59"],
  CalendarDay: ["2026-12-24"],
  Percent: ["20%", "2.5%"],
  Compare: ["==", "<="],
};

/** Tokens that stand for what the lexer could not read. */
const unread = new Set(["BadNumber", "BadText"]);

/** Makes texts of the grammar: each number of a list decides one choice, and when there are no more, the shortest way ends it. */
export class Deriver {
  private readonly rules: Rules;
  private readonly depths: ReadonlyMap<string, number>;

  constructor(rules: Rules) {
    this.rules = rules;
    this.depths = depthsOf(rules);
  }

  text(rule: string, decisions: readonly number[]): string {
    const words: string[] = [];
    let at = 0;
    const next = (limit: number): number | undefined => {
      const decision = decisions[at++];
      return decision === undefined ? undefined : decision % limit;
    };
    this.write(this.rules.get(rule), next, words, 0);
    return words.join(" ");
  }

  private write(
    part: Part | undefined,
    next: (limit: number) => number | undefined,
    words: string[],
    deep: number,
  ): void {
    switch (part?.is) {
      case "token":
        words.push(this.word(part.name, next));
        return;
      case "rule":
        this.write(this.rules.get(part.name), next, words, deep + 1);
        return;
      case "row":
        for (const each of part.parts) this.write(each, next, words, deep);
        return;
      case "choice": {
        const choices = part.parts.filter((each) => !isUnread(each));
        const shortest = choices.toSorted((a, b) => this.depth(a) - this.depth(b))[0];
        const decision = deep > 60 ? undefined : next(choices.length);
        this.write(decision === undefined ? shortest : choices[decision], next, words, deep);
        return;
      }
      case "optional":
        if (deep <= 60 && next(2) === 1) this.write(part.part, next, words, deep);
        return;
      case "many":
        if (deep > 60) return;
        while (next(2) === 1) this.write(part.part, next, words, deep);
        return;
      default:
    }
  }

  /** Some token of its kind. */
  private word(name: string, next: (limit: number) => number | undefined): string {
    const kinds = [...tokensOf(name)].filter((each) => !unread.has(each));
    const kind = kinds[next(kinds.length) ?? 0] ?? name;
    const written = samples[kind];
    if (written) return written[next(written.length) ?? 0] ?? "";
    return vocabulary.find((type) => type.name === kind)?.LABEL?.replaceAll("`", "") ?? "";
  }

  private depth(part: Part): number {
    return depthOf(part, this.depths);
  }
}

function isUnread(part: Part): boolean {
  return part.is === "rule" ? part.name === "badNumber" : part.is === "token" && unread.has(part.name);
}

/** Rules within rules on the shortest way through each rule. */
function depthsOf(rules: Rules): Map<string, number> {
  const depths = new Map<string, number>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, part] of rules) {
      const depth = depthOf(part, depths) + 1;
      if (depth < (depths.get(name) ?? Infinity)) {
        depths.set(name, depth);
        changed = true;
      }
    }
  }
  return depths;
}

function depthOf(part: Part, depths: ReadonlyMap<string, number>): number {
  switch (part.is) {
    case "token":
      return 0;
    case "rule":
      return depths.get(part.name) ?? Infinity;
    case "row":
      return Math.max(0, ...part.parts.map((each) => depthOf(each, depths)));
    case "choice":
      return Math.min(...part.parts.map((each) => depthOf(each, depths)));
    default:
      return 0;
  }
}
