import {
  Alternation,
  type IProduction,
  type IToken,
  NonTerminal,
  Option,
  Repetition,
  type TokenType,
} from "./chevrotain.ts";
import { first, partsOf, type Start } from "./first.ts";
import { opensLine } from "./holes.ts";
import { Reader, type Rule } from "./reader.ts";
import { end, type Finding } from "./recovery.ts";
import * as T from "./tokens.ts";
import { newWork } from "./work.ts";

/** One token that could come next. */
export interface Expected {
  type: TokenType;
  /** The rules that have begun, from the outermost. */
  within: readonly string[];
  /** The rules that would begin with it. */
  begins: readonly string[];
  /** Which question it answers, counted from the innermost construct: what comes first is nearest to what was written. */
  question: number;
}

/**
 * Reads what stands before a place and notes what the grammar asks for there. Nothing of the grammar is written down a second
 * time: each question that the rules ask at the end of the text is answered from their own recording.
 */
export class Probe extends Reader {
  private readonly open: string[] = [];
  private readonly firsts = new Map<object, readonly Start[]>();
  private questions: Question[] = [];
  private place = 0;
  private over = false;

  /** What can follow `tokens` at `place`, which may be further to the right or on a later line. */
  expected<V>(rule: Rule<V>, text: string, tokens: readonly IToken[], place: number): Expected[] {
    this.open.length = 0;
    this.questions = [];
    this.place = place;
    this.over = false;
    this.read(rule, tokens, newWork(text, new Set()));
    const asked = this.leadsLine() ? this.ofRow() : this.questions;
    return asked.flatMap(({ within, starts }, question) =>
      starts.map(({ type, begins }) => ({ type, within, begins, question })),
    );
  }

  /** Whether the place is the head of a line on which nothing that was begun before goes on. */
  private leadsLine(): boolean {
    const before = this.before();
    return before !== undefined && !this.isOnSameLine() && !opensLine(before);
  }

  /** At the head of a line stands a new item, or the brace that ends them. */
  private ofRow(): Question[] {
    const row = this.questions.findLast(({ starts }) => starts[0]?.type !== T.RBrace);
    return this.questions.filter(({ within }) => within.join() === row?.within.join()).slice(-2);
  }

  // --------------------------------------------------------------------------------------------------- the questions

  override rule<V>(name: string, body: () => V): Rule<V> {
    return super.rule(name, () => {
      this.open.push(name);
      try {
        return body();
      } finally {
        this.open.pop();
      }
    });
  }

  override take(type: TokenType, nth = 0): IToken {
    if (this.isAsked()) this.ask([{ type, begins: [] }]);
    return super.take(type, nth);
  }

  override maybe<V>(body: () => V, nth = 0): V | undefined {
    if (this.isAsked()) this.ask(this.startsOf(Option, nth));
    return super.maybe(body, nth);
  }

  override must<V>(type: TokenType, body: () => V): V | undefined {
    if (this.isAsked()) this.ask([{ type, begins: [] }]);
    return super.must(type, body);
  }

  override each(body: () => void, nth = 0): void {
    super.each(body, nth);
    if (this.isAsked()) this.ask(this.startsOf(Repetition, nth));
  }

  override either<V>(bodies: (() => V)[], what: string, nth = 0): V {
    if (this.isAsked()) this.ask(this.startsOf(Alternation, nth));
    return super.either(bodies, what, nth);
  }

  override firstOf<V>(bodies: (() => V)[], what: string, nth = 0): V {
    if (this.isAsked()) this.ask(this.startsOf(Alternation, nth));
    return super.firstOf(bodies, what, nth);
  }

  override oneOf<V>(name: string, rules: Rule<V>[], what: string): Rule<V> {
    const choices = rules.map((rule) => (): V => this.subrule(0, rule));
    return this.rule(name, () => this.either(choices, what));
  }

  override fail(finding: Finding): never {
    if (this.isAtEnd() && !this.leadsLine()) this.over = true;
    super.fail(finding);
  }

  override isOnSameLine(ahead = 1): boolean {
    if (!this.isAtEnd()) return super.isOnSameLine(ahead);
    const before = this.before();
    return ahead === 1 && (!before || !this.work.text.slice(end(before), this.place).includes("\n"));
  }

  private isAsked(): boolean {
    return !this.RECORDING_PHASE && !this.over && this.isAtEnd();
  }

  private ask(starts: readonly Start[]): void {
    this.questions.push({ within: [...this.open], starts });
    // What is outside of an open brace cannot come before it is closed.
    if (starts[0]?.type === T.RBrace) this.over = true;
  }

  private startsOf(kind: new (...args: never[]) => IProduction, nth: number): readonly Start[] {
    const rule = this.getGAstProductions()[`<${this.open.at(-1) ?? ""}>`];
    const asked = rule && find(rule.definition, kind, nth);
    if (!asked) return [];
    const known = this.firsts.get(asked) ?? first([asked]).starts;
    this.firsts.set(asked, known);
    return known;
  }
}

interface Question {
  within: readonly string[];
  starts: readonly Start[];
}

function find(
  definition: IProduction[],
  kind: new (...args: never[]) => IProduction,
  nth: number,
): IProduction | undefined {
  for (const part of definition) {
    if (part instanceof kind && "idx" in part && part.idx === nth) return part;
    const inside = part instanceof NonTerminal || !("definition" in part) ? undefined : partsOf(part);
    const found = inside && find(inside, kind, nth);
    if (found) return found;
  }
  return undefined;
}
