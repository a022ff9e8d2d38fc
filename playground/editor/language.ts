import type { Highlighting } from "../../language/service/index.ts";
import { language, untilAnswered } from "../workers/language.ts";
import { languages } from "./monaco.ts";

/* How a strategy looks before anybody has understood it, and how it is typed. The words come from the grammar, by the worker. */

export function registerLanguage(): void {
  languages.register({ id: "strategy", extensions: [".strategy"], aliases: ["Cordboard strategy"] });
  languages.setLanguageConfiguration("strategy", {
    comments: { lineComment: "#" },
    brackets: [
      ["{", "}"],
      ["[", "]"],
      ["(", ")"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}" },
      { open: "[", close: "]" },
      { open: "(", close: ")" },
      { open: '"', close: '"', notIn: ["string", "comment"] },
    ],
    wordPattern: /[\p{L}\p{N}_]+/u,
  });
  languages.setMonarchTokensProvider("strategy", untilAnswered(() => language.ask("words")).then(monarch));
}

const name = /[\p{L}_][\p{L}\p{N}_]*/u;

function monarch(words: Highlighting): languages.IMonarchLanguage {
  return {
    unicode: true,
    keywords: [...words.items, ...words.statements, ...words.nouns, ...words.words],
    operatorWords: words.operators,
    constants: words.constants,
    functions: words.functions,
    tokenizer: {
      root: [
        [/#.*$/, "comment"],
        [/"/, "string", "@text"],
        [/\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?::\d{2})?|\d[\d.]*(?:ms|[dhms%]|\b)/, "number"],
        [/(\.)([\p{L}_][\p{L}\p{N}_]*)/u, ["", "property"]],
        [
          name,
          {
            cases: {
              "@operatorWords": "operator",
              "@keywords": "keyword",
              "@constants": "enumMember",
              "@functions": "function",
              "@default": "variable",
            },
          },
        ],
        [/->|\?\?|[=!<>]=|\.\.|[=<>+*/-]/, "operator"],
      ],
      // Ends with its line, as for the reader.
      text: [
        [/\\./, "string"],
        [/\{[^}"]*\}?/, "variable"],
        [/[^"\\{]*"/, "string", "@pop"],
        [/[^"\\{]*$/, "string", "@pop"],
        [/[^"\\{]+/, "string"],
      ],
    },
  };
}
