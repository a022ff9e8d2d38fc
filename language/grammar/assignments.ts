import type * as ast from "../ast.ts";
import type { IToken } from "./chevrotain.ts";
import { onLine, orHole, standIn } from "./holes.ts";
import type { Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { type Finding, unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";
import { nameOf } from "./values.ts";

const { W } = T;

/** What `let`, `set` and `return` take: an expression, or an attempt that gives a value. */
export function givenValue(g: Reader, forms: Rule<ast.Expr | ast.ValueForm>[]): Rule<ast.Expr | ast.ValueForm> {
  const form = g.oneOf("valueForm", forms, "a value");
  const read = (): ast.Expr | ast.ValueForm => {
    onLine(g, "a value");
    if (g.isNext(W.send) && g.isNext(T.Word, 2) && g.isOnSameLine(2)) g.fail(noAnswer(g.next()));
    return g.part(form);
  };
  return g.rule("givenValue", () => orHole(g, read));
}

/** What a strategy knows. */
export function data(g: Reader, shared: Shared, given: Rule<ast.Expr | ast.ValueForm>): Rule<ast.Statement>[] {
  const { values, expressions } = shared;
  const let_ = g.rule("let", (): ast.Statement => {
    const start = g.start();
    g.take(W.let);
    const reserved = g.isNext(T.Assign, 2) ? standIn(g, T.AnyName, T.Word) : undefined;
    if (reserved) g.work.misnamed.add(reserved.image);
    const name = reserved ? nameOf(reserved) : g.part(values.name);
    g.take(T.Assign);
    const value = g.part(given);
    return { kind: "let", range: g.range(start), name, value };
  });
  const set = g.rule("set", (): ast.Statement => {
    const start = g.start();
    g.take(W.set);
    if (g.isNext(T.Word) && g.isNext(T.Assign, 2)) g.fail(noData(g.next()));
    const path = g.part(values.callPath);
    g.take(T.Assign);
    const value = g.part(given);
    return { kind: "set", range: g.range(start), path, value };
  });
  const note = g.rule("note", (): ast.Statement => {
    const start = g.start();
    g.take(W.note);
    const text = g.part(expressions.expression);
    return { kind: "note", range: g.range(start), text };
  });
  const count = g.rule("count", (): ast.Statement => {
    const start = g.start();
    g.take(W.count);
    if (g.isNext(W.counter) && g.isNext(T.Word, 2)) {
      g.report({
        ...unexpected(g.next(), "the name of a counter"),
        hint: "`count` names the counter alone",
        write: "",
      });
      g.pass();
    }
    const counter = g.part(values.name);
    return { kind: "count", range: g.range(start), counter };
  });
  return [let_, set, note, count];
}

function noAnswer(send: IToken): Finding {
  return { ...unexpected(send, "a value"), hint: "`fetch` gives what the host replies", write: "fetch" };
}

function noData(token: IToken): Finding {
  const hint = "what `set` changes begins with `call.`; `let` gives a name to a value";
  return { ...unexpected(token, "of the call"), hint };
}

/** `return` and its value, which stands on its line: what begins the next one is another statement. */
export function return_(g: Reader, given: Rule<ast.Expr | ast.ValueForm>): Rule<ast.Statement> {
  return g.rule("return", (): ast.Statement => {
    const start = g.start();
    g.take(W.return);
    const value = g.isOnSameLine() ? g.maybe(() => g.part(given)) : undefined;
    return { kind: "return", range: g.range(start), ...(value && { value }) };
  });
}
