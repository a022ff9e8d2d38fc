import type * as ast from "../../language/index.ts";
import { duration, end, number, scan, type Tokens, text, word } from "./scan.ts";

/*
 * The subset by hand: what reading costs that tells nothing but the first mistake. It makes the same tree as ours, which
 * bench/test holds.
 */

/** Throws at the first mistake. */
export function descend(source: string): ast.File {
  const parser = new Descent(source, scan(source));
  const items: ast.Item[] = [];
  while (!parser.isAtEnd()) items.push(parser.strategy());
  const comments = [...source.matchAll(/#[^\n\r]*/g)].map(({ index, 0: image }) => ({
    range: { start: index, end: index + image.length },
    text: image,
  }));
  return { kind: "file", range: { start: 0, end: source.length }, items, comments };
}

const levels: Record<string, number> = { or: 1, and: 2, in: 4, is: 4, "??": 5, "+": 6, "-": 6, "*": 7, "/": 7 };
for (const comparison of ["==", "!=", "<", "<=", ">", ">="]) levels[comparison] = 4;

type Rules = ast.QueueRules;

class Descent {
  private readonly source: string;
  private readonly tokens: Tokens;
  private at = 0;
  /** In a head `{` opens a block. */
  private inHead = false;

  constructor(source: string, tokens: Tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.tokens.kinds[this.at] === end;
  }

  // --------------------------------------------------------------------------------------------------------- tokens

  private get image(): string {
    return this.tokens.images[this.at] ?? "";
  }

  private get start(): number {
    return this.tokens.starts[this.at] ?? 0;
  }

  private from(start: number): ast.Hole["range"] {
    return { start, end: this.tokens.ends[this.at - 1] ?? start };
  }

  private has(image: string): boolean {
    if (this.image !== image) return false;
    this.at++;
    return true;
  }

  private want(...images: string[]): void {
    for (const image of images) if (!this.has(image)) throw new Error(`${image} wanted at ${this.start}`);
  }

  private name(): ast.Name {
    if (this.tokens.kinds[this.at] !== word) throw new Error(`a name wanted at ${this.start}`);
    const found = this.image;
    const { start } = this;
    this.at++;
    return { kind: "name", range: this.from(start), text: found };
  }

  private commas<V>(one: () => V): V[] {
    const found = [one()];
    while (this.has(",")) found.push(one());
    return found;
  }

  private rows<V>(one: () => V): V[] {
    this.want("{");
    const outside = this.inHead;
    this.inHead = false;
    const found: V[] = [];
    while (!this.has("}")) found.push(one());
    this.inHead = outside;
    return found;
  }

  // ------------------------------------------------------------------------------------------------------ statements

  strategy(): ast.Strategy {
    const { start } = this;
    this.want("strategy");
    const name = this.text();
    const bodyStart = this.start;
    this.want("{");
    const entries: ast.Entry[] = [];
    while (this.image === "entry") entries.push(this.entry());
    const routeStart = this.start;
    this.want("default", "route", "to");
    const to = this.expression();
    const defaultRoute: ast.DefaultRoute = { kind: "defaultRoute", range: this.from(routeStart), to };
    const statements: ast.Statement[] = [];
    while (!this.has("}")) statements.push(this.statement());
    const body: ast.Block = { kind: "block", range: this.from(bodyStart), statements };
    return { kind: "strategy", range: this.from(start), name, entries, secrets: [], body, defaultRoute };
  }

  private entry(): ast.Entry {
    const { start } = this;
    this.want("entry");
    const patterns = this.commas((): ast.EntryPattern => {
      const first = this.start;
      const from = plain(this.text());
      if (!this.has("..")) return { kind: "single", range: this.from(first), text: from };
      const to = plain(this.text());
      return { kind: "span", range: this.from(first), from, to };
    });
    return { kind: "entry", range: this.from(start), patterns, withEarlyMedia: false };
  }

  private block(): ast.Block {
    const { start } = this;
    const statements = this.rows(() => this.statement());
    return { kind: "block", range: this.from(start), statements };
  }

