import type { Press, Test } from "../../language/index.ts";
import type { CallId, Millis } from "../events.ts";
import { linesOf } from "./cast.ts";
import type { VirtualClock } from "./clock.ts";
import { plainText } from "./literal.ts";
import type { Stage } from "./stage.ts";

/** A caller listens a moment before he presses, and finds one key after another. */
const FIRST_KEY_MS = 500;
const NEXT_KEY_MS = 200;

/** Keys that a caller presses when he hears a prompt. */
export interface Presses {
  keys: string;
  prompt: string;
}

export function pressesIn(lines: readonly Press[]): Presses[] {
  return lines.map(({ digits, whenHears }) => ({ keys: plainText(digits), prompt: plainText(whenHears) }));
}

/** The next that is for this prompt, taken out of what is left, key by key with when each is pressed after the prompt began. */
export function takePress(left: Presses[], prompt: string): { key: string; inMs: Millis }[] {
  const at = left.findIndex((each) => each.prompt === prompt);
  const [found] = at === -1 ? [] : left.splice(at, 1);
  return (found?.keys ?? "").split("").map((key, nth) => ({ key, inMs: FIRST_KEY_MS + nth * NEXT_KEY_MS }));
}

/** What callers press when they hear a prompt: each line once, those of one prompt one after another. */
export function pressesOf(test: Test, clock: VirtualClock, stage: Stage): (call: CallId, prompt: string) => void {
  const left = new Map(linesOf(test, "callIn").map(({ name, presses }) => [name.text, pressesIn(presses)]));
  return (call, prompt) => {
    for (const { key, inMs } of takePress(left.get(call) ?? [], prompt))
      clock.plan(clock.now() + inMs, () => stage.press(call, key));
  };
}
