import type { IToken } from "../grammar/chevrotain.ts";
import { rangeOf } from "../grammar/lex.ts";
import * as T from "../grammar/tokens.ts";
import { pageMarkdown } from "../pages/markdown.ts";
import { pageOf } from "../pages/pages.ts";
import { headOf, type Phrase, plainForm } from "../phrases.ts";
import type { Range } from "../source.ts";
import { nodesAt } from "../walk.ts";
import { aboutLiteral } from "./about-literals.ts";
import { aboutName } from "./about-names.ts";
import { cursorAt } from "./cursor.ts";
import { findings } from "./findings.ts";
import { mentionAt } from "./mentions.ts";
import { phraseFor } from "./phrase.ts";
import type { Project } from "./project.ts";
import type { Sheet } from "./sheet.ts";

export interface Hover {
  range: Range;
  markdown: string;
}

/** What can be said of the name, value, word and findings at an offset. */
export function hover(project: Project, path: string, offset: number): Hover | undefined {
  const sheet = project.sheets.get(path);
  const own = sheet && (ofName(project, sheet, offset) ?? ofLiteral(sheet, offset) ?? ofWord(sheet, offset));
  const told = (findings(project).get(path) ?? []).filter(({ range }) => range.start <= offset && offset <= range.end);
  const pages = [...new Set(told.map(({ code }) => code))].flatMap((code) => pageOf(code) ?? []);
  const parts = [...(own ? [own.markdown] : []), ...pages.map((page) => pageMarkdown(page, 4))];
  const range = own?.range ?? told[0]?.range;
  return range && parts.length > 0 ? { range, markdown: parts.join("\n\n---\n\n") } : undefined;
}

function ofName(project: Project, sheet: Sheet, offset: number): Hover | undefined {
  const mention = mentionAt(sheet, offset);
  const markdown = mention && aboutName(project, sheet, mention);
  return markdown === undefined ? undefined : { range: mention?.range ?? sheet.file.range, markdown };
}

function ofLiteral({ file }: Sheet, offset: number): Hover | undefined {
  const node = nodesAt(file, offset).at(-1);
  const markdown = node && aboutLiteral(node);
  return node && markdown !== undefined ? { range: node.range, markdown } : undefined;
}

/** A word of the language, by what the grammar makes of it here. */
function ofWord(sheet: Sheet, offset: number): Hover | undefined {
  const { tokens } = sheet;
  const at = tokens.findIndex(
    (one) => one.startOffset <= offset && offset <= rangeOf(one).end && T.keywords.has(one.image),
  );
  for (let back = 0; back < 4 && at - back >= 0; back++) {
    const phrase = phraseOfToken(sheet, tokens[at - back]);
    const head = phrase && headOf(phrase.form).split(" ");
    const token = tokens[at];
    if (!phrase || !token || head?.[back] !== token.image) continue;
    return { range: rangeOf(token), markdown: `${code(plainForm(phrase.form))}\n\n${phrase.about}` };
  }
  return undefined;
}

/** What is written by the rule that begins with this token. */
function phraseOfToken(sheet: Sheet, token: IToken | undefined): Phrase | undefined {
  const cursor = token && cursorAt(sheet, token.startOffset);
  if (!token || !cursor) return undefined;
  const phrases = cursor.expected.map((one) =>
    one.type === token.tokenType ? phraseFor(one, token.image) : undefined,
  );
  return phrases.find((one) => one !== undefined);
}

const code = (text: string): string => `\`\`\`strategy\n${text}\n\`\`\``;
