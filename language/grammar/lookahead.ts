import { type ILookaheadStrategy, LLkLookaheadStrategy } from "./chevrotain.ts";

/**
 * What each choice of the grammar looks for is worked out when the choice is first met, not for all of them at the start: a
 * text meets few of them, and `cordboard check` has little time.
 */
export function lateLookahead(maxLookahead: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: (options) => late(() => strategy.buildLookaheadForAlternation(options)),
    buildLookaheadForOptional: (options) => late(() => strategy.buildLookaheadForOptional(options)),
  };
}

/** Called as a method of the parser, with the alternatives where there are any: so often that nothing is made of the call. */
function late<Alternatives, Result>(
  build: () => (alternatives?: Alternatives) => Result,
): (alternatives?: Alternatives) => Result {
  let looks: ((alternatives?: Alternatives) => Result) | undefined;
  return function look(this: unknown, alternatives?: Alternatives): Result {
    looks ??= build();
    return looks.call(this, alternatives);
  };
}
