import { expect, it } from "vitest";
import type { Json } from "../../runtime/index.ts";
import type { Board } from "../call.ts";
import { openLine } from "../party/bot-lines.ts";

it("a line over HTTP that is closed gives up what it asks, and says its last word when that is over", async () => {
  const log: string[] = [];
  const post: Board["post"] = (_host, _path, sent, signal) => {
    log.push(JSON.stringify(sent));
    return new Promise((_, fail) => {
      signal.addEventListener("abort", () => {
        log.push("given up");
        setImmediate(() => {
          log.push("over");
          fail(signal.reason);
        });
      });
    });
  };
  const board: Pick<Board, "post"> = { post };
  const bot = { id: "b", user: "b", host: "h", path: "/", speaks: "http" as const, headers: {} };
  const heard: unknown[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a line needs no more of it
  const line = openLine(board as Board, bot, "C", {
    said: (body) => heard.push(body),
    failed: (how) => heard.push(how),
  });
  const word = (text: string): Json => ({ text });
  line.tell(word("hello"));
  line.close(word("bye"));
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
  const sent = (text: string): string => JSON.stringify({ conversation: "C", activities: [word(text)] });
  expect(log).toEqual([sent("hello"), "given up", "over", sent("bye")]);
  expect(heard).toEqual([]);
});
