/*
 * The only door to Chevrotain. As published it is some hundred small files, and loading them takes longer than `cordboard check`
 * may; the same package holds itself in one file, which its `exports` do not name. So the build puts that file in the place
 * of this one.
 */

export {
  Alternation,
  createToken,
  createTokenInstance,
  EmbeddedActionsParser,
  EOF,
  type IProduction,
  type IToken,
  Lexer,
  NonTerminal,
  Option,
  type ParserMethod,
  Repetition,
  Terminal,
  tokenMatcher,
  type TokenType,
} from "chevrotain";
