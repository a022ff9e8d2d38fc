import type { Diagnostic, Edit } from "../../language/index.ts";
import type {
  Action,
  Entry,
  Fold,
  Inlay,
  Lens,
  Place,
  Signature,
  Suggestion,
  SuggestionKind,
} from "../../language/service/index.ts";
import type { Wish } from "../model.ts";
import { modelOf, rangeIn, uriOf } from "./models.ts";
import { type editor, languages, MarkerSeverity, MarkerTag } from "./monaco.ts";

/* The service's shapes in those of the editor, which counts lines and columns from 1; we count offsets. */

type Model = editor.ITextModel;

const severities = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  hint: MarkerSeverity.Info,
};

/** Codes of what no call reaches and nobody uses: shown paler. */
const unnecessary = new Set(["S402", "S214"]);

export function markerOf(model: Model, one: Diagnostic): editor.IMarkerData {
  const related = (one.related ?? []).flatMap(({ path, range, message }) => {
    const other = modelOf(path);
    return other ? [{ resource: other.uri, message, ...rangeIn(other, range) }] : [];
  });
  return {
    ...rangeIn(model, one.range),
    severity: severities[one.severity],
    code: one.code,
    message: one.hint ? `${one.message}\n${one.hint}` : one.message,
    relatedInformation: related,
    tags: unnecessary.has(one.code) ? [MarkerTag.Unnecessary] : [],
  };
}

const itemKinds: Record<SuggestionKind, languages.CompletionItemKind> = {
  word: languages.CompletionItemKind.Keyword,
  phrase: languages.CompletionItemKind.Snippet,
  name: languages.CompletionItemKind.Variable,
  thing: languages.CompletionItemKind.Reference,
  function: languages.CompletionItemKind.Function,
  field: languages.CompletionItemKind.Field,
  value: languages.CompletionItemKind.Value,
  outcome: languages.CompletionItemKind.EnumMember,
  text: languages.CompletionItemKind.Text,
};

/** The order of the list is the order in which it is shown. */
export function itemOf(model: Model, suggestion: Suggestion, nth: number): languages.CompletionItem {
  const { label, kind, detail, about, snippet, range } = suggestion;
  return {
    label,
    kind: itemKinds[kind],
    detail,
    documentation: about === undefined ? undefined : { value: about },
    sortText: String(nth).padStart(4, "0"),
    insertText: snippet,
    // Only of what is no snippet does the editor see that it is written already.
    ...(/[$\\]/.test(snippet) && { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet }),
    range: rangeIn(model, range),
  };
}

export function signatureOf({ label, about, parameters, active }: Signature): languages.SignatureHelp {
  const signature = { label, documentation: about, parameters: parameters.map((name) => ({ label: name })) };
  return { signatures: [signature], activeSignature: 0, activeParameter: active };
}

export function editOf(model: Model, { range, text }: Pick<Edit, "range" | "text">): languages.TextEdit {
  return { range: rangeIn(model, range), text };
}

export function workspaceEdit(edits: readonly Edit[]): languages.WorkspaceEdit {
  return {
    edits: edits.flatMap((edit) => {
      const model = modelOf(edit.path);
      return model ? [{ resource: model.uri, textEdit: editOf(model, edit), versionId: undefined }] : [];
    }),
  };
}

const actionKinds: Record<Action["kind"], string> = {
  fix: "quickfix",
  "fix all": "source.fixAll",
  refactor: "refactor",
};

export function actionOf(model: Model, { title, kind, edits, finding }: Action): languages.CodeAction {
  return {
    title,
    kind: actionKinds[kind],
    edit: workspaceEdit(edits),
    diagnostics: finding ? [markerOf(model, finding)] : [],
    isPreferred: kind === "fix" && finding !== undefined,
  };
}

export function locationOf({ path, range }: Pick<Place, "path" | "range">): languages.Location[] {
  const model = modelOf(path);
  return model ? [{ uri: uriOf(path), range: rangeIn(model, range) }] : [];
}

const symbolKinds: Record<Entry["kind"], languages.SymbolKind> = {
  strategy: languages.SymbolKind.Class,
  test: languages.SymbolKind.Event,
  traffic: languages.SymbolKind.Event,
  sub: languages.SymbolKind.Function,
  calendar: languages.SymbolKind.Object,
  plan: languages.SymbolKind.Struct,
  use: languages.SymbolKind.Module,
  entry: languages.SymbolKind.Key,
  attempt: languages.SymbolKind.Method,
  call: languages.SymbolKind.Variable,
};

export function symbolOf(model: Model, entry: Entry): languages.DocumentSymbol {
  const { name, kind, range, selection, children } = entry;
  return {
    name: name || kind,
    detail: kind,
    kind: symbolKinds[kind],
    tags: [],
    range: rangeIn(model, range),
    selectionRange: rangeIn(model, selection),
    children: children.map((child) => symbolOf(model, child)),
  };
}

/** The line of a closing brace stays in sight. */
export function foldOf(model: Model, { range, kind }: Fold): languages.FoldingRange[] {
  const { startLineNumber: start, endLineNumber } = rangeIn(model, range);
  const end = kind === "block" ? endLineNumber - 1 : endLineNumber;
  if (end <= start) return [];
  return [{ start, end, kind: kind === "comment" ? languages.FoldingRangeKind.Comment : undefined }];
}

export function inlayOf(model: Model, { offset, label, about, space }: Inlay): languages.InlayHint {
  return {
    position: model.getPositionAt(offset),
    label,
    tooltip: about === undefined ? undefined : { value: about },
    paddingLeft: space === "before",
    paddingRight: space === "after",
  };
}

export function lensOf(model: Model, path: string, { range, title, does, name }: Lens): languages.CodeLens {
  const wish: Wish = { path, does, name };
  return { range: rangeIn(model, range), command: { id: "cordboard.wish", title, arguments: [wish] } };
}
