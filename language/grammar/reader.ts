import {
  EmbeddedActionsParser,
  EOF,
  type IToken,
  type ParserMethod,
  type TokenType,
  tokenMatcher,
} from "./chevrotain.ts";
import { lateLookahead } from "./lookahead.ts";
import { end, type Finding, mismatch, noChoice } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";
import { newWork, type Work } from "./work.ts";

export type Rule<V> = ParserMethod<[], V>;

/** Thrown to give up the value or item at hand, always after a finding was reported. */
export const unreadable = new Error("unreadable");

/**
 * Chevrotain's parsing words under the names that the chapters of the grammar use, so that chapters are plain functions.
 * Chevrotain's own recovery is off: it reports in tokens, puts in some of its own, and repeats itself. Here a value that cannot
 * be read becomes a hole (values.ts) and an item is passed over (items.ts), each after one finding.
 *
 * Chevrotain runs every rule once with tokens and values that are none, to learn the grammar (`RECORDING_PHASE`): rules must
 * not look into what they were given, and must reach all their parts.
 */
export class Reader extends EmbeddedActionsParser {
  work: Work = newWork("", new Set());

  /** Validating the grammar (ambiguities, left recursion) takes longer than building it: a test does that. */
  constructor(skipValidations = true) {
    const maxLookahead = 1;
    const lookaheadStrategy = lateLookahead(maxLookahead);
    super(T.vocabulary, { maxLookahead, recoveryEnabled: false, skipValidations, lookaheadStrategy });
  }

  /** Call once, when all rules are defined. */
  complete(): void {
    this.performSelfAnalysis();
  }

  /** Reads `tokens` by `rule`. Findings go to `work`. */
  read<V>(rule: Rule<V>, tokens: readonly IToken[], work: Work): V {
    this.work = work;
    this.input = [...tokens];
    return rule.call(this);
  }

  // ------------------------------------------------------------------------------------------------------- grammar

  /** The brackets keep the name off this object's own members, where Chevrotain stores the rule. */
  rule<V>(name: string, body: () => V): Rule<V> {
    return this.RULE(`<${name}>`, body);
  }

  /** `nth` tells equal parts of one rule apart, here and below. */
  take(type: TokenType, nth = 0): IToken {
    if (this.RECORDING_PHASE) return this.consume(nth, type);
    const next = this.LA(1);
    if (next.tokenType === T.BadNumber && literals.has(type)) return this.consume(nth, T.BadNumber);
    if (!tokenMatcher(next, type)) this.fail(mismatch(type, next, this.before(), this.isOnSameLine()));
    return this.pass();
  }

  part<V>(rule: Rule<V>, nth = 0): V {
    return this.subrule(nth, rule);
  }

  maybe<V>(body: () => V, nth = 0): V | undefined {
    return this.option(nth, body);
  }

  /** A part that must stand here and begins with `type`: where it does not, that is reported and the rest goes on. */
  must<V>(type: TokenType, body: () => V, hint?: string): V | undefined {
    if (this.RECORDING_PHASE || this.isNext(type)) return body();
    this.report({
      ...(hint !== undefined && { hint }),
      ...mismatch(type, this.LA(1), this.before(), this.isOnSameLine()),
    });
    return undefined;
  }

  each(body: () => void, nth = 0): void {
    this.many(nth, body);
  }

  /** The first token decides. `what` names the choice, for "… is missing"; after a line end in it stands what to write. */
  either<V>(bodies: (() => V)[], what: string, nth = 0): V {
    return this.or(nth, { DEF: bodies.map((ALT) => ({ ALT })), ERR_MSG: what });
  }

  /** The same where several could begin with that token: the first of them wins. */
  firstOf<V>(bodies: (() => V)[], what: string, nth = 0): V {
    return this.or(nth, { DEF: bodies.map((ALT) => ({ ALT, IGNORE_AMBIGUITIES: true })), ERR_MSG: what });
  }

