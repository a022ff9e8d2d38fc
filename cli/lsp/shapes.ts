import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic as LspDiagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type InlayHint,
  InsertTextFormat,
  type Range as LspRange,
  type SelectionRange,
  SemanticTokensBuilder,
  type SignatureHelp,
  SymbolKind,
  type TextEdit,
} from "vscode-languageserver/node.js";
import type { Diagnostic, Edit, Range, Source } from "../../language/index.ts";
import {
  type Entry,
  type Fold,
  type Inlay,
  type Painted,
  paints,
  type Signature,
  type Suggestion,
  type SuggestionKind,
} from "../../language/service/index.ts";

export type { LspDiagnostic };

/* The service's shapes in those of the protocol. Both count columns in UTF-16 units; the protocol counts lines, we offsets. */

const documents = new WeakMap<Source, TextDocument>();

/** Knows lines and columns of a source. */
export function documentOf(source: Source): TextDocument {
  const known = documents.get(source) ?? TextDocument.create("", "strategy", 0, source.text);
  documents.set(source, known);
  return known;
}

export function rangeOf(source: Source, { start, end }: Range): LspRange {
  const document = documentOf(source);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function offsetsOf(source: Source, { start, end }: LspRange): Range {
  const document = documentOf(source);
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** More findings of one text than this help nobody and slow editors down. */
const mostFindings = 500;

type Placing = Parameters<typeof diagnosticOf>[2];

/** The findings of a text, errors first where they are too many, and then how many more there are. */
export function diagnosticsOf(found: readonly Diagnostic[], source: Source, place: Placing): LspDiagnostic[] {
  if (found.length <= mostFindings) return found.map((one) => diagnosticOf(one, source, place));
  const rank = { error: 0, warning: 1, hint: 2 };
  const sorted = found.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
  const [next] = sorted.slice(mostFindings);
  const message = `and ${found.length - mostFindings} more`;
  return [
    ...sorted.slice(0, mostFindings).map((one) => diagnosticOf(one, source, place)),
    ...(next ? [{ ...diagnosticOf(next, source, place), message, code: "", relatedInformation: [] }] : []),
  ];
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** Codes of what no call reaches and nobody uses: an editor shows it paler. */
const unnecessary = new Set(["S402", "S214"]);

/** `place` gives the place of a related finding in the protocol's shape. */
export function diagnosticOf(
  one: Diagnostic,
  source: Source,
  place: (path: string, range: Range) => { uri: string; range: LspRange } | undefined,
): LspDiagnostic {
  const related = (one.related ?? []).flatMap(({ path, range, message }) => {
    const location = place(path, range);
    return location ? [{ location, message }] : [];
  });
  return {
    range: rangeOf(source, one.range),
    severity: severities[one.severity],
    code: one.code,
    source: "cordboard",
    message: one.hint ? `${one.message}\n${one.hint}` : one.message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(unnecessary.has(one.code) && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

export function textEditOf(source: Source, { range, text }: Pick<Edit, "range" | "text">): TextEdit {
  return { range: rangeOf(source, range), newText: text };
}

const itemKinds: Record<SuggestionKind, CompletionItemKind> = {
  word: CompletionItemKind.Keyword,
  phrase: CompletionItemKind.Snippet,
  name: CompletionItemKind.Variable,
  thing: CompletionItemKind.Reference,
  function: CompletionItemKind.Function,
  field: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  outcome: CompletionItemKind.EnumMember,
  text: CompletionItemKind.Text,
};

/** The order of the list is the order in which an editor shows it. */
export function itemOf(source: Source, suggestion: Suggestion, nth: number, snippets: boolean): CompletionItem {
  const { label, kind, detail, about, snippet, range } = suggestion;
  return {
    label,
    kind: itemKinds[kind],
    ...(detail && { detail }),
    ...(about && { documentation: { kind: "markdown", value: about } }),
    sortText: String(nth).padStart(4, "0"),
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeOf(source, range), newText: snippets ? snippet : withoutPlaceholders(snippet) },
  };
}

function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, "$1")
    .replace(/\$\d+/g, "")
    .replace(/\\([\\$}])/g, "$1");
}

export function signatureOf({ label, about, parameters, active }: Signature): SignatureHelp {
  const signature = {
    label,
    parameters: parameters.map((name) => ({ label: name })),
    ...(about && { documentation: about }),
  };
  return { signatures: [signature], activeSignature: 0, activeParameter: active };
}

const symbolKinds: Record<Entry["kind"], SymbolKind> = {
  strategy: SymbolKind.Class,
  test: SymbolKind.Event,
  traffic: SymbolKind.Event,
  sub: SymbolKind.Function,
  calendar: SymbolKind.Object,
  plan: SymbolKind.Struct,
  use: SymbolKind.Module,
  entry: SymbolKind.Key,
  attempt: SymbolKind.Method,
  call: SymbolKind.Variable,
};

/** The kind under which an editor lists an entry of an outline. */
export const symbolKind = ({ kind }: Entry): SymbolKind => symbolKinds[kind];

export function symbolOf(source: Source, { name, detail, kind, range, selection, children }: Entry): DocumentSymbol {
  return {
    name: name.trim() || kind,
    detail,
    kind: symbolKinds[kind],
    range: rangeOf(source, range),
    selectionRange: rangeOf(source, selection),
    children: children.map((child) => symbolOf(source, child)),
  };
}

/** The line of a closing brace stays in sight. */
export function foldOf(source: Source, { range, kind }: Fold): FoldingRange[] {
  const { start, end } = rangeOf(source, range);
  const endLine = kind === "block" ? end.line - 1 : end.line;
  if (endLine <= start.line) return [];
  return [{ startLine: start.line, endLine, ...(kind === "comment" && { kind: FoldingRangeKind.Comment }) }];
}

/** From the innermost range outwards. */
export function selectionOf(source: Source, ranges: readonly Range[]): SelectionRange | undefined {
  return ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => ({ range: rangeOf(source, range), ...(parent && { parent }) }),
    undefined,
  );
}

export const legend = { tokenTypes: [...paints], tokenModifiers: ["declaration"] };

export function tokensOf(source: Source, painted: readonly Painted[]): { data: number[] } {
  const builder = new SemanticTokensBuilder();
  for (const { range, paint, declares } of painted) {
    const { line, character } = documentOf(source).positionAt(range.start);
    builder.push(line, character, range.end - range.start, paints.indexOf(paint), declares ? 1 : 0);
  }
  return builder.build();
}

export function inlayOf(source: Source, { offset, label, about, space }: Inlay): InlayHint {
  return {
    position: documentOf(source).positionAt(offset),
    label,
    ...(about && { tooltip: about }),
    paddingLeft: space === "before",
    paddingRight: space === "after",
  };
}
