/* The only door to Chevrotain: what of it is used here. */

export {
  Alternation,
  createTokenInstance,
  EmbeddedActionsParser,
  EOF,
  type ILookaheadStrategy,
  type IProduction,
  type IToken,
  Lexer,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  type ParserMethod,
  Repetition,
  Terminal,
  tokenMatcher,
  type TokenType,
} from "chevrotain";
