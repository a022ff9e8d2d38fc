import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect, disconnect } from "../live/link.ts";
import { current } from "../store.ts";

/* The link to a run on a clock of its own; the run is a few answers. */

const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "WebSocket",
    class extends EventTarget {
      close(): void {}
    },
  );
  vi.stubGlobal("fetch", (url: string) => {
    const path = new URL(url).pathname;
    asked.push(path);
    return Promise.resolve(Response.json(path === "/api/site" ? { program: "p", files: [] } : []));
  });
});
afterEach(() => {
  disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function looksWithin(ms: number): Promise<number> {
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(ms);
  return asked.filter((path) => path === "/api/calls").length;
}

test("a link that is made anew at once goes on looking, though nothing happens there", async () => {
  await connect("127.0.0.1:8080", "");
  expect(current().live.state).toBe("here");
  expect(await looksWithin(10_000)).toBeGreaterThan(3);
  disconnect();
  expect(await looksWithin(10_000)).toBe(0);
  await connect("127.0.0.1:8080", "");
  await vi.advanceTimersByTimeAsync(100);
  disconnect();
  await connect("127.0.0.1:8080", "");
  expect(await looksWithin(10_000)).toBeGreaterThan(3);
});
