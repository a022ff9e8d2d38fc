import type { Comment, File } from "./ast.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { yamlComments } from "./directory/comments.ts";
import { pageOf } from "./pages/pages.ts";
import { lineText, positionAt, type Source } from "./source.ts";

export interface Silenced {
  /** What is told: the findings that no comment allows, and what is wrong with such comments. */
  told: Diagnostic[];
  allowed: { finding: Diagnostic; because?: string }[];
}

/** `# allow S402 because REASON`, for the findings that begin on one line. */
interface Allow {
  source: Source;
  comment: Comment;
  code: string;
  because?: string;
  line: number;
}

/** `findings` are all there are: of reading, of checking and of the directory. Errors are never silenced. */
export function silence(
  findings: readonly Diagnostic[],
  files: readonly { source: Source; file: File }[],
  directory: readonly Source[],
): Silenced {
  const allows = [
    ...files.flatMap(({ source, file }) => allowsIn(source, file.comments)),
    ...directory.flatMap((source) => allowsIn(source, yamlComments(source))),
  ];
  if (allows.length === 0) return { told: [...findings], allowed: [] };
  const texts = [...files.map(({ source }) => source), ...directory];
  const sources = new Map(texts.map((source) => [source.path, source]));
  const key = (path: string, line: number, code: string): string => `${line} ${code} ${path}`;
  const table = new Map(allows.map((one) => [key(one.source.path, one.line, one.code), one]));
  const used = new Set<Allow>();
  const result: Silenced = { told: [], allowed: [] };
  for (const finding of findings) {
    const source = sources.get(finding.path);
    const allow = source && table.get(key(source.path, positionAt(source, finding.range.start).line, finding.code));
    if (!allow || finding.severity === "error") {
      result.told.push(finding);
      continue;
    }
    used.add(allow);
    result.allowed.push({ finding, ...(allow.because && { because: allow.because }) });
  }
  // Where something could not be read or checked, what a comment allows may only not have been found.
  const whole = !findings.some(({ severity }) => severity === "error");
  for (const allow of allows) {
    if (used.has(allow)) result.told.push(...(allow.because ? [] : [withoutReason(allow)]));
    else if (pageOf(allow.code)?.severity === "error") result.told.push(cannot(allow));
    else if (whole) result.told.push(needless(allow));
  }
  return result;
}

function allowsIn(source: Source, comments: readonly Comment[]): Allow[] {
  return comments.flatMap((comment) => {
    const [, code, because] = /^#+ *allow +([A-Z]\d{3})\b(?: +because +(\S.*))?/.exec(comment.text) ?? [];
    if (code === undefined) return [];
    const { line, column } = positionAt(source, comment.range.start);
    const alone =
      lineText(source, line)
        .slice(0, column - 1)
        .trim() === "";
    return [{ source, comment, code, ...(because && { because }), line: alone ? lineBelow(source, line) : line }];
  });
}

/** Several such comments may stand above one line. */
function lineBelow(source: Source, line: number): number {
  let below = line + 1;
  while (lineText(source, below).trimStart().startsWith("#")) below++;
  return below;
}

function about({ source, comment }: Allow): Pick<Diagnostic, "path" | "range"> {
  return { path: source.path, range: comment.range };
}

function cannot(allow: Allow): Diagnostic {
  const message = `\`${allow.code}\` is an error, and an error cannot be allowed`;
  return { code: "S110", severity: "warning", message, ...about(allow), hint: "mend it, and take the comment out" };
}

function needless(allow: Allow): Diagnostic {
  const message = `\`allow ${allow.code}\` allows nothing: there is no such finding on line ${allow.line}`;
  const fix = { title: "take the comment out", edits: [{ ...about(allow), text: "" }] };
  return { code: "S111", severity: "hint", message, ...about(allow), hint: "take it out", fix };
}

function withoutReason(allow: Allow): Diagnostic {
  const message = `\`allow ${allow.code}\` does not say why`;
  const hint = `write \`# allow ${allow.code} because …\``;
  return { code: "S112", severity: "hint", message, ...about(allow), hint };
}
