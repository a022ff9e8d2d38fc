import { expect, it } from "vitest";
import * as T from "../../grammar/tokens.ts";
import { makeSource } from "../../source.ts";
import { cursorAt } from "../cursor.ts";
import { openProject } from "../project.ts";

const words = new Map([...T.keywords].map(([word, type]) => [type, word]));

/** What the language takes at `<|>`, the words of the nearest construct first. */
function expectedAt(marked: string): string {
  const text = marked.replace("<|>", "");
  const project = openProject({ strategies: [makeSource("a", text)], directory: [] });
  const [sheet] = project.sheets.values();
  const cursor = sheet && cursorAt(sheet, marked.indexOf("<|>"));
  if (!cursor) return "nothing";
  const names = cursor.expected.map((one) => words.get(one.type) ?? `<${one.begins.at(-1) ?? one.within.at(-1)}>`);
  const found = [...new Set(names)].join(" ");
  return cursor.written === "" ? found : `${cursor.written}| ${found}`;
}

const inStrategy = (text: string) =>
  `strategy "s" {\n  entry "1"\n  default route to group A\n  ${text}\n  hangup\n}\n`;

it.each([
  ["<|>", "strategy test"],
  ["str<|>", "str| strategy test"],
  ["# a comment <|>", "nothing"],
  ['strategy "s" { <|>', "entry default"],
  [inStrategy("<|>"), "entry default let"],
  [inStrategy("answer <|>"), "with entry default let"],
  [inStrategy("answer\n  <|>"), "entry default let"],
  [inStrategy("answer # wait <|>"), "nothing"],
  [inStrategy("ring\n  <|>"), "entry default let"],
  [inStrategy("ring agent <|>"), "<thingName> <text>"],
  [inStrategy("ring x <|>"), "<arguments> <member> <index> <operator> starts is"],
  [inStrategy("ring x for 20s <|>"), "<member> <index> <operator> starts is <ringBody>"],
  [inStrategy("ring x for 20s {\n    on <|>\n  }"), "<name>"],
  [inStrategy("ring x for 20s {\n    on busy { <|> }\n  }"), "let set"],
  [inStrategy("queue A {\n    at 0s <|>\n  }"), "add only agents mailbox <otherThing>"],
  [inStrategy("queue A {\n    at 0s group A\n    <|>\n  }"), "priority tier"],
  [inStrategy("queue A {\n    choose <|>\n  }"), "by"],
  [inStrategy("queue A {\n    choose by longest_idle <|>\n  }"), "<chooser> then priority tier"],
  [inStrategy("if a is <|>"), "not found withheld open"],
  [inStrategy("if a.<|>"), "<member>"],
  [inStrategy("wait 30<|>"), "30| not"],
  [inStrategy('play "we<|>'), "we| not"],
  [inStrategy('play "we<|>lcome"'), "we| not"],
  [inStrategy('play "we {call.<|>} x"'), "<member>"],
  [inStrategy('play "we {call} <|> x"'), "we {call} | not"],
])("%j takes %s", (marked, wanted) => {
  const asked = wanted.split(" ");
  const found = expectedAt(marked).split(" ");
  expect(found.filter((word) => asked.includes(word)).join(" ")).toBe(wanted);
});
