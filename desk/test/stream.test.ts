import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EventRecord } from "../../runtime/index.ts";
import { Recent } from "../recent.ts";
import { closeCodes, createStream, type Socket, type Since, type Stream } from "../stream.ts";
import { ask, listen } from "./client.ts";
import { openDesk } from "./place.ts";

/* Event records to whoever listens: catching up, gaps, and readers that are too slow. */

/** A reader of its own pace: `takes` lets that much of what was sent arrive. */
class Reader implements Socket {
  bufferedAmount = 0;
  messages: Record<string, unknown>[] = [];
  closed: { code: number; reason: string } | undefined;
  isTerminated = false;
  readonly #waiting: { text: string; sent: (error?: Error) => void }[] = [];
  readonly #heard = new Map<string, () => void>();
  #isQuick: boolean;

  constructor(isQuick = true) {
    this.#isQuick = isQuick;
  }
  send(text: string, sent: (error?: Error) => void): void {
    this.#waiting.push({ text, sent });
    this.bufferedAmount += text.length;
    if (this.#isQuick) this.take();
  }
  take(): void {
    for (let one = this.#waiting.shift(); one; one = this.#waiting.shift()) {
      this.bufferedAmount -= one.text.length;
      this.messages.push(JSON.parse(one.text) as Record<string, unknown>);
      one.sent();
    }
  }
  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }
  terminate(): void {
    this.isTerminated = true;
  }
  ping(): void {}
  on(happens: string, then: () => void): void {
    this.#heard.set(happens, then);
  }
  does(happens: "pong" | "close"): void {
    this.#heard.get(happens)?.();
  }
  /** What the records and the stream's own words say. */
  get told(): unknown[] {
    return this.messages.map(({ type, seq }) => seq ?? type);
  }
}

let stream: Stream;
let last = 0;
beforeEach(() => {
  vi.useFakeTimers();
  last = 0;
  stream = createStream({
    run: "r1",
    line: (record) => JSON.stringify(record),
    room: { records: 5, characters: 1e9 },
    beatMs: 30_000,
  });
});
afterEach(() => {
  stream.stop();
  vi.useRealTimers();
});

const happen = (times: number, text = ""): void => {
  for (let nth = 0; nth < times; nth++) {
    const record: EventRecord = { type: "call.noted", call: "c1", text, at: 0, seq: ++last };
    stream.see(record);
  }
};
const joined = (from: Since = {}, isQuick = true): Reader => {
  const reader = new Reader(isQuick);
  stream.join(reader, from);
  return reader;
};

test.each<[string, number, Since, unknown[]]>([
  ["from now on, where nothing has happened", 0, {}, ["stream.opened"]],
  ["from now on", 3, {}, ["stream.opened"]],
  ["after what it knows", 3, { since: 1 }, ["stream.opened", 2, 3]],
  ["after all that there is", 3, { since: 3 }, ["stream.opened"]],
  ["from the very first", 3, { since: 0, run: "r1" }, ["stream.opened", 1, 2, 3]],
  ["what it missed is just there", 9, { since: 4 }, ["stream.opened", 5, 6, 7, 8, 9]],
  ["what it missed is gone", 9, { since: 3 }, ["stream.opened", "stream.gap", 5, 6, 7, 8, 9]],
  ["it knows another run", 3, { since: 1, run: "r0" }, ["stream.opened", "stream.gap", 1, 2, 3]],
  ["it knows more than there is", 3, { since: 7 }, ["stream.opened", "stream.gap", 1, 2, 3]],
])("a reader comes: %s", (_what, before, from, told) => {
  happen(before);
  const reader = joined(from);
  expect(reader.told).toEqual(told);
  happen(1);
  expect(reader.told).toEqual([...told, before + 1]);
});

test("a gap says since when, where it goes on, and why", () => {
  happen(9);
  expect(joined({ since: 3 }).messages.slice(0, 2)).toEqual([
    { type: "stream.opened", run: "r1", next: 5 },
    { type: "stream.gap", since: 3, next: 5, reason: "too old" },
  ]);
  expect(joined({ since: 3, run: "r0" }).messages[1]).toMatchObject({ reason: "another run" });
});

test("nothing is queued for a slow reader: it goes on from what is kept, and is cut when that is gone", () => {
  const text = "x".repeat(200_000);
  const [slow, quick] = [joined({}, false), joined()];
  happen(5, text);
  expect(slow.bufferedAmount).toBeLessThan(500_000);
  slow.take();
  expect(slow.told).toEqual(quick.told);
  happen(9, text);
  expect(slow.closed).toEqual({ code: closeCodes.tooSlow, reason: expect.stringContaining("?since=") });
  expect(slow.bufferedAmount).toBeLessThan(500_000);
  slow.take();
  expect([quick.closed, quick.told.length]).toEqual([undefined, 15]);
  expect(slow.told).toEqual(["stream.opened", 1, 2, 3, 4, 5, 6, 7]);
});

test("one that left is told nothing more, and one that answers no ping is given up", () => {
  const [left, mute, alive] = [joined(), joined(), joined()];
  left.does("close");
  vi.advanceTimersByTime(30_000);
  alive.does("pong");
  vi.advanceTimersByTime(30_000);
  happen(1);
  expect([left.told, alive.told]).toEqual([["stream.opened"], ["stream.opened", 1]]);
  expect([left, mute, alive].map(({ isTerminated }) => isTerminated)).toEqual([false, true, false]);
});

test("who listens before the first record is told it, whatever its number", () => {
  const early = joined();
  last = 6;
  happen(2);
  expect([early.told, early.closed]).toEqual([["stream.opened", 7, 8], undefined]);
});

test("what is kept is bounded by characters too", () => {
  const recent = new Recent({ records: 100, characters: 25 });
  for (let seq = 7; seq < 20; seq++) recent.add(seq, { line: "x".repeat(10), of: [] });
  expect([recent.first, recent.next, recent.at(17), recent.at(18)?.line]).toEqual([18, 20, undefined, "x".repeat(10)]);
});

test("on the wire: records of a call, again after a break, and the end of the run", async () => {
  vi.useRealTimers();
  const place = await openDesk();
  const { address } = place.desk;
  const hear = async (path: string) => {
    const heard = await listen(address, path);
    if ("status" in heard) throw new Error(heard.body);
    return heard;
  };
  const first = await hear("/api/events");
  place.tell({ type: "call.arrived", call: "c1", from: "+34600000001", to: "5000", data: { name: "<b>né</b>\u0000" } });
  await expect
    .poll(() => first.messages)
    .toMatchObject([{ type: "stream.opened" }, { type: "call.arrived", call: "c1" }]);
  expect(first.messages[1]).toMatchObject({ data: { name: "<b>né</b>\u0000" } });
  first.end();
  place.tell({ type: "call.gone", call: "c1" });
  const again = await hear(`/api/events?since=1&run=r1`);
  await expect.poll(() => again.messages.at(-1)).toMatchObject({ type: "call.ended" });
  expect((await ask(address, "GET", "/api/events")).status).toBe(426);
  expect(await listen(address, "/api/events?since=-1")).toMatchObject({ status: 400 });
  expect(await listen(address, "/api/calls")).toMatchObject({ messages: [] });
  const stopped = place.desk.stop();
  expect(await again.closed).toEqual({ code: closeCodes.runEnded, reason: "the run has ended" });
  again.end();
  await stopped;
});