  /** A rule that is one of others. */
  oneOf<V>(name: string, rules: Rule<V>[], what: string): Rule<V> {
    const choices = { DEF: rules.map((rule) => ({ ALT: () => this.subrule(0, rule) })), ERR_MSG: what };
    return this.rule(name, () => this.or(0, choices));
  }

  /** One of several keywords, by its spelling. */
  word<N extends keyof typeof T.W>(words: readonly N[], what: string, nth = 0): N {
    const bodies = words.map((word) => () => {
      this.take(T.W[word], nth);
      return word;
    });
    return this.either(bodies, what, nth);
  }

  /** One or more, separated by commas. Takes `nth` and the number after it. */
  commas<V>(rule: Rule<V>, nth = 0): V[] {
    const found = [this.part(rule, nth)];
    this.each(() => {
      this.take(T.Comma, nth);
      found.push(this.part(rule, nth + 1));
    }, nth);
    return found;
  }

  /** Chevrotain calls this where no alternative fits; its own version works out a message that nobody would read. */
  protected raiseNoAltException(_nth: number, what: string): never {
    const next = this.LA(1);
    const isName = this.isOnSameLine() && (tokenMatcher(next, T.Word) || literals.has(next.tokenType));
    this.fail(noChoice(what, isName ? next : undefined, this.before()));
  }

  // -------------------------------------------------------------------------------------------------------- looking

  /** The token to come, or one after it; the token EOF at the end. */
  next(ahead = 1): IToken {
    return this.LA(ahead);
  }

  isNext(type: TokenType, ahead = 1): boolean {
    return !this.RECORDING_PHASE && tokenMatcher(this.LA(ahead), type);
  }

  isAtEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  before(): IToken | undefined {
    const token = this.LA(0);
    return token.tokenType === EOF ? undefined : token;
  }

  /** Whether the next token, or the one `ahead`, stands on the line of the token before it. */
  isOnSameLine(ahead = 1): boolean {
    const before = this.LA(ahead - 1);
    const next = this.LA(ahead);
    if (before.tokenType === EOF) return true;
    if (next.tokenType === EOF) return false;
    const { text } = this.work;
    for (let at = end(before); at < next.startOffset; at++) if (text.charCodeAt(at) === lineFeed) return false;
    return true;
  }

  /** Where what comes next begins. */
  start(): number {
    if (!this.isAtEnd()) return this.LA(1).startOffset;
    const before = this.before();
    return before ? end(before) : 0;
  }

  /** From `start` to the end of what was taken last. */
  range(start: number): Range {
    const before = this.before();
    return { start, end: before ? Math.max(start, end(before)) : start };
  }

  // --------------------------------------------------------------------------------------------------------- saying

  /** Takes the next token, whatever it is. */
  pass(): IToken {
    const { tokenType } = this.LA(1);
    if (tokenType === T.LBrace) this.work.braces++;
    else if (tokenType === T.RBrace) this.work.braces--;
    else if (tokenType === T.LParen || tokenType === T.LBracket) this.work.brackets++;
    else if (tokenType === T.RParen || tokenType === T.RBracket) this.work.brackets--;
    return this.consume(0, tokenType);
  }

  /** Reports a finding about something that could be read all the same. */
  note(finding: Finding): void {
    if (!this.RECORDING_PHASE) this.work.findings.push(finding);
  }

  /** Reports what cannot be read at the next token, unless something was said of that token already. */
  report(finding: Finding): void {
    const next = this.LA(1);
    const known = next === this.work.quiet || this.work.suspects.has(next);
    this.work.quiet = next;
    if (!known) this.note(finding);
  }

  fail(finding: Finding): never {
    this.report(finding);
    throw unreadable;
  }
}

const lineFeed = 10;

export const literals = new Set<TokenType>([T.Duration, T.Num, T.TimeOfDay, T.CalendarDay, T.Percent]);
