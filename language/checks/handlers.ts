import type { Handler } from "../ast.ts";
import { type Attempt, outcomesOf } from "../builtins.ts";
import { type Checking, instead, report } from "./checking.ts";

/** Outcomes of an attempt that cannot come here, each with the reason. */
export type Impossible = Partial<Record<string, string>>;

/** The handlers of one attempt: known outcomes, each handled once, none that ends routing or never comes. */
export function checkHandlers(
  checking: Checking,
  attempt: Attempt,
  handlers: readonly Handler[],
  impossible: Impossible,
): void {
  const { ends, handled } = outcomesOf(attempt);
  const seen = new Set<string>();
  for (const pattern of handlers.flatMap((handler) => handler.outcomes)) {
    const name = pattern.name.text;
    if (Object.hasOwn(ends, name)) {
      const message = `\`${name}\` has no handler: it ends routing`;
      const hint = `the outcomes of \`${attempt}\` to handle are ${list(Object.keys(handled))}`;
      report(checking, "error", "S403", pattern.range, message, { hint });
    } else if (!Object.hasOwn(handled, name)) {
      const { write } = instead(name, Object.keys(handled));
      const hint = write ? `did you mean \`${write}\`?` : `its outcomes are ${list(Object.keys(handled))}`;
      report(checking, "error", "S204", pattern.name.range, `\`${attempt}\` has no outcome \`${name}\``, {
        hint,
        write,
      });
    } else if (seen.has(name)) {
      const message = `\`${name}\` is handled above already: this handler never runs for it`;
      report(checking, "error", "S404", pattern.range, message);
    } else if (impossible[name]) {
      report(checking, "warning", "S405", pattern.range, `\`${name}\` never comes: ${impossible[name]}`);
    }
    if (pattern.binding && Object.hasOwn(handled, name)) {
      const message = `\`${name}\` carries nothing that \`${pattern.binding.text}\` could name`;
      report(checking, "error", "S204", pattern.binding.range, message, { hint: `write \`on ${name} { … }\`` });
    }
    seen.add(name);
  }
}

/** Whether every outcome that can come has a handler, so that nothing passes them by. */
export function handlesAll(attempt: Attempt, handlers: readonly Handler[], impossible: Impossible): boolean {
  const seen = new Set(handlers.flatMap((handler) => handler.outcomes.map((one) => one.name.text)));
  return Object.keys(outcomesOf(attempt).handled).every((name) => seen.has(name) || impossible[name]);
}

const list = (names: string[]) => names.map((name) => `\`${name}\``).join(", ");
