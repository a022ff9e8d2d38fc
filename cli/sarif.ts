import { type Diagnostic, pageMarkdown, pageOf, positionAt, type Source } from "../language/index.ts";
import type { Loaded } from "./load.ts";

const levels = { error: "error", warning: "warning", hint: "note" } as const;

/** Findings as a SARIF 2.1.0 log, which code hosts show beside the changed lines; those that a comment allows are marked as suppressed. */
export function sarif({ diagnostics, allowed, sources }: Pick<Loaded, "diagnostics" | "allowed" | "sources">): object {
  const all = [...diagnostics, ...allowed.map((one) => one.finding)];
  const codes = [...new Set(all.map((one) => one.code))];
  const result = (one: Diagnostic): object => ({
    ruleId: one.code,
    ruleIndex: codes.indexOf(one.code),
    level: levels[one.severity],
    message: { text: one.hint ? `${one.message}; ${one.hint}` : one.message },
    locations: [{ physicalLocation: { artifactLocation: { uri: one.path }, region: region(one, sources) } }],
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "cordboard", rules: codes.map(rule) } },
        columnKind: "utf16CodeUnits",
        results: [
          ...diagnostics.map(result),
          ...allowed.map(({ finding, because }) => ({
            ...result(finding),
            suppressions: [{ kind: "inSource", ...(because && { justification: because }) }],
          })),
        ],
      },
    ],
  };
}

/** What a code host shows when somebody asks what the code means. */
function rule(code: string): object {
  const page = pageOf(code);
  if (!page) return { id: code };
  return {
    id: code,
    shortDescription: { text: page.title },
    fullDescription: { text: page.what },
    defaultConfiguration: { level: levels[page.severity] },
    help: { text: `${page.what} ${page.why} ${page.mend}`, markdown: pageMarkdown(page) },
  };
}

function region(one: Diagnostic, sources: Source[]): object | undefined {
  const source = sources.find((candidate) => candidate.path === one.path);
  if (!source) return undefined;
  const start = positionAt(source, one.range.start);
  const end = positionAt(source, one.range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
