import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { change } from "../store.ts";
import { startChecking } from "../workers/language.ts";
import type { Question } from "../workers/protocol.ts";

/* How long a text may take to be checked. */

let started: Slow[];

/** Says that it is there, and answers when it is told to. */
class Slow extends EventTarget {
  private readonly heard: Question[] = [];
  constructor() {
    super();
    started.push(this);
  }
  postMessage(question: Question): void {
    this.heard.push(question);
  }
  terminate(): void {}
  isThere(): void {
    this.say({ id: 0, news: "here" });
  }
  answerAll(): void {
    for (const { id } of this.heard.splice(0)) this.say({ id, answer: {} });
  }
  private say(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  vi.stubGlobal("Worker", Slow);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a text that is checked at the second try leaves the next one no more time than any", async () => {
  startChecking();
  started[0]?.isThere();
  await vi.advanceTimersByTimeAsync(5000);
  expect(started).toHaveLength(2);
  started[1]?.isThere();
  await vi.advanceTimersByTimeAsync(6000);
  started[1]?.answerAll();
  await vi.advanceTimersByTimeAsync(0);
  started[1]?.answerAll();
  await vi.advanceTimersByTimeAsync(0);
  change((page) => void (page.site.files = [{ path: "a.strategy", text: "# another" }]));
  await vi.advanceTimersByTimeAsync(5000);
  expect(started).toHaveLength(3);
});
