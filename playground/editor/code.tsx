import { useEffect, useRef } from "preact/hooks";
import { change, current, follow } from "../store.ts";
import { startClosing } from "./closing.ts";
import { registerLanguage } from "./language.ts";
import { startMarkers, startMarks } from "./markers.ts";
import { modelOf, pathOf, rangeIn, spanIn, startModels } from "./models.ts";
import { editor, Range } from "./monaco.ts";
import { registerProviders } from "./providers.ts";
import { wearTheme } from "./theme.ts";

registerLanguage();
wearTheme();
startModels();
startMarkers();
void registerProviders();

const options: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlightOnlyWhenFocus: true,
  lineNumbersMinChars: 3,
  wordWrap: "on",
  wrappingIndent: "indent",
  "semanticHighlighting.enabled": true,
  // Widgets may leave the pane, which is small.
  fixedOverflowWidgets: true,
  wordBasedSuggestions: "off",
  // Enter after a word that is written out begins a line.
  acceptSuggestionOnEnter: "smart",
  quickSuggestions: { other: true, comments: false, strings: true },
  guides: { indentation: false },
  stickyScroll: { enabled: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  overviewRulerBorder: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  padding: { top: 8, bottom: 8 },
};

/** The editor with the open file in it. */
export function Code() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => (place.current ? start(place.current) : undefined), []);
  return <div class="code" ref={place} />;
}

function start(element: HTMLElement): () => void {
  const view = editor.create(element, { ...options, readOnly: current().isEmbedded, model: null });
  const states = new Map<string, editor.ICodeEditorViewState | null>();
  const show = (path: string, before?: string): void => {
    if (before !== undefined && view.getModel()) states.set(before, view.saveViewState());
    view.setModel(modelOf(path) ?? null);
    view.updateOptions({ ariaLabel: `Text of ${path}. Control M lets the Tab key leave it.` });
    view.restoreViewState(states.get(path) ?? null);
  };
  const reach = (): void => {
    const { goal, open } = current();
    const model = modelOf(open);
    if (!goal || goal.path !== open || !model) return;
    const range = rangeIn(model, goal.range);
    view.setSelection(range);
    view.revealRangeInCenterIfOutsideViewport(range);
    view.focus();
  };
  show(current().open);
  reach();
  const ends = [
    follow(({ open }) => open, show),
    follow(({ goal }) => goal, reach),
    // Another site with a file of the same name has another model.
    follow(
      ({ site }) => site,
      () => view.getModel() ?? show(current().open),
    ),
    startMarks(view),
    startClosing(view),
    opener(),
  ];
  return () => {
    for (const end of ends) end();
    view.dispose();
  };
}

/** A jump into another file opens its tab. */
function opener(): () => void {
  const registered = editor.registerEditorOpener({
    openCodeEditor(_source, resource, place) {
      const path = pathOf(resource);
      const model = modelOf(path);
      if (!model) return false;
      const range = place && ("column" in place ? Range.fromPositions(place) : Range.lift(place));
      change((page) => {
        page.open = path;
        page.goal = { path, range: spanIn(model, range ?? new Range(1, 1, 1, 1)) };
      });
      return true;
    },
  });
  return () => registered.dispose();
}
