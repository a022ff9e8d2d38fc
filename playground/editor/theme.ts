import type { Paint } from "../../language/service/index.ts";
import { followLook, isDark } from "../style/theme.ts";
import { editor } from "./monaco.ts";

/* The editor in the page's colours: `/style/tokens.css` has them all, `--paint-…` for each paint of the language. */

/** Wears the page's theme, now and whenever it changes. */
export function startTheme(paints: readonly Paint[]): void {
  const wear = (): void => wearTheme(paints);
  followLook(wear);
  wear();
}

/** As the page looks now; before its worker has told them, without the paints of the language. */
export function wearTheme(paints: readonly Paint[] = []): void {
  const style = getComputedStyle(document.documentElement);
  // The build writes `#fff`, which the editor does not take.
  const colour = (name: string): string =>
    style.getPropertyValue(`--${name}`).replace(/^#(\w)(\w)(\w)$/, "#$1$1$2$2$3$3");
  const rule = (token: string, paint: string) => ({ token, foreground: colour(`paint-${paint}`).slice(1) });
  editor.defineTheme("cordboard", {
    base: isDark() ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      ...paints.map((paint) => rule(paint, paint)),
      { ...rule("comment", "comment"), fontStyle: "italic" },
      { ...rule("class", "class"), fontStyle: "bold" },
      // As YAML's own colours are named.
      rule("type.yaml", "property"),
      rule("string.yaml", "string"),
    ],
    colors: {
      "editor.background": colour("ground"),
      "editor.foreground": colour("text"),
      "editorLineNumber.foreground": colour("soft"),
      "editorLineNumber.activeForeground": colour("text"),
      "editor.lineHighlightBackground": colour("raised"),
      "editor.lineHighlightBorder": colour("raised"),
      "editorCodeLens.foreground": colour("soft"),
      "editorInlayHint.foreground": colour("soft"),
      "editorInlayHint.background": colour("raised"),
      "editorWidget.background": colour("raised"),
      "editorWidget.border": colour("line"),
      "editorHoverWidget.background": colour("raised"),
      "editorSuggestWidget.background": colour("raised"),
      "editorCursor.foreground": colour("accent"),
      focusBorder: colour("accent"),
      "editorError.foreground": colour("bad"),
      "editorWarning.foreground": colour("warn"),
      "editorHint.foreground": colour("hint"),
    },
  });
  editor.setTheme("cordboard");
}
