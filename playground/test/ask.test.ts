import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Asked, NoAnswer } from "../workers/ask.ts";
import type { Question } from "../workers/protocol.ts";

/* A worker with a budget: who gives no sign of life is ended, all who wait are told, and the next question starts another. */

type Api = { double(of: number): number };

/** A worker that does nothing by itself. */
class Silent extends EventTarget {
  readonly heard: Question[] = [];
  isEnded = false;
  postMessage(question: Question): void {
    this.heard.push(question);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

let started: Silent[];
let stops: string[];
let asked: Asked<Api>;

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  stops = [];
  const start = () => {
    const worker = new Silent();
    started.push(worker);
    return worker as unknown as Worker;
  };
  asked = new Asked<Api>(start, { silentMs: 1000, onStop: (why) => stops.push(why) });
});
afterEach(() => vi.useRealTimers());

const outcome = (answer: Promise<unknown>) =>
  answer.catch((error: unknown) => (error instanceof NoAnswer ? error.why : String(error)));

describe("a worker that is asked", () => {
  test("answers by the id of the question, in any order", async () => {
    const answers = Promise.all([asked.ask("double", 2), asked.ask("double", 3)]);
    expect(started.map(({ heard }) => heard)).toEqual([
      [
        { id: 1, what: "double", given: [2] },
        { id: 2, what: "double", given: [3] },
      ],
    ]);
    started[0]?.say({ id: 2, answer: 6 });
    started[0]?.say({ id: 1, answer: 4 });
    expect(await answers).toEqual([4, 6]);
  });

  test("tells a defect to the one who asked, and lives on", async () => {
    const first = outcome(asked.ask("double", 2));
    started[0]?.say({ id: 1, failed: "no such number" });
    expect(await first).toBe("Error: no such number");
    expect(started[0]?.isEnded).toBe(false);
  });

  test("is ended when it is silent for too long; the next question starts another", async () => {
    const answers = [outcome(asked.ask("double", 2)), outcome(asked.ask("double", 3))];
    started[0]?.say({ id: 0, news: "loaded" });
    vi.advanceTimersByTime(1000);
    expect(await Promise.all(answers)).toEqual(["over budget", "over budget"]);
    expect([started.length, started[0]?.isEnded, stops]).toEqual([1, true, ["over budget"]]);
    const again = asked.ask("double", 4);
    started[1]?.say({ id: 3, answer: 8 });
    expect(await again).toBe(8);
  });

  test("has time to be loaded, but not for ever", async () => {
    const answer = outcome(asked.ask("double", 2));
    vi.advanceTimersByTime(29_999);
    expect(started[0]?.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect([await answer, started[0]?.isEnded]).toEqual(["over budget", true]);
  });

  test("may take as long as it likes while it tells how far it is", async () => {
    const news: unknown[] = [];
    const answer = asked.askWithNews("double", [2], (told) => news.push(told));
    for (const told of [10, 20, 30]) {
      vi.advanceTimersByTime(900);
      started[0]?.say({ id: 1, news: told });
    }
    started[0]?.say({ id: 1, answer: 4 });
    expect([await answer, news]).toEqual([4, [10, 20, 30]]);
  });

  test("is left in peace while nobody asks", async () => {
    const answer = asked.ask("double", 2);
    started[0]?.say({ id: 1, answer: 4 });
    await answer;
    vi.advanceTimersByTime(1_000_000);
    expect([started[0]?.isEnded, stops]).toEqual([false, []]);
  });

  test("is ended by whoever has seen enough", async () => {
    const answer = outcome(asked.ask("double", 2));
    asked.stop();
    expect([await answer, started[0]?.isEnded]).toEqual(["stopped", true]);
  });
});
