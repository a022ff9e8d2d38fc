import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notify } from "../notices.tsx";
import { current } from "../store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  ["plain", 6000],
  ["bad", 20_000],
] as const)("a %s notice goes by itself after %i ms", (tone, ms) => {
  notify("Something is told.", tone);
  vi.advanceTimersByTime(ms - 1);
  expect(current().notices).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(current().notices).toEqual([]);
});
