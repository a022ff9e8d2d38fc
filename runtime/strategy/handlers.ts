import type { Handler } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import type { Goal, Handlers, Pc } from "./program.ts";

/** How a line is written: as a part of the text around it, or as a part of another file. */
export type Where = <R>(line: object, write: () => R) => R;

export const here: Where = (_line, write) => write();

/** Where an attempt goes on. */
export function handled(op: Goal, handlers: readonly Handler[], code: Assembly): void {
  op.handlers = lowerHandlers(handlers, code);
  op.next = code.here;
}

/** The bodies of handlers, one after another, each ending behind them all. */
export function lowerHandlers(
  handlers: readonly Handler[],
  code: Assembly,
  where: Where = here,
  finish: (handler: Handler) => void = () => {},
): Handlers {
  const table: Handlers = {};
  const over = code.jump(handlers[0]?.range ?? { start: 0, end: 0 });
  const ends = [over];
  const lower = (handler: Handler): void => {
    const outcome = code.declare("outcome");
    const to: Pc = code.here;
    for (const pattern of handler.outcomes) {
      table[pattern.name.text] ??= {
        at: pattern.range,
        to,
        outcome,
        binding: pattern.binding && code.declare(pattern.binding.text),
      };
    }
    code.block(handler.body);
    finish(handler);
    ends.push(code.jump(handler.range));
  };
  for (const handler of handlers) where(handler, () => code.within(() => lower(handler)));
  for (const end of ends) end.to = code.here;
  return table;
}