  private statement(): ast.Statement {
    const { start, image } = this;
    this.at++;
    switch (image) {
      case "let": {
        const name = this.name();
        this.want("=");
        const value = this.expression();
        return { kind: "let", range: this.from(start), name, value };
      }
      case "set": {
        this.want("call");
        const path: ast.Name[] = [];
        while (this.has(".")) path.push(this.name());
        this.want("=");
        const value = this.expression();
        return { kind: "set", range: this.from(start), path, value };
      }
      case "note":
        return { kind: "note", text: this.expression(), range: this.from(start) };
      case "if":
        return this.if(start);
      case "match":
        return this.match(start);
      case "once":
        return { kind: "once", body: this.block(), range: this.from(start) };
      case "answer":
        return { kind: "answer", range: this.from(start), withRingback: false };
      case "hangup":
        return { kind: "hangup", range: this.from(start) };
      case "play": {
        const prompt = this.expression();
        const otherwise = this.has("else") ? this.head() : undefined;
        return { kind: "play", range: this.from(start), prompt, ...(otherwise && { otherwise }) };
      }
      case "music": {
        const name = this.expression();
        const time = this.has("for") ? this.head() : undefined;
        return { kind: "music", range: this.from(start), name, ...(time && { for: time }) };
      }
      case "queue": {
        const name = this.name();
        const rules = this.queueRules();
        return { kind: "queue", range: this.from(start), name, ...rules };
      }
      case "ring": {
        const target = this.head();
        this.want("for");
        const time = this.head();
        const handlers = this.image === "{" ? this.rows(() => this.handler()) : [];
        return { kind: "ring", range: this.from(start), all: false, target, for: time, handlers };
      }
      case "voicemail": {
        this.want("to");
        const mailbox = this.head();
        return { kind: "voicemail", range: this.from(start), mailbox, handlers: [] };
      }
      default:
        throw new Error(`${image} is not a statement`);
    }
  }

  private if(start: number): ast.If {
    const condition = this.head();
    const then = this.block();
    const elseStart = this.start;
    // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
    if (!this.has("else")) return { kind: "if", range: this.from(start), condition, then };
    const ifStart = this.start;
    const otherwise = elseStart !== ifStart && this.has("if") ? this.if(ifStart) : this.block();
    // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
    return { kind: "if", range: this.from(start), condition, then, else: otherwise };
  }

  private match(start: number): ast.Match {
    const subject = this.head();
    let otherwise: ast.Block | undefined;
    const arms: ast.Arm<ast.Block>[] = [];
    this.rows(() => {
      const armStart = this.start;
      if (this.has("else")) {
        this.want("->");
        otherwise = this.block();
        return;
      }
      const patterns = this.commas((): ast.Pattern => {
        const first = this.start;
        return { kind: "literal", value: this.literal(), range: this.from(first) };
      });
      this.want("->");
      const body = this.block();
      arms.push({ kind: "arm", range: this.from(armStart), patterns, body });
    });
    return { kind: "match", range: this.from(start), subject, arms, ...(otherwise && { else: otherwise }) };
  }

  // ----------------------------------------------------------------------------------------------------------- queue

  private queueRules(): Rules {
    const rules: Rules = { steps: [], handlers: [] };
    this.rows(() => this.queueLine(rules));
    return rules;
  }

  private queueLine(rules: Rules): void {
    const { start, image } = this;
    if (image === "on") {
      rules.handlers.push(this.handler());
      return;
    }
    this.at++;
    if (image === "priority") {
      const base = this.expression();
      this.want("rising");
      const by = this.expression();
      this.want("every");
      const every = this.expression();
      this.want("up", "to");
      const upTo = this.expression();
      rules.priority = { range: this.from(start), base, rising: { by, every, upTo } };
    } else if (image === "choose") {
      this.want("by");
      rules.choose = [this.chooser()];
      while (this.has("then")) rules.choose.push(this.chooser());
    } else if (image === "ring") {
      this.want("for");
      rules.ringFor = this.expression();
    } else if (image === "showing") rules.showing = this.record();
    else if (image === "at") rules.steps.push(this.step(start));
    else if (image === "give") {
      this.want("up", "after");
      const after = this.expression();
      rules.giveUp = { range: this.from(start), after };
    } else if (image === "while") {
      this.want("waiting");
      rules.whileWaiting = this.block();
    } else throw new Error(`${image} is not a line of a queue`);
  }

  private chooser(): ast.Chooser {
    const { start } = this;
    const name = this.name();
    if (!this.has("(")) return { kind: "chooser", range: this.from(start), name };
    const skill = this.name();
    this.want(")");
    return { kind: "chooser", range: this.from(start), name, skill };
  }

  private step(start: number): ast.Step {
    const at = this.literal();
    const verb = this.has("add") ? "add" : this.has("only") ? "only" : "start";
    const targets = this.commas((): ast.Target => {
      const first = this.start;
      if (!this.has("agents")) return { kind: "target", thing: this.thing(), range: this.from(first) };
      this.want("with");
      return { kind: "skilled", condition: this.expression(), range: this.from(first) };
    });
    const when = this.has("when") ? this.expression() : undefined;
    return { kind: "step", range: this.from(start), at, verb, targets, ...(when && { when }) };
  }

  private handler(): ast.Handler {
    const { start } = this;
    this.want("on");
    const outcomes = this.commas((): ast.OutcomePattern => {
      const first = this.start;
      return { kind: "outcome", name: this.name(), digits: false, range: this.from(first) };
    });
    const body = this.block();
    return { kind: "handler", range: this.from(start), outcomes, body };
  }

  // ----------------------------------------------------------------------------------------------------- expressions

  private head(): ast.Expr {
    return this.within(true, () => this.expression());
  }

