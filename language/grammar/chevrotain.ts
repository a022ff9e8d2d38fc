/*
 * The only door to Chevrotain. As published it is some hundred small files, and loading them takes longer than `cordboard check`
 * may; the same package holds itself in one file, which its `exports` do not name. So the build puts that file in the place
 * of this one.
 */

export {
  createToken,
  createTokenInstance,
  EmbeddedActionsParser,
  EOF,
  type IToken,
  Lexer,
  type ParserMethod,
  tokenMatcher,
  type TokenType,
} from "chevrotain";
