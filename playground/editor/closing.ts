import { braceBelow } from "./braces.ts";
import { type editor, Range, Selection } from "./monaco.ts";

/**
 * The editor closes a brace as it is opened. Whoever writes the block to its end types the brace all the same, and means the one that is
 * there: it is taken, not doubled.
 */
export function startClosing(view: editor.ICodeEditor): () => void {
  const heard = view.onKeyDown((event) => {
    const model = view.getModel();
    const at = view.getSelection();
    if (event.browserEvent.key !== "}" || !model || !at?.isEmpty()) return;
    const brace = braceBelow(model.getValue(), model.getOffsetAt(at.getPosition()));
    if (brace === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const { startLineNumber: line } = at;
    const { lineNumber, column } = model.getPositionAt(brace);
    const blank = { range: new Range(line, 1, lineNumber, 1), text: "" };
    view.pushUndoStop();
    view.executeEdits("closing", [blank], [new Selection(line, column + 1, line, column + 1)]);
  });
  return () => heard.dispose();
}
