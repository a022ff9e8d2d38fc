import { expect, test } from "vitest";
import type { Engine } from "../engine.ts";
import type { Deed } from "../film/deeds.ts";
import type { EventRecord } from "../records.ts";
import { openSession, type Session } from "../film/session.ts";
import { rehearse } from "../simulation/rehearsal.ts";
import { exampleNames, exampleProgram } from "./programs.ts";

/* A film shows every instant as it was, in any order; a session forked from it goes on as the first one did. */

const HOUR_MS = 3_600_000;

const seen = (engine: Engine): string => JSON.stringify([engine.calls(), engine.agents(), engine.queues()]);

test.each(exampleNames)("%s: every instant is shown as it was, back and forth", (name) => {
  const checked = exampleProgram(name);
  for (const { test: block } of checked.tests.slice(0, 4)) {
    const views: string[] = [];
    const { records } = rehearse(checked, block, {
      engine: (engine) => ({
        ...engine,
        accept(event, now) {
          const outcome = engine.accept(event, now);
          views.push(seen(engine));
          return outcome;
        },
      }),
    });
    const session = openSession({ checked, test: block });
    session.runUntil(session.startedAt + 24 * HOUR_MS);
    const { film } = session;
    expect(film.shots.flatMap((shot) => shot.records)).toEqual(records);
    const places = film.shots.map((_, nth) => nth + 1);
    const order = [...places.toReversed(), ...places.filter((place) => place % 7 === 0), ...places];
    const wrong = order.filter((count) => seen(film.after(count)) !== views[count - 1]);
    expect(wrong, "shots that show something else").toEqual([]);
  }
});

/** First-call: Ana's phone rings until somebody acts for her. */
function byHand(): Session {
  const session = openSession({ checked: exampleProgram("first-call") });
  const deeds: [number, Deed][] = [
    [0, { do: "agent", agent: "ana", state: "ready" }],
    [1000, { do: "call", call: "A", from: "+34600000001", to: "5000", patienceMs: 90_000 }],
    [15_000, { do: "pick up", agent: "ana" }],
    [20_000, { do: "call", call: "B", from: "+34600000002", to: "5000", patienceMs: 30_000 }],
    [75_000, { do: "release", agent: "ana" }],
  ];
  for (const [at, deed] of deeds) {
    session.runUntil(session.startedAt + at);
    session.do(deed);
  }
  session.runUntil(session.startedAt + HOUR_MS);
  return session;
}

const told = ({ film, startedAt }: Session): string[] =>
  film.shots.flatMap(({ records }) =>
    records.map((record) => `${(record.at - startedAt) / 1000} ${record.type} ${"call" in record ? record.call : ""}`),
  );

test("people are played by hand", () => {
  const lines = told(byHand());
  expect(lines).toContain("15 call.connected A");
  expect(lines).toContain("50 call.ended B");
  expect(lines).toContain("75 call.ended A");
});

test("goes on from any instant, with what was done until then and with another deed", () => {
  const whole = byHand();
  const checked = exampleProgram("first-call");
  for (const shot of whole.film.shots) {
    const again = openSession({ checked, acts: whole.acts, until: shot.at - whole.startedAt });
    expect(told(again)).toEqual(told(whole).slice(0, told(again).length));
  }
  const fork = openSession({ checked, acts: whole.acts, until: 14_000 });
  fork.do({ do: "decline", agent: "ana" });
  fork.runUntil(fork.startedAt + 14_001);
  expect(told(fork).filter((line) => line.startsWith("14 "))).toContain("14 offer.ended A");
  expect(fork.acts.map((act) => act.do)).toEqual(["agent", "call", "decline"]);
});

test("says why somebody waits, as it was then", () => {
  const { film, startedAt } = byHand();
  const engine = film.after(film.countAt(startedAt + 30_000));
  expect(engine.why("B")?.agents.find(({ agent }) => agent === "ana")?.reasons[0]).toMatch(/talk/);
});

test("tells what each event changed, forward and back", () => {
  const { film } = byHand();
  const connected = film.shots.find(({ event }) => event.type === "call.connected");
  const wait = connected?.changes.find(({ kind, id }) => kind === "call" && id === "A");
  expect(wait?.patches.some(({ path }) => path[0] === "wait")).toBe(true);
  expect(wait?.inverse.some(({ path }) => path[0] === "wait")).toBe(true);
});

test("between two events waiting goes on: scores are those of the instant", () => {
  const { film, startedAt } = byHand();
  const waitedMs = [30_000, 31_000, 30_500, 49_000].map((at) => film.at(startedAt + at).why("B")?.waitedMs);
  expect(waitedMs.map((ms) => ms && ms - (waitedMs[0] ?? 0))).toEqual([0, 1000, 500, 19_000]);
  const places = film.shots.map((_, nth) => nth + 1);
  const looked = places.map((place) => {
    film.at((film.shots[place - 1]?.at ?? 0) + 1);
    return seen(film.after(place));
  });
  const unlooked = byHand().film;
  expect(looked).toEqual(places.map((place) => seen(unlooked.after(place))));
});

