import type { Mark, Page } from "../model.ts";
import { current, follow } from "../store.ts";
import { modelOf, pathOf, rangeIn } from "./models.ts";
import { editor } from "./monaco.ts";
import { markerOf } from "./shapes.ts";

/* What is drawn over the texts: findings as the editor's markers, marks of the panels as coloured lines. */

/** Begins to show what the page finds in its texts. */
export function startMarkers(): void {
  follow(({ findings }) => findings, showFindings);
  showFindings(current().findings);
}

function showFindings(findings: Page["findings"]): void {
  for (const model of editor.getModels()) {
    const found = findings[pathOf(model.uri)] ?? [];
    editor.setModelMarkers(
      model,
      "cordboard",
      found.map((one) => markerOf(model, one)),
    );
  }
}

/** With each of them the editor lays itself out: while somebody drags the clock they come no more often. */
const MARKS_EVERY_MS = 100;

/** Keeps the marks of the panels on the lines of the open file. */
export function startMarks(view: editor.IEditor & Pick<editor.ICodeEditor, "createDecorationsCollection">): () => void {
  const drawn = view.createDecorationsCollection();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = -Infinity;
  const draw = (): void => {
    timer = undefined;
    drawnAt = performance.now();
    const { marks, open } = current();
    const all = Object.values(marks).flatMap((some) => some ?? []);
    const model = modelOf(open);
    drawn.set(model ? all.filter(({ path }) => path === open).map((mark) => decorationOf(model, mark)) : []);
  };
  const drawSoon = (): void => void (timer ??= setTimeout(draw, drawnAt + MARKS_EVERY_MS - performance.now()));
  const ends = [follow(({ marks }) => marks, drawSoon), follow(({ open }) => open, draw), () => clearTimeout(timer)];
  draw();
  return () => ends.forEach((end) => end());
}

function decorationOf(model: editor.ITextModel, { range, as, about }: Mark): editor.IModelDeltaDecoration {
  const hover = about === undefined ? undefined : { value: about };
  return {
    range: rangeIn(model, range),
    options: {
      isWholeLine: true,
      className: `mark ${as}`,
      linesDecorationsClassName: `mark-margin ${as}`,
      hoverMessage: hover,
      linesDecorationsTooltip: about,
    },
  };
}
