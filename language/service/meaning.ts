import { type Names, resolveNames } from "../names.ts";
import type { Range } from "../source.ts";
import { memo } from "./memo.ts";
import { mentionsOf } from "./mentions.ts";
import type { Kind } from "./named.ts";
import type { Project } from "./project.ts";
import type { Mention } from "./scope.ts";

/** What a name means in a project: two names of one meaning are the same thing. */
export interface Meaning {
  kind: Kind;
  name: string;
  /** The file that declares it. Absent where the whole project shares it, or nothing declares it. */
  path?: string;
  /** Where in that file, for what only a block knows. */
  home?: number;
}

/** A name in one of the files of a project. */
export interface Place {
  path: string;
  range: Range;
  declares: boolean;
  /** Both the key and the value of a field: `{ product }`. */
  short?: boolean;
}

/** Who can name what across files, by path. */
export const namesByPath: (project: Project) => ReadonlyMap<string, Names> = memo(
  ({ sheets }) => resolveNames([...sheets.values()]).names,
);

/** What a name in the strategy file `path` means. */
export function meaningOf(project: Project, path: string, { kind, name, home, declares }: Mention): Meaning {
  if (home !== undefined || kind === "test" || kind === "traffic") return { kind, name, path, home };
  const declared = declaredAs(kind, namesByPath(project).get(path));
  if (!declared) return { kind, name };
  const there = declared.get(name);
  if (kind === "constant") return there ? { kind: "calendar", name, path: there.source.path } : { kind, name };
  return { kind, name, path: declares ? path : there?.source.path };
}

/** A bare word may be a calendar: `office is open`. */
function declaredAs(kind: Kind, names: Names | undefined): Names[keyof Names] | undefined {
  if (kind === "sub") return names?.subs;
  if (kind === "plan") return names?.plans;
  return kind === "calendar" || kind === "constant" ? names?.calendars : undefined;
}

const keyOf = ({ kind, name, path, home }: Meaning): string => `${kind} ${home ?? ""} ${path ?? ""} ${name}`;

/** All places by what stands there, files in their order. */
const placesByMeaning: (project: Project) => ReadonlyMap<string, Place[]> = memo((project) => {
  const places = new Map<string, Place[]>();
  const put = (meaning: Meaning, place: Place): void => {
    const key = keyOf(meaning);
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  };
  for (const [path, sheet] of project.sheets) {
    for (const mention of mentionsOf(sheet)) {
      const { range, declares, short } = mention;
      put(meaningOf(project, path, mention), { path, range, declares, short });
    }
  }
  return places;
});

/** Every place of a project where this is named. */
export function placesOf(project: Project, meaning: Meaning): readonly Place[] {
  return placesByMeaning(project).get(keyOf(meaning)) ?? [];
}
