/** The four state machines of RFC 3261 17 and RFC 6026 on a virtual clock: what happens when, written as ladders. */
import { expect, test } from "vitest";
import { INVITE_CLIENT, OTHER_CLIENT, startClientTransaction } from "../endpoint/client-transaction.ts";
import type { Table } from "../endpoint/machine.ts";
import type { Response } from "../endpoint/message.ts";
import { INVITE_SERVER, OTHER_SERVER, startServerTransaction } from "../endpoint/server-transaction.ts";
import { createTimers } from "../endpoint/timers.ts";
import type { Flow } from "../endpoint/transport.ts";
import { virtualClock } from "./endpoint/clock.ts";

const ADDRESS = { host: "127.0.0.1", port: 5060 };
const END_MS = 200_000;

type Step = [ms: number, what: "again" | "ACK" | number];

function wire(reliable: boolean, steps: Step[], play: (what: Step[1]) => void) {
  const clock = virtualClock();
  const timers = createTimers(clock, (fire) => fire());
  const ladder: string[] = [];
  const note = (what: string) => void ladder.push(`${clock.now()} ${what}`);
  const protocol = reliable ? "tcp" : "udp";
  let failing = false;
  const flow: Flow = {
    protocol,
    reliable,
    local: ADDRESS,
    remote: ADDRESS,
    open: () => true,
    send(text, failed) {
      note(text);
      if (failing) failed?.("Network Error");
    },
  };
  return {
    timers,
    flow,
    note,
    fail: () => {
      failing = true;
    },
    run(): string[] {
      for (const [ms, what] of steps) {
        clock.advanceTo(ms);
        play(what);
      }
      clock.advanceTo(END_MS);
      if (timers.running() > 0) note(`${timers.running()} timers left`);
      return ladder;
    },
  };
}

function client(method: string, reliable: boolean, steps: Step[], failing = false): string[] {
  const world = wire(reliable, steps, (what) => {
    const response: Response = {
      kind: "response",
      status: Number(what),
      reason: "",
      version: "",
      text: "",
      headers: [],
      body: "",
    };
    transaction.received(response);
  });
  if (failing) world.fail();
  const { note, timers, flow } = world;
  const transaction = startClientTransaction({
    method,
    text: method,
    ackTo: ({ status }) => `ACK ${status}`,
    flow,
    timers,
    user: {
      response: ({ status }) => note(`hears ${status}`),
      timedOut: () => note("timed out"),
      broken: (why) => note(`broken: ${why}`),
      ended: () => note("ended"),
    },
  });
  return world.run();
}

function server(method: string, reliable: boolean, steps: Step[]): string[] {
  let kept = 0;
  const world = wire(reliable, steps, (what) => {
    if (what === "again") transaction.repeated();
    else if (what === "ACK") transaction.acked();
    else transaction.respond(what, String(what));
  });
  const transaction = startServerTransaction({
    method,
    flow: world.flow,
    timers: world.timers,
    keeps: (bytes) => void (kept += bytes),
    ended: () => world.note("ended"),
  });
  const ladder = world.run();
  // Whatever became of it, nothing is remembered of one that has ended.
  if (ladder.at(-1)?.endsWith("ended")) expect(kept).toBe(0);
  return ladder;
}

const A_TO_B = ["0 INVITE", "500 INVITE", "1500 INVITE", "3500 INVITE", "7500 INVITE", "15500 INVITE", "31500 INVITE"];
const E_TO_F = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500].map((ms) => `${ms} BYE`);

