import type { Collecting, Num } from "../ast.ts";
import { report } from "./checking.ts";
import type { Place } from "./place.ts";
import { checkSound } from "./prompts.ts";
import { inferCount, inferTime } from "./ranges.ts";
import { fixedName } from "./things.ts";

/** The most digits that are collected at once. */
const mostDigits = 32;

/** What both forms of `collect` ask for. */
export function checkCollecting(collecting: Collecting, at: Place): void {
  const { checking } = at;
  const { atLeast, atMost, prompt, within, endedBy, tries } = collecting;
  checkDigits(atLeast, at);
  if (atMost !== atLeast && atMost.range.start !== atLeast.range.start) {
    checkDigits(atMost, at);
    if (atMost.value < atLeast.value) {
      const message = "the smaller number of digits stands first";
      report(checking, "error", "S306", { start: atLeast.range.start, end: atMost.range.end }, message, {
        write: `${atMost.value}..${atLeast.value}`,
      });
    }
  }
  if (prompt) checkSound(prompt, at);
  if (within) inferTime(within, at, "`within`");
  const key = endedBy && fixedName(endedBy);
  if (endedBy && !/^[0-9*#]$/.test(key ?? "")) {
    const message = "`ended by` is one key of the phone";
    report(checking, "error", "S306", endedBy.range, message, { hint: 'write `ended by "#"`' });
  }
  if (tries) {
    inferCount(tries.times, at, "`tries`", { from: 1, to: 20 });
    if (tries.prompt) checkSound(tries.prompt, at);
  }
}

function checkDigits(count: Num, { checking }: Place): void {
  if (Number.isInteger(count.value) && count.value >= 1 && count.value <= mostDigits) return;
  report(checking, "error", "S306", count.range, `between 1 and ${mostDigits} digits can be collected`);
}
