import type { Handler } from "../ast.ts";
import { outcomesOf } from "../builtins.ts";
import type { Frame } from "./frame.ts";
import { impossibleIn, type Tried, unhandled, type Waited } from "./handlers.ts";
import { bound, checkUnused } from "./names.ts";
import { copy, join, type State } from "./state.ts";

/** Each handler starts from what the attempt left; the call goes on below after any of them, or past them all. */
export function walkHandlers(
  tried: Tried,
  waited: Waited,
  state: State,
  frame: Frame,
  frameOf: (handler: Handler) => Frame = () => frame,
): State {
  const ways = walkCaught(tried, state, frameOf);
  const passed = unhandled(tried, tried.handlers, impossibleIn(tried, waited)).length > 0;
  return join(passed ? [...ways, state] : ways);
}

/** What is known below each handler. */
export function walkCaught(
  { kind, handlers }: Pick<Tried, "kind" | "handlers">,
  state: State,
  frameOf: (handler: Handler) => Frame,
): State[] {
  const { handled } = outcomesOf(kind);
  return handlers.map((handler) => {
    const frame = frameOf(handler);
    const outcome = handler.outcomes.map((one) => (one.digits ? "digits" : one.name.text));
    const scope = bound(
      frame,
      handler.outcomes.map(({ name, binding, digits }) => {
        // Of several outcomes none can be named; that is told elsewhere.
        const known =
          handler.outcomes.length === 1 && !digits && Object.hasOwn(handled, name.text)
            ? handled[name.text]
            : undefined;
        return { name: binding, type: known?.carries };
      }),
    );
    const below = frame.walker.block(handler.body, copy(state), { ...frame, scope, outcome });
    checkUnused(frame.checking, scope);
    return below;
  });
}
