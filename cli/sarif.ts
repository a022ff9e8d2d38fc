import { type Diagnostic, positionAt, type Source } from "../language/index.ts";

const levels = { error: "error", warning: "warning", hint: "note" } as const;

/** Findings as a SARIF 2.1.0 log, which code hosts show beside the changed lines. */
export function sarif(diagnostics: Diagnostic[], sources: Source[]): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "cordboard", rules: [...new Set(diagnostics.map((one) => one.code))].map((id) => ({ id })) },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((one) => ({
          ruleId: one.code,
          level: levels[one.severity],
          message: { text: one.hint ? `${one.message}; ${one.hint}` : one.message },
          locations: [{ physicalLocation: { artifactLocation: { uri: one.path }, region: region(one, sources) } }],
        })),
      },
    ],
  };
}

function region(one: Diagnostic, sources: Source[]): object | undefined {
  const source = sources.find((candidate) => candidate.path === one.path);
  if (!source) return undefined;
  const start = positionAt(source, one.range.start);
  const end = positionAt(source, one.range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
