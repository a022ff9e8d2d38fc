import type { Expr, SentAlong as Written } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { lowerExpression, plain } from "./expressions.ts";
import { asText } from "./format.ts";
import type { Along } from "./program.ts";
import { writeUui } from "./uui.ts";
import { kindOf } from "../values.ts";
import { type Evaluate, fail, type Scope } from "./world.ts";

/** What is sent along as it is written, to be evaluated when the call goes there. */
export function lowerAlong({ uui, headers }: Written, code: Assembly): Along | undefined {
  if (!uui && headers.length === 0) return undefined;
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  const data = uui && lower(uui.value);
  const discriminator = uui?.discriminator && plain(uui.discriminator).toLowerCase();
  const lines = headers.map(({ name, value }) => ({ name: plain(name), value: lower(value) }));
  return (scope) => ({
    uui: uui && data && writeUui(uui.encoding, discriminator, data(scope), scope),
    headers: Object.fromEntries(lines.map(({ name, value }) => [name, headerText(name, value, scope)])),
  });
}

/** One line of visible characters: what a caller brought cannot become a header of its own. */
function headerText(name: string, value: Evaluate, scope: Scope): string {
  const given = value(scope);
  const text = asText(given);
  if (text === undefined) fail(scope, "bad_value", `${kindOf(given)} as header \`${name}\``);
  return (text ?? "").replace(/[\p{Cc}\p{Cs}]+/gu, " ").trim();
}
