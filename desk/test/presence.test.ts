import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPresence, GRACE_MS } from "../presence.ts";
import type { Event } from "../../runtime/index.ts";

/* Desks that open and close, on a clock of the test. */

let told: string[];
const deliver = (event: Event): void => {
  if (event.type === "agent.claimed") told.push(`${event.agent} ${event.state ?? "back"}`);
};
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
});
afterEach(() => void vi.useRealTimers());

test("the last desk of an agent that closes is waited for, and then he is away until he opens one", () => {
  const presence = createPresence(deliver);
  const [first, second, other] = [presence.join("ana"), presence.join("ana"), presence.join("ben")];
  first();
  first();
  vi.advanceTimersByTime(2 * GRACE_MS);
  expect(told).toEqual([]);
  second();
  vi.advanceTimersByTime(GRACE_MS - 1);
  const back = presence.join("ana");
  vi.advanceTimersByTime(GRACE_MS);
  expect(told).toEqual([]);
  back();
  vi.advanceTimersByTime(GRACE_MS);
  expect(told).toEqual(["ana offline"]);
  presence.join("ana");
  other();
  vi.advanceTimersByTime(GRACE_MS);
  expect(told).toEqual(["ana offline", "ana back", "ben offline"]);
});

test("who had closed his desk when another run served him is back as soon as he opens one", () => {
  const presence = createPresence(deliver, GRACE_MS, ["ana"]);
  presence.join("ben");
  presence.join("ana");
  expect(told).toEqual(["ana back"]);
});

test("desks that close because the run ends keep nothing alive", () => {
  const presence = createPresence(deliver);
  const [open, closed] = [presence.join("ana"), presence.join("ben")];
  closed();
  presence.stop();
  open();
  expect(vi.getTimerCount()).toBe(0);
});
