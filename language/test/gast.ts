import type { ISerializedGast } from "chevrotain";
import { grammar } from "../grammar/grammar.ts";
import { Reader } from "../grammar/reader.ts";

/*
 * The grammar as the parser itself recorded it, in five shapes. The check of optional parts, the EBNF in docs/ and the fuzzer
 * read it; nobody writes it down a second time.
 */

export type Part =
  | { is: "token"; name: string }
  | { is: "rule"; name: string }
  | { is: "row"; parts: Part[] }
  | { is: "choice"; parts: Part[] }
  | { is: "optional" | "many"; part: Part };

export type Rules = ReadonlyMap<string, Part>;

/** Every rule by its name, which stands without the brackets that the reader puts round it. */
export function grammarRules(): Rules {
  const { reader } = grammar(new Reader());
  return new Map(reader.getSerializedGastProductions().map((rule) => [nameOf(rule), rowOf(definition(rule))]));
}

function partOf(node: ISerializedGast): Part {
  switch (node.type) {
    case "Terminal":
      return { is: "token", name: nameOf(node) };
    case "NonTerminal":
      return { is: "rule", name: nameOf(node) };
    case "Alternation": {
      const [only, ...more] = definition(node).map((each) => rowOf(definition(each)));
      return only && more.length === 0 ? only : { is: "choice", parts: only ? [only, ...more] : [] };
    }
    case "Option":
      return { is: "optional", part: rowOf(definition(node)) };
    case "Repetition":
      return { is: "many", part: rowOf(definition(node)) };
    default:
      throw new Error(`the grammar has a ${node.type}, which nothing here knows`);
  }
}

function rowOf(nodes: ISerializedGast[]): Part {
  const [only, ...more] = nodes.map(partOf);
  return only && more.length === 0 ? only : { is: "row", parts: only ? [only, ...more] : [] };
}

function definition(node: ISerializedGast): ISerializedGast[] {
  return "definition" in node && Array.isArray(node.definition) ? node.definition : [];
}

function nameOf(node: ISerializedGast): string {
  const name = "name" in node && typeof node.name === "string" ? node.name : "";
  return name.replace(/^<(.*)>$/, "$1");
}
