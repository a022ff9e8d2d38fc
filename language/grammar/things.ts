import type * as ast from "../ast.ts";
import { nameOf, type Values } from "./values.ts";
import { onLine } from "./holes.ts";
import { type Reader, type Rule, unreadable } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

export interface Things {
  /** `group Accounts`, `number "+1509…"`, and mailboxes. */
  thing: Rule<ast.Thing>;
  /** `mailbox billing`, `mailbox of group Accounts`. */
  mailbox: Rule<ast.Thing>;
  /** `number duty`, `number "+1509…"`. */
  number: Rule<ast.Thing>;
}

/** NOUN NAME: things of the directory (chapter 1 of the language). */
export function things(g: Reader, values: Values): Things {
  let thing: Rule<ast.Thing>;
  const word = (): ast.Name => nameOf(g.take(T.AnyName));
  const name = g.rule("thingName", () => {
    onLine(g, "a name");
    return g.either<ast.Name | ast.Text>([word, () => g.part(values.text)], "a name");
  });
  const ofGroup = g.rule("mailboxOf", () => {
    onLine(g, "a name");
    const of = nameOf(g.take(W.of));
    return { name: { ...of, text: "" }, of: g.part(thing) };
  });

  const mailbox = g.rule("mailbox", (): ast.Thing => {
    const start = g.start();
    g.take(W.mailbox);
    const named = (): Pick<ast.Thing, "name" | "of"> => ({ name: g.part(name) });
    const called = g.firstOf([() => g.part(ofGroup), named], "a name");
    return { kind: "thing", range: g.range(start), noun: "mailbox", ...called };
  });
  const number = g.rule("numberThing", (): ast.Thing => {
    const start = g.start();
    g.take(W.number);
    const called = g.part(name);
    return { kind: "thing", range: g.range(start), noun: "number", name: called };
  });
  const other = g.rule("otherThing", (): ast.Thing => {
    const start = g.start();
    const { image } = g.take(T.Noun);
    if (g.work.misnamed.has(image) && !g.isNext(T.Identifier) && !g.isNext(T.Text)) throw unreadable;
    const noun = nounOf(image);
    const called = g.part(name);
    return { kind: "thing", range: g.range(start), noun, name: called };
  });
  thing = g.oneOf("thing", [mailbox, other], "a thing of the directory");
  return { thing, mailbox, number };
}

const nouns: readonly ast.ThingNoun[] = [
  "agent",
  "group",
  "queue",
  "trunk",
  "mailbox",
  "bot",
  "site",
  "flag",
  "counter",
  "number",
  "numbers",
];

function nounOf(image: string): ast.ThingNoun {
  return nouns.find((noun) => noun === image) ?? "group";
}
