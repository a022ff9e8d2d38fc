import type { Press } from "../../ast.ts";
import { isTold, quote, report } from "../checking.ts";
import { checkPrompt } from "../prompts.ts";
import { fixedName } from "../things.ts";
import type { Beside } from "./bench.ts";
import { has } from "./script.ts";

/** `presses "1" when hears "menu"`: keys, and a prompt at which keys are heard. */
export function checkPress({ checking, all }: Beside, { digits, whenHears }: Press): void {
  if (!/^[0-9*#]+$/.test(fixedName(digits) ?? "")) {
    const message = `${quote(checking, digits.range)} are no keys of a phone`;
    report(checking, "error", "S306", digits.range, message, { hint: "digits, `*` and `#`" });
  }
  checkPrompt(checking, whenHears);
  const prompt = fixedName(whenHears) ?? "";
  if (checking.torn || isTold(checking, whenHears.range) || has(all.asked, prompt, checking.prompts)) return;
  if (all.listens && has(all.music, prompt, checking.prompts)) return;
  const message = `nobody listens for keys at \`${prompt}\``;
  const hint = has(all.sounds, prompt, checking.prompts)
    ? "it is played, and not asked by `collect` or `confirmed by`"
    : "no strategy plays it";
  report(checking, "warning", "S438", whenHears.range, message, { hint });
}