test.each<[string, string[], string[]]>([
  ["INVITE, silence", client("INVITE", false, []), [...A_TO_B, "32000 timed out", "32000 ended"]],
  ["INVITE over tcp, silence", client("INVITE", true, []), ["0 INVITE", "32000 timed out", "32000 ended"]],
  ["INVITE, nobody there", client("INVITE", false, [], true), ["0 INVITE", "0 broken: Network Error", "0 ended"]],
  [
    "INVITE, ringing stops timers A and B",
    client("INVITE", false, [
      [100, 180],
      [40_000, 200],
    ]),
    ["0 INVITE", "100 hears 180", "40000 hears 200", "72000 ended"],
  ],
  [
    "INVITE, copies of the 2xx are heard until timer M",
    client("INVITE", false, [
      [100, 200],
      [600, 200],
      [1_600, 200],
      [33_000, 200],
    ]),
    ["0 INVITE", "100 hears 200", "600 hears 200", "1600 hears 200", "32100 ended"],
  ],
  [
    "INVITE, refused: acknowledged, and again for each copy until timer D",
    client("INVITE", false, [
      [100, 100],
      [200, 486],
      [700, 486],
    ]),
    ["0 INVITE", "100 hears 100", "200 ACK 486", "200 hears 486", "700 ACK 486", "32200 ended"],
  ],
  [
    "INVITE over tcp, refused: nothing to wait for",
    client("INVITE", true, [[100, 486]]),
    ["0 INVITE", "100 ACK 486", "100 hears 486", "100 ended"],
  ],
  [
    "INVITE, a provisional response after the final one",
    client("INVITE", false, [
      [1, 200],
      [2, 180],
    ]),
    ["0 INVITE", "1 hears 200", "32001 ended"],
  ],
  ["BYE, silence: doubling up to T2", client("BYE", false, []), [...E_TO_F, "32000 timed out", "32000 ended"]],
  [
    "BYE, provisional: every T2, timer F goes on",
    client("BYE", false, [[700, 100]]),
    [
      "0 BYE",
      "500 BYE",
      "700 hears 100",
      ...[4, 8, 12, 16, 20, 24, 28].map((s) => `${s * 1000 + 700} BYE`),
      "32000 timed out",
      "32000 ended",
    ],
  ],
  [
    "BYE, answered: copies absorbed until timer K",
    client("BYE", false, [
      [10, 200],
      [600, 200],
    ]),
    ["0 BYE", "10 hears 200", "5010 ended"],
  ],
  ["BYE over tcp, answered", client("BYE", true, [[10, 200]]), ["0 BYE", "10 hears 200", "10 ended"]],
  [
    "INVITE served: 1xx repeated on demand, 2xx only by the core, timer L",
    server("INVITE", false, [
      [0, 100],
      [500, "again"],
      [600, 180],
      [700, "again"],
      [1_000, 200],
      [1_500, 200],
      [1_600, "again"],
    ]),
    ["0 100", "500 100", "600 180", "700 180", "1000 200", "1500 200", "33000 ended"],
  ],
  [
    "INVITE refused, no ACK: timer G up to T2, timer H",
    server("INVITE", false, [[0, 486]]),
    [...[0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500].map((ms) => `${ms} 486`), "32000 ended"],
  ],
  [
    "INVITE refused, ACK: timer I swallows what comes late",
    server("INVITE", false, [
      [0, 486],
      [600, "again"],
      [700, "ACK"],
      [800, "ACK"],
      [900, "again"],
    ]),
    ["0 486", "500 486", "600 486", "5700 ended"],
  ],
  [
    "INVITE refused over tcp: no timer G, none I",
    server("INVITE", true, [
      [0, 486],
      [700, "ACK"],
    ]),
    ["0 486", "700 ended"],
  ],
  [
    "a second final response is not sent",
    server("INVITE", false, [
      [0, 200],
      [10, 486],
    ]),
    ["0 200", "32000 ended"],
  ],
  [
    "BYE served: silent before the answer, repeated after it until timer J",
    server("BYE", false, [
      [0, "again"],
      [100, 200],
      [200, "again"],
      [32_200, "again"],
    ]),
    ["100 200", "200 200", "32100 ended"],
  ],
  [
    "BYE served over tcp: gone with its answer",
    server("BYE", true, [
      [100, 200],
      [200, "again"],
    ]),
    ["100 200", "100 ended"],
  ],
])("%s", (_name, ladder, expected) => {
  expect(ladder).toEqual(expected);
});

const TABLES: Record<string, [table: Table<string, string, string>, start: string]> = {
  INVITE_CLIENT: [INVITE_CLIENT, "calling"],
  OTHER_CLIENT: [OTHER_CLIENT, "trying"],
  INVITE_SERVER: [INVITE_SERVER, "proceeding"],
  OTHER_SERVER: [OTHER_SERVER, "trying"],
};

test.each(Object.entries(TABLES))(
  "%s: every state that can be reached can be left for the end",
  (_name, [table, start]) => {
    const next = (state: string) => Object.values(table[state]!.on).map((step) => step![0]);
    const reach = (from: string): Set<string> => {
      const seen = new Set([from]);
      for (const state of seen) for (const to of next(state)) seen.add(to);
      return seen;
    };
    const reached = [...reach(start)];
    expect(reached.every((state) => reach(state).has("terminated"))).toBe(true);
    // A timer that nobody listens to, or a repetition that is never armed, would be a slip of the pen.
    for (const state of reached) {
      const row = table[state]!;
      expect([state, row.retry !== undefined]).toEqual([state, row.on.retry !== undefined]);
      expect([state, row.limit !== undefined]).toEqual([state, row.on.limit !== undefined]);
    }
  },
);
