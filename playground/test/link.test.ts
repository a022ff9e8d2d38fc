import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { choose, connect, disconnect, load } from "../live/link.ts";
import { isOwn } from "../live/site.ts";
import { change, current } from "../store.ts";

/* The link to a run on a clock of its own; the run is a few answers. */

const asked: string[] = [];
/** What was said with a question, by its path. */
const given: unknown[] = [];
/** What a path answers, where it is not nothing. */
let answers: Record<string, unknown>;
let sockets: EventTarget[];
/** Nothing answers there. */
let isAway: boolean;

const running = (program: string, text: string) => ({ program, mayLoad: true, files: [{ path: "a.strategy", text }] });
const happened = (record: object): void =>
  void sockets.at(-1)?.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(record) }));
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  answers = { "/api/site": running("p", "") };
  sockets = [];
  isAway = false;
  vi.stubGlobal("location", new URL("http://127.0.0.1:9000"));
  vi.stubGlobal(
    "WebSocket",
    class extends EventTarget {
      constructor() {
        super();
        sockets.push(this);
      }
      close(): void {}
    },
  );
  vi.stubGlobal("fetch", (url: string, { body }: { body?: string }) => {
    const path = new URL(url).pathname;
    asked.push(path);
    if (body !== undefined) given.push(JSON.parse(body));
    if (isAway) return Promise.reject(new TypeError("Failed to fetch"));
    const answer = answers[path] ?? [];
    return Promise.resolve(answer).then((told) => Response.json(told));
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

test("texts that were opened are the run's own until somebody else loads others, and again once they are loaded", async () => {
  const write = (text: string): void => change((page) => void (page.site.files = [{ path: "a.strategy", text }]));
  write("# one");
  answers["/api/site"] = running("one", "# one");
  await connect("127.0.0.1:8080", "");
  write("# mine");
  expect(isOwn(current().live)).toBe(true);
  answers["/api/site"] = running("two", "# of another page");
  happened({ type: "strategy.loaded", seq: 1, at: "" });
  await settled();
  expect(current().live.site?.program).toBe("two");
  expect(isOwn(current().live)).toBe(false);
  // A dialog that was opened before asks for what it showed: the run refuses, and nobody is overwritten unwarned.
  answers["/api/site"] = { ...running("three", "# mine"), findings: [] };
  await load("one");
  expect(given.at(-1)).toMatchObject({ program: "one" });
  expect(isOwn(current().live)).toBe(true);
});

test("a run that has ended is said to have ended as long as nobody answers", async () => {
  await connect("127.0.0.1:8080", "");
  isAway = true;
  sockets.at(-1)?.dispatchEvent(Object.assign(new Event("close"), { code: 1001 }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(current().live).toMatchObject({ state: "lost", trouble: "The run has ended. Trying again…" });
  isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(current().live.state).toBe("here");
});

/** A path that answers when it is told to. */
function held(path: string): (answer: unknown) => Promise<unknown> {
  let resolve: (answer: unknown) => void = () => undefined;
  answers[path] = new Promise((done) => (resolve = done));
  return (answer) => {
    resolve(answer);
    return settled();
  };
}

test("what a run answers that is looked at no more is not shown as said by the next one", async () => {
  await connect("127.0.0.1:8080", "");
  const answer = held("/api/site");
  const loading = load("p");
  expect(current().live.loading).toBe("asking");
  answers["/api/site"] = running("q", "");
  await connect("127.0.0.1:9090", "");
  await answer({ ...running("of the first", ""), findings: [] });
  await loading;
  const { loading: said, site } = current().live;
  expect([said, site?.program]).toEqual([undefined, "q"]);
});

test("why a call waits is not said of another that was chosen meanwhile", async () => {
  const calls = ["A", "B"].map((id) => ({ id, from: id, stack: [], offers: [], queue: { position: 1 } }));
  answers = { ...answers, "/api/calls": calls, "/api/calls/A/why": { agents: [], of: "A" } };
  await connect("127.0.0.1:8080", "");
  expect(current().live).toMatchObject({ chosen: "A", why: { of: "A" } });
  const answer = held("/api/calls/A/why");
  await vi.advanceTimersByTimeAsync(2000);
  choose("B");
  await answer({ agents: [], of: "A" });
  expect([current().live.chosen, current().live.why]).toEqual(["B", undefined]);
});
