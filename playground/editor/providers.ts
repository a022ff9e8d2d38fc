import type { Lens } from "../../language/service/index.ts";
import type { PanelId, Wish } from "../model.ts";
import { change } from "../store.ts";
import { NoAnswer } from "../workers/ask.ts";
import { language, untilAnswered } from "../workers/language.ts";
import { pathOf, rangeIn, spanIn } from "./models.ts";
import { type CancellationToken, editor, languages, type Position } from "./monaco.ts";
import {
  actionOf,
  editOf,
  foldOf,
  inlayOf,
  itemOf,
  lensOf,
  locationOf,
  signatureOf,
  symbolOf,
  workspaceEdit,
} from "./shapes.ts";
import { startTheme } from "./theme.ts";

/* Every question of the editor, answered by the language's editor service in its worker. */

type Model = editor.ITextModel;

/** Findings and their fixes lie in the directory too. */
const texts = ["strategy", "yaml"];

export async function registerProviders(): Promise<void> {
  writing();
  names();
  const { paints } = await untilAnswered(() => language.ask("legend"));
  looks(paints);
  startTheme(paints);
}

const at = (model: Model, position: Position): [string, number] => [pathOf(model.uri), model.getOffsetAt(position)];

/** No answer where the text went on meanwhile: its offsets would be those of another text; nor where the worker was stopped. */
async function answer<Found, Shown>(
  token: CancellationToken,
  asked: Promise<Found>,
  shape: (found: Found) => Shown,
): Promise<Shown | undefined> {
  try {
    const found = await asked;
    return token.isCancellationRequested ? undefined : shape(found);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

/** What helps while one writes. */
function writing(): void {
  languages.registerCompletionItemProvider("strategy", {
    triggerCharacters: [" ", ".", '"', "("],
    provideCompletionItems: (model, position, _context, token) =>
      answer(token, language.ask("completion", ...at(model, position)), (found) => ({
        suggestions: found.map((one, nth) => itemOf(model, one, nth)),
        incomplete: found.length > 200,
      })),
  });
  languages.registerHoverProvider(texts, {
    provideHover: (model, position, token) =>
      answer(token, language.ask("hover", ...at(model, position)), (found) =>
        found ? { range: rangeIn(model, found.range), contents: [{ value: found.markdown }] } : undefined,
      ),
  });
  languages.registerSignatureHelpProvider("strategy", {
    signatureHelpTriggerCharacters: ["(", ","],
    provideSignatureHelp: (model, position, token) =>
      answer(token, language.ask("signature", ...at(model, position)), (found) =>
        found ? { value: signatureOf(found), dispose() {} } : undefined,
      ),
  });
  languages.registerDocumentFormattingEditProvider("strategy", {
    provideDocumentFormattingEdits: (model, _options, token) =>
      answer(token, language.ask("formatting", pathOf(model.uri)), (edits) => edits.map((edit) => editOf(model, edit))),
  });
  languages.registerDocumentRangeFormattingEditProvider("strategy", {
    provideDocumentRangeFormattingEdits: (model, range, _options, token) =>
      answer(token, language.ask("formatting", pathOf(model.uri), spanIn(model, range)), (edits) =>
        edits.map((edit) => editOf(model, edit)),
      ),
  });
  languages.registerCodeActionProvider(
    texts,
    {
      provideCodeActions: (model, range, _context, token) =>
        answer(token, language.ask("actions", pathOf(model.uri), spanIn(model, range)), (found) => ({
          actions: found.map((one) => actionOf(model, one)),
          dispose() {},
        })),
    },
    { providedCodeActionKinds: ["quickfix", "refactor", "source.fixAll"] },
  );
}

/** What names mean, and where. */
function names(): void {
  languages.registerDefinitionProvider("strategy", {
    provideDefinition: (model, position, token) =>
      answer(token, language.ask("definition", ...at(model, position)), (places) => places.flatMap(locationOf)),
  });
  languages.registerReferenceProvider("strategy", {
    provideReferences: (model, position, { includeDeclaration }, token) =>
      answer(token, language.ask("references", ...at(model, position)), (places) =>
        places.filter(({ declares }) => includeDeclaration || !declares).flatMap(locationOf),
      ),
  });
  languages.registerDocumentHighlightProvider("strategy", {
    provideDocumentHighlights: (model, position, token) =>
      answer(token, language.ask("highlights", ...at(model, position)), (places) =>
        places.map(({ range }) => ({ range: rangeIn(model, range) })),
      ),
  });
  languages.registerRenameProvider("strategy", {
    resolveRenameLocation: (model, position, token) =>
      answer(token, language.ask("renamable", ...at(model, position)), (found) =>
        "refused" in found
          ? { range: rangeIn(model, { start: 0, end: 0 }), text: "", rejectReason: found.refused }
          : { range: rangeIn(model, found.range), text: found.name },
      ),
    provideRenameEdits: (model, position, name, token) =>
      answer(token, language.ask("rename", ...at(model, position), name), (found) =>
        "refused" in found ? { edits: [], rejectReason: found.refused } : workspaceEdit(found.edits),
      ),
  });
}

/** How a text looks. */
function looks(paints: readonly string[]): void {
  languages.registerDocumentSymbolProvider("strategy", {
    provideDocumentSymbols: (model, token) =>
      answer(token, language.ask("outline", pathOf(model.uri)), (entries) =>
        entries.map((entry) => symbolOf(model, entry)),
      ),
  });
  languages.registerFoldingRangeProvider("strategy", {
    provideFoldingRanges: (model, _context, token) =>
      answer(token, language.ask("folding", pathOf(model.uri)), (folds) =>
        folds.flatMap((fold) => foldOf(model, fold)),
      ),
  });
  languages.registerSelectionRangeProvider("strategy", {
    provideSelectionRanges: (model, positions, token) =>
      Promise.all(
        positions.map((position) =>
          answer(token, language.ask("selections", ...at(model, position)), (spans) =>
            spans.map((span) => ({ range: rangeIn(model, span) })),
          ).then((ranges) => ranges ?? []),
        ),
      ),
  });
  languages.registerDocumentSemanticTokensProvider("strategy", {
    getLegend: () => ({ tokenTypes: [...paints], tokenModifiers: ["declaration"] }),
    provideDocumentSemanticTokens: (model, _last, token) =>
      answer(token, language.ask("painted", pathOf(model.uri)), (data) => ({ data })),
    releaseDocumentSemanticTokens() {},
  });
  languages.registerInlayHintsProvider("strategy", {
    provideInlayHints: (model, range, token) =>
      answer(token, language.ask("inlays", pathOf(model.uri), spanIn(model, range)), (found) => ({
        hints: found.map((one) => inlayOf(model, one)),
        dispose() {},
      })),
  });
  languages.registerCodeLensProvider("strategy", {
    provideCodeLenses: (model, token) =>
      answer(token, language.ask("lenses", pathOf(model.uri)), (lenses) => ({
        lenses: lenses.map((lens) => lensOf(model, pathOf(model.uri), lens)),
      })),
  });
  editor.registerCommand("cordboard.wish", (_accessor, wish: Wish) => wishFor(wish));
}

const doers: Record<Lens["does"], PanelId> = { run: "run", test: "results", tests: "results", simulate: "results" };

function wishFor(wish: Wish): void {
  change((page) => {
    page.wish = wish;
    page.panel = doers[wish.does];
    page.narrow = "work";
  });
}
