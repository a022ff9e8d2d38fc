import type { Range as Span } from "../../language/index.ts";
import type { Site } from "../model.ts";
import { change, current, follow } from "../store.ts";
import { editor, type IRange, Uri } from "./monaco.ts";

/* A model of the editor for each file of the site. The store has the texts; what is typed goes there, what comes from there is shown. */

export const uriOf = (path: string): Uri => Uri.from({ scheme: "site", path: `/${path}` });

export const pathOf = ({ path }: Uri): string => path.slice(1);

export function modelOf(path: string): editor.ITextModel | undefined {
  return editor.getModel(uriOf(path)) ?? undefined;
}

export function rangeIn(model: editor.ITextModel, { start, end }: Span): IRange {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

export function spanIn(model: editor.ITextModel, range: IRange): Span {
  return {
    start: model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn }),
    end: model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn }),
  };
}

/** Begins to follow the files of the page. */
export function startModels(): void {
  follow(({ site }) => site, show);
  show(current().site);
}

function show({ files }: Site): void {
  const paths = new Set(files.map(({ path }) => path));
  for (const model of editor.getModels()) {
    if (model.uri.scheme === "site" && !paths.has(pathOf(model.uri))) model.dispose();
  }
  for (const { path, text } of files) {
    const model = modelOf(path);
    if (!model) create(path, text);
    else if (model.getValue() !== text) model.setValue(text);
  }
}

function create(path: string, text: string): void {
  const model = editor.createModel(text, languageOf(path), uriOf(path));
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  model.onDidChangeContent(() => {
    const written = model.getValue();
    change(({ site }) => {
      const file = site.files.find((one) => one.path === path);
      if (file) file.text = written;
    });
  });
}

function languageOf(path: string): string {
  if (path.endsWith(".strategy")) return "strategy";
  return /\.ya?ml$/.test(path) ? "yaml" : "plaintext";
}