  private within<V>(head: boolean, read: () => V): V {
    const outside = this.inHead;
    this.inHead = head;
    const value = read();
    this.inHead = outside;
    return value;
  }

  expression(loosest = 1): ast.Expr {
    const { start } = this;
    let left = this.prefixed(loosest);
    for (;;) {
      const { image } = this;
      const level = levels[image];
      if (level === undefined || level < loosest) return left;
      this.at++;
      if (image === "is") {
        const negated = this.has("not");
        this.want("found");
        left = { kind: "is", range: this.from(start), operand: left, negated, what: "found" };
      } else {
        const right = this.expression(level + 1);
        left = { kind: "binary", range: this.from(start), op: image as ast.BinaryOp, left, right };
      }
    }
  }

  private prefixed(loosest: number): ast.Expr {
    const { start } = this;
    if (this.has("not")) {
      return { kind: "unary", op: "not", operand: this.expression(Math.max(3, loosest)), range: this.from(start) };
    }
    if (this.has("-")) return { kind: "unary", op: "-", operand: this.prefixed(8), range: this.from(start) };
    let value = this.primary();
    for (;;) {
      if (this.has(".")) value = { kind: "member", object: value, name: this.name(), range: this.from(start) };
      else if (this.has("[")) {
        const key = this.within(false, () => this.expression());
        this.want("]");
        value = { kind: "index", range: this.from(start), object: value, key };
      } else return value;
    }
  }

  private primary(): ast.Expr {
    const { start, image } = this;
    if (image === "if") {
      this.at++;
      const condition = this.expression();
      this.want("then");
      const then = this.expression();
      this.want("else");
      const otherwise = this.expression();
      // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
      return { kind: "choice", range: this.from(start), condition, then, otherwise };
    }
    if (image === "mailbox" || image === "group" || image === "agent") return this.thing();
    if (image === "(") {
      this.at++;
      const value = this.within(false, () => this.expression());
      this.want(")");
      return value;
    }
    if (image === "{") return this.record();
    if (image === "[") {
      this.at++;
      const items = this.within(false, () => this.commas(() => this.expression()));
      this.want("]");
      return { kind: "list", range: this.from(start), items };
    }
    if (this.tokens.kinds[this.at] !== word) return this.literal();
    const name = this.name();
    if (!this.has("(")) return { kind: "variable", range: name.range, name: name.text };
    const args = this.image === ")" ? [] : this.within(false, () => this.commas(() => this.expression()));
    this.want(")");
    return { kind: "apply", range: this.from(start), name, args };
  }

  private thing(): ast.Thing {
    const { start } = this;
    const noun = this.name().text as ast.ThingNoun;
    const named = this.name();
    if (noun !== "mailbox" || named.text !== "of") return { kind: "thing", range: this.from(start), noun, name: named };
    const of = this.thing();
    return { kind: "thing", range: this.from(start), noun, name: { ...named, text: "" }, of };
  }

  private record(): ast.Record_ {
    const { start } = this;
    this.want("{");
    const fields = this.within(false, () =>
      this.commas((): ast.Record_["fields"][number] => {
        const key = this.name();
        const short: ast.Variable = { kind: "variable", range: key.range, name: key.text };
        const value = this.has(":") ? this.expression() : short;
        return { range: this.from(key.range.start), key, value };
      }),
    );
    this.want("}");
    return { kind: "record", range: this.from(start), fields };
  }

  private literal(): ast.Text | ast.Num | ast.Duration {
    const { start, image } = this;
    const kind = this.tokens.kinds[this.at];
    if (kind === text) return this.text();
    this.at++;
    if (kind === number) return { kind: "number", range: this.from(start), value: Number(image) };
    if (kind === duration) return { kind: "duration", range: this.from(start), ms: milliseconds(image) };
    throw new Error(`a value wanted at ${start}`);
  }

  private text(): ast.Text {
    const { start, image } = this;
    if (this.tokens.kinds[this.at++] !== text) throw new Error(`a text wanted at ${start}`);
    const parts: ast.Text["parts"] = [];
    let from = 1;
    for (let open = image.indexOf("{"); open !== -1; open = image.indexOf("{", from)) {
      if (open > from) parts.push(image.slice(from, open));
      const close = image.indexOf("}", open);
      const inside = new Descent(this.source, scan(this.source, start + open + 1, start + close));
      parts.push(inside.expression());
      from = close + 1;
    }
    if (from < image.length - 1) parts.push(image.slice(from, -1));
    return { kind: "text", range: this.from(start), parts };
  }
}

const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function milliseconds(image: string): number {
  let ms = 0;
  for (const [, amount, unit] of image.matchAll(/(\d+)([a-z]+)/g)) ms += Number(amount) * (units[unit ?? ""] ?? 0);
  return ms;
}

function plain({ parts }: ast.Text): string {
  return parts.map((part) => (typeof part === "string" ? part : "")).join("");
}
