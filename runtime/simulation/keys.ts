import type { Test } from "../../language/index.ts";
import type { CallId } from "../events.ts";
import { linesOf } from "./cast.ts";
import type { VirtualClock } from "./clock.ts";
import { plainText } from "./literal.ts";
import type { Stage } from "./stage.ts";

/** A caller listens a moment before he presses, and finds one key after another. */
const FIRST_KEY_MS = 500;
const NEXT_KEY_MS = 200;

/** What callers press when they hear a prompt: each line once, those of one prompt one after another. */
export function pressesOf(test: Test, clock: VirtualClock, stage: Stage): (call: CallId, prompt: string) => void {
  const left = new Map(linesOf(test, "callIn").map(({ name, presses }) => [name.text, [...presses]]));
  return (call, prompt) => {
    const lines = left.get(call) ?? [];
    const at = lines.findIndex(({ whenHears }) => plainText(whenHears) === prompt);
    if (at === -1) return;
    const [line] = lines.splice(at, 1);
    const keys = line ? plainText(line.digits).split("") : [];
    keys.forEach((key, nth) =>
      clock.plan(clock.now() + FIRST_KEY_MS + nth * NEXT_KEY_MS, () => stage.press(call, key)),
    );
  };
}