test("a glance at the calls tells what their views tell", () => {
  const { film, startedAt } = byHand();
  for (const at of [5000, 12_000, 30_000, 49_000]) {
    const engine = film.at(startedAt + at);
    const views = engine.calls();
    expect(views.length).toBeGreaterThan(0);
    expect(engine.glance().map(({ call, ...rest }) => ({ id: call.id, wait: call.wait, ...rest }))).toEqual(
      views.map(({ id, wait, stack, at, position, score }) => {
        return { id, wait, path: stack.at(-1)?.path, at, position, score };
      }),
    );
  }
});

test("says where a call is in the texts, and what its variables hold, outermost first", () => {
  const checked = exampleProgram("vip");
  const block = checked.tests.find(({ test: { name } }) => name.parts[0] === "a callback keeps its place");
  const session = openSession({ checked, test: block?.test });
  session.runUntil(session.startedAt + HOUR_MS);
  const collecting = session.film.shots.findIndex(({ event }) => event.type === "digit.pressed");
  const stack = session.film.after(collecting).calls()[0]?.stack ?? [];
  expect(stack.map(({ name, path, variables }) => [name, path, Object.keys(variables)])).toEqual([
    ["vip", "vip.strategy", ["who"]],
    ["offer_callback", "vip.strategy", ["phone"]],
  ]);
  const texts = stack.map(({ at }) => block?.source.text.slice(at?.start, at?.end).split("\n")[0]);
  expect(texts).toEqual(["run offer_callback(call.from)", 'collect 1 digit prompt "callback-offer" within 6s {']);
});

test.each([
  ["a Monday morning unless it is said", undefined, "2026-11-23T09:00:00.000Z", false],
  ["a Sunday", { year: 2026, month: 11, day: 22, minutes: 600 }, "2026-11-22T09:00:00.000Z", true],
])("begins at a time of the site's clocks: %s", (_, begins, startedAt, isClosed) => {
  const session = openSession({ checked: exampleProgram("national"), begins });
  session.do({ do: "call", call: "A", from: "+34600000005", to: "+34900100200" });
  session.runUntil(session.startedAt + 10_000);
  expect(new Date(session.startedAt).toISOString()).toBe(startedAt);
  expect(session.heard.some(({ name }) => name === "closed")).toBe(isClosed);
});

test("hosts and bots that no test plays wait for a hand, and are answered for", () => {
  const answered = (deeds: [number, Deed][]): string[] => {
    const session = openSession({ checked: exampleProgram("frontdesk") });
    const call: Deed = { do: "call", call: "A", from: "+12220000001", to: "+12223334444" };
    for (const [at, deed] of [[0, call] as [number, Deed], ...deeds]) {
      session.runUntil(session.startedAt + at);
      session.do(deed);
    }
    session.runUntil(session.startedAt + 60_000);
    const kinds = new Set(["request.ended", "bot.ended", "queue.joined"]);
    const lines = session.film.shots.flatMap(({ records }) =>
      records.flatMap((record) => {
        if (!kinds.has(record.type)) return [];
        const { type, at, outcome = "", target = "", tier = "" } = record as EventRecord & Record<string, unknown>;
        return [`${(at - session.startedAt) / 1000} ${type} ${[outcome, target, tier].join(" ").trim()}`];
      }),
    );
    return [...lines, JSON.stringify(session.film.at(session.startedAt + 30_000).call("A")?.data ?? {})];
  };
  const gold = { do: "host", host: "crm", code: 200, body: '{ "name": "Ada", "tier": "gold" }' } as const;
  const handsOn: Deed = { do: "bot", call: "A", outcome: "transfer", target: "loans", context: { topic: "loans" } };
  expect({
    "a hand answers what is asked at that moment": answered([
      [500, gold],
      [30_000, handsOn],
    ]),
    "and what is asked later": answered([
      [0, { do: "host", host: "crm", code: 503 }],
      [40_000, { do: "bot", call: "A", outcome: "silent" }],
    ]),
    "nobody does": answered([]),
  }).toMatchInlineSnapshot(`
    {
      "a hand answers what is asked at that moment": [
        "0.5 request.ended ok",
        "30 bot.ended transfer loans",
        "{"personalId":"","bot":{"is":"record","fields":{"topic":"loans"}},"reason":"asked for a person"}",
      ],
      "and what is asked later": [
        "0 request.ended failed",
        "40 bot.ended silent",
        "{"personalId":""}",
      ],
      "nobody does": [
        "1 request.ended timeout",
        "{"personalId":""}",
      ],
    }
  `);
});
