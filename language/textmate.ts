import * as T from "./grammar/tokens.ts";
import { type Highlighting, highlighting } from "./highlighting.ts";

/** A rule of a TextMate grammar, of the few kinds that ours needs. */
export interface TextMateRule {
  name?: string;
  match?: string;
  begin?: string;
  end?: string;
  captures?: Record<string, { name: string }>;
  beginCaptures?: Record<string, { name: string }>;
  endCaptures?: Record<string, { name: string }>;
  patterns?: TextMateRule[];
  include?: string;
}

export interface TextMate extends TextMateRule {
  scopeName: string;
  fileTypes: string[];
  repository: Record<string, TextMateRule>;
}

/** The TextMate grammar, which colours a text before anybody understands it. The file in `editors/vscode` is written from it. */
export function textMate(): TextMate {
  return {
    name: "Cordboard strategy",
    scopeName: "source.cordboard-strategy",
    fileTypes: ["strategy"],
    patterns: [{ include: "#all" }],
    repository: { all: { patterns: [comment, text, ...declarations(), ...literals, ...words(highlighting())] } },
  };
}

const name = "[\\p{L}_][\\p{L}\\p{N}_]*";

const comment: TextMateRule = { name: "comment.line.number-sign.cordboard-strategy", match: "#.*$" };

/** Ends with its line, as for the reader. */
const text: TextMateRule = {
  name: "string.quoted.double.cordboard-strategy",
  begin: '"',
  end: '"|$',
  patterns: [
    { name: "constant.character.escape.cordboard-strategy", match: '\\\\[{}"\\\\]' },
    {
      name: "meta.embedded.cordboard-strategy",
      begin: "\\{",
      end: '\\}|(?=")|$',
      beginCaptures: { 0: { name: "punctuation.section.embedded.begin.cordboard-strategy" } },
      endCaptures: { 0: { name: "punctuation.section.embedded.end.cordboard-strategy" } },
      patterns: [{ include: "#all" }],
    },
  ],
};

function declarations(): TextMateRule[] {
  const declared = (head: string, scope: string): TextMateRule => ({
    match: `\\b(${head})\\s+(${name})`,
    captures: { 1: { name: "keyword.control.cordboard-strategy" }, 2: { name: `${scope}.cordboard-strategy` } },
  });
  return [
    declared("let", "variable.other.declaration"),
    declared("sub|run", "entity.name.function"),
    declared("calendar|queue\\s+plan", "entity.name.type"),
  ];
}

const literals: TextMateRule[] = [
  { name: "constant.other.date.cordboard-strategy", match: pattern(T.CalendarDay.PATTERN) },
  { name: "constant.other.time.cordboard-strategy", match: pattern(T.TimeOfDay.PATTERN) },
  {
    name: "constant.numeric.duration.cordboard-strategy",
    match: `\\b${pattern(T.Duration.PATTERN)}(?<=\\d(?:ms|[dhms]))`,
  },
  { name: "constant.numeric.percent.cordboard-strategy", match: pattern(T.Percent.PATTERN) },
  { name: "constant.numeric.cordboard-strategy", match: pattern(T.Num.PATTERN) },
];

/** Where a word is a name whatever it says: behind a noun and behind a dot. */
function words(classes: Highlighting): TextMateRule[] {
  const oneOf = (list: string[]): string => `(?:${list.join("|")})`;
  const rule = (list: string[], scope: string, after = ""): TextMateRule => ({
    name: `${scope}.cordboard-strategy`,
    match: `\\b${oneOf(list)}\\b${after}`,
  });
  return [
    { name: "variable.other.property.cordboard-strategy", match: `(?<=\\w\\.)${name}` },
    { name: "variable.other.property.cordboard-strategy", match: `${name}(?=\\s*:)` },
    { name: "variable.language.cordboard-strategy", match: "\\b(?:call(?=\\.)|this|outcome)\\b" },
    {
      match: `\\b(${oneOf(classes.nouns)})[ \\t]+(?!of\\b|plan\\b)(${name})`,
      captures: { 1: { name: "storage.type.cordboard-strategy" }, 2: { name: "entity.name.type.cordboard-strategy" } },
    },
    rule([...classes.functions], "support.function", "(?=\\()"),
    rule(classes.operators, "keyword.operator.word"),
    rule(classes.items, "keyword.control.item"),
    rule(classes.statements, "keyword.control"),
    rule(classes.nouns, "storage.type"),
    rule(classes.constants, "constant.language"),
    rule(classes.words, "keyword.other"),
    { name: "keyword.operator.cordboard-strategy", match: "->|\\?\\?|[=!<>]=|\\.\\.|[=<>+*/-]" },
  ];
}

function pattern(of: unknown): string {
  return of instanceof RegExp ? of.source : "";
}
