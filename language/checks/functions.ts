import type { Apply, Variable } from "../ast.ts";
import { type Function_, functions } from "../builtins.ts";
import { named, oneOfThem, type TypeName } from "../types.ts";
import { instead, report } from "./checking.ts";
import type { Place } from "./place.ts";

/** The function of this name, called with so many arguments; what is wrong is told. */
export function functionOf({ name, args, range }: Apply, { checking }: Place): Function_ | undefined {
  const known = Object.hasOwn(functions, name.text) ? functions[name.text] : undefined;
  if (!known) {
    const message = `there is no function \`${name.text}\``;
    const sub = checking.names.subs.has(name.text)
      ? { hint: "it is a sub: write `run` before it", write: `run ${name.text}` }
      : undefined;
    report(checking, "error", "S203", name.range, message, sub ?? instead(name.text, Object.keys(functions)));
    return undefined;
  }
  const { parameters } = known;
  const least = parameters.filter((one) => !one.optional).length;
  if (args.length < least || args.length > parameters.length) {
    const form = `\`${name.text}(${parameters.map((one) => one.name).join(", ")})\``;
    const count = least === parameters.length ? `${least}` : `${least} or ${parameters.length}`;
    report(checking, "error", "S203", range, `${form} takes ${count}, not ${args.length}`);
  }
  return known;
}

/** `this` as an argument. */
export function checkThis({ range }: Variable, name: string, accepts: readonly TypeName[], at: Place): void {
  if (!accepts.includes("this")) {
    report(at.checking, "error", "S301", range, `\`${name}\` needs ${oneOfThem(accepts.map(named))}, not \`this\``);
  } else if (!at.queued) {
    const hint = accepts.includes("queue")
      ? `write \`${name}(queue NAME)\``
      : "it has a place once it waits: in the `when` of a step, and inside `while waiting`";
    report(at.checking, "error", "S422", range, "this call waits in no queue here", { hint });
  }
}
