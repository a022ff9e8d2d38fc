import { type Entrance, entranceFor, entrances, normalise, type Strategy } from "../../language/index.ts";

/** Which strategy takes a dialled number, by the language's order of patterns. Single numbers, of which there are many, are found at once. */
export interface EntryTable {
  country: string;
  singles: Map<string, Entrance>;
  others: Entrance[];
}

export function entryTable(strategies: readonly Strategy[], country: string): EntryTable {
  const all = entrances(strategies, country);
  return {
    country,
    singles: new Map(all.filter(isSingle).map((entrance) => [entrance.from, entrance])),
    others: all.filter((entrance) => !isSingle(entrance)),
  };
}

export function findEntry({ country, singles, others }: EntryTable, dialled: string): Entrance | undefined {
  return singles.get(normalise(dialled, country)) ?? entranceFor(dialled, others, country);
}

/** A pattern as the author wrote it, for records. */
export function patternText({ pattern }: Pick<Entrance, "pattern">): string {
  switch (pattern.kind) {
    case "single":
      return pattern.text;
    case "span":
      return `${pattern.from}..${pattern.to}`;
    default:
      return `${pattern.text}*`;
  }
}

function isSingle({ pattern }: Entrance): boolean {
  return pattern.kind === "single";
}
