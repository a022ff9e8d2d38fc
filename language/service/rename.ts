import { reserved } from "../builtins.ts";
import type { Edit } from "../diagnostic.ts";
import { tokenMatcher } from "../grammar/chevrotain.ts";
import { lex } from "../grammar/lex.ts";
import { Word } from "../grammar/tokens.ts";
import type { Range } from "../source.ts";
import { meaningAt } from "./definition.ts";
import { type Meaning, namesByPath, type Place, placesOf } from "./meaning.ts";
import { mentionsOf } from "./mentions.ts";
import type { Kind } from "./named.ts";
import type { Project } from "./project.ts";

/** Why a name cannot be changed, or not into this one: a sentence for the author. */
export interface Refused {
  refused: string;
}

/** Names that authors give with one word, and those they give as a text. */
const byWord = new Set<Kind>([
  "variable",
  "parameter",
  "binding",
  "sub",
  "calendar",
  "plan",
  "queue",
  "field",
  "label",
  "caller",
]);
const byText = new Set<Kind>(["strategy", "test", "traffic"]);

/** What would be renamed at an offset. */
export function renamable(project: Project, path: string, offset: number): { name: string; range: Range } | Refused {
  const found = meaningAt(project, path, offset);
  if (!found) return { refused: "no name stands here" };
  const { kind, name } = found.meaning;
  if (byWord.has(kind) || byText.has(kind)) return { name, range: found.range };
  if (ofLanguage.has(kind)) return { refused: `\`${name}\` is a word of the language` };
  return {
    refused: `\`${name}\` is not named here: rename it in the directory, where other systems know it by its name`,
  };
}

const ofLanguage = new Set<Kind>(["function", "property", "chooser", "outcome", "constant"]);

/** All edits that give the name at an offset another one, in every file. */
export function rename(project: Project, path: string, offset: number, to: string): { edits: Edit[] } | Refused {
  const found = meaningAt(project, path, offset);
  const may = renamable(project, path, offset);
  if (!found || "refused" in may) return "refused" in may ? may : { refused: "no name stands here" };
  const { meaning } = found;
  const refused = unfit(meaning, to) ?? taken(project, meaning, to);
  if (refused !== undefined) return { refused };
  return { edits: placesOf(project, meaning).map((place) => edit(place, meaning, to)) };
}

/** `{ product }` names a field and a variable at once: the other of the two keeps its name. */
function edit({ path, range, short }: Place, { kind, name }: Meaning, to: string): Edit {
  const text = !short ? to : kind === "field" ? `${to}: ${name}` : `${name}: ${to}`;
  return { path, range, text };
}

function unfit({ kind }: Meaning, to: string): string | undefined {
  if (byText.has(kind))
    return /^[^"\\{}\n\r]+$/.test(to) ? undefined : "a name cannot be empty or hold quotes, braces or line ends";
  if (reserved.has(to)) return `\`${to}\` is a word of the language and cannot be a name`;
  const { tokens, findings, comments } = lex(to);
  const [token] = tokens;
  const isWord = token && tokens.length === 1 && tokenMatcher(token, Word) && token.image === to;
  return isWord && findings.length === 0 && comments.length === 0
    ? undefined
    : `\`${to}\` is not one word, and a name is`;
}

/** Who has the new name already, where both would be seen. */
function taken(project: Project, meaning: Meaning, to: string): string | undefined {
  const { kind, name, path, home } = meaning;
  if (to === name) return undefined;
  if (home !== undefined && path !== undefined) return takenInItem(project, path, home, to);
  if (kind === "sub" || kind === "calendar" || kind === "plan") return takenInFiles(project, meaning, to);
  const places = placesOf(project, { kind, name: to, path: kind === "test" || kind === "traffic" ? path : undefined });
  return places.length > 0 ? `there is a ${what(kind)} \`${to}\` already` : undefined;
}

const what = (kind: Kind): string => (kind === "field" ? "key" : kind);

/** A word that anything in the strategy, sub or test uses would change its meaning. */
function takenInItem(project: Project, path: string, home: number, to: string): string | undefined {
  const sheet = project.sheets.get(path);
  const item = sheet?.file.items.find(({ range }) => range.start <= home && home < range.end);
  if (!sheet || !item) return undefined;
  const inItem = ({ start }: Range): boolean => item.range.start <= start && start < item.range.end;
  const used = mentionsOf(sheet).find(
    (one) => one.name === to && inItem(one.range) && (one.home !== undefined || one.kind === "constant"),
  );
  if (used) return `\`${to}\` stands for something else here already`;
  const names = namesByPath(project).get(path);
  return names?.subs.has(to) || names?.calendars.has(to)
    ? `\`${to}\` is a sub or a calendar, and nothing hides these`
    : undefined;
}

/** All files that see the thing must be free of the new name. */
function takenInFiles(project: Project, meaning: Meaning, to: string): string | undefined {
  for (const path of new Set(placesOf(project, meaning).map((place) => place.path))) {
    const names = namesByPath(project).get(path);
    if (names?.subs.has(to) || names?.calendars.has(to) || names?.plans.has(to))
      return `\`${path}\` knows something called \`${to}\` already`;
    const sheet = project.sheets.get(path);
    const hidden =
      sheet && mentionsOf(sheet).some((one) => one.name === to && (one.home !== undefined || one.kind === "constant"));
    if (hidden) return `\`${to}\` stands for something else in \`${path}\` already`;
  }
  return undefined;
}
