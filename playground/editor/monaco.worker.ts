/** The editor's own worker: differences, links, words. */
import "monaco-editor/editor/editor.worker";
