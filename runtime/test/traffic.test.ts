import { describe, expect, it } from "vitest";
import { erlangA, erlangB, erlangC } from "./erlang.ts";
import { programOf } from "./programs.ts";
import { holds, theoryTable } from "./theory.ts";
import { callersOf } from "../traffic/arrivals.ts";
import { playDay } from "../traffic/day.ts";
import { estimate, studentQuantile } from "../traffic/interval.ts";
import { type Law, lotsOf, normalQuantile, quantileOf } from "../traffic/laws.ts";
import { planOf, type TrafficPlan } from "../traffic/plan.ts";
import type { EventRecord } from "../records.ts";
import { compare, playDays, studyOf } from "../traffic/study.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const soak = process.env["CORDBOARD_SOAK"] !== undefined;

describe("lengths by chance", () => {
  it.each<[Law, mean: number, sd: number]>([
    [{ is: "constant", mean: 30_000 }, 30_000, 0],
    [{ is: "exponential", mean: 180_000 }, 180_000, 180_000],
    [{ is: "lognormal", mean: 190_000, sd: 220_000 }, 190_000, 220_000],
    // A Weibull of shape 2 is a Rayleigh: sd / mean = √(4/π - 1).
    [{ is: "weibull", mean: 100_000, shape: 2 }, 100_000, 52_272],
    [{ is: "empirical", lengths: [0, 10_000, 20_000] }, 10_000, 5774],
  ])("%j has its mean and spread", (law, mean, sd) => {
    const quantile = quantileOf(law);
    const lots = lotsOf(7, "x");
    const drawn = Array.from({ length: 100_000 }, (_, nth) => quantile(lots(nth)));
    const average = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    const spread = Math.sqrt(drawn.reduce((sum, one) => sum + (one - average) ** 2, 0) / drawn.length);
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(spread - sd)).toBeLessThan(0.02 * mean);
  });

  it("knows the normal and Student's distribution backwards", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 6);
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062, 3);
    expect(studentQuantile(0.975, 19)).toBeCloseTo(2.093, 4);
    expect(studentQuantile(0.975, 200)).toBeCloseTo(1.9719, 4);
  });

  it("says how far the true figure may be", () => {
    expect(estimate([10, 12, 14])).toEqual({ mean: 12, within: expect.closeTo(4.968, 2) });
    expect(estimate([10, undefined])).toEqual({ mean: 10 });
    expect(estimate([undefined])).toBeUndefined();
  });
});

describe("callers", () => {
  it("come at the rates of their time of day", () => {
    const span = { midnight: 0, from: 8 * 60, to: 12 * 60 };
    const callers = callersOf([{ perHour: [600, 0, 6000], each: HOUR_MS }], span, {
      seed: 3,
      to: "5000",
      recorded: {},
    });
    const inHour = (hour: number) => callers.filter(({ at }) => Math.floor(at / HOUR_MS) === hour).length;
    expect(inHour(8)).toBeGreaterThan(540);
    expect(inHour(8)).toBeLessThan(660);
    expect(inHour(9)).toBe(0);
    expect(inHour(10)).toBeGreaterThan(5800);
    expect(inHour(11)).toBeGreaterThan(540);
    expect(callers.every((caller, nth) => nth === 0 || caller.at >= (callers[nth - 1]?.at ?? 0))).toBe(true);
  });

  it("come as recorded", () => {
    const recorded = {
      "calls.csv": [
        { at: 60_000, from: "+34600000001", talk: 5000 },
        { at: 30_000, to: "5100" },
      ],
    };
    const span = { midnight: 1000, from: 0, to: 60 };
    const callers = callersOf([{ file: "calls.csv" }], span, { seed: 3, to: "5000", recorded });
    expect(callers.map(({ at, to }) => [at, to])).toEqual([
      [31_000, "5100"],
      [61_000, "5000"],
    ]);
  });
});

describe("theory", () => {
  it("has the figures of the tables", () => {
    expect(erlangB(5, 3)).toBeCloseTo(0.11005, 5);
    expect(erlangC(10, 8.5).waits).toBeCloseTo(0.52986, 5);
    // With endless patience A is C; with none it is B.
    expect(erlangA(10, 8.5, 1e9).wait).toBeCloseTo(erlangC(10, 8.5).wait, 4);
    expect(erlangA(5, 3, 1e-9).abandons).toBeCloseTo(0.11005, 5);
  });

  it("agrees with the simulator", { timeout: soak ? 6 * HOUR_MS : 900_000 }, () => {
    const rows = theoryTable(soak ? { hours: 400, replications: 24 } : { hours: 60, replications: 8, most: 5 });
    if (soak) console.table(rows.map(({ found, ...row }) => ({ ...row, ...found, error: found.mean / row.exact - 1 })));
    const within = rows.filter(holds).length / rows.length;
    // Of the few rows of the sample one may miss: an interval holds 95 times of 100.
    expect(within).toBeGreaterThanOrEqual(soak ? 0.9 : 0.75);
    if (soak) for (const { exact, found } of rows) expect(Math.abs(found.mean / exact - 1)).toBeLessThan(0.02);
  });
});

const day: TrafficPlan = {
  name: "day",
  strategy: "s",
  from: 8 * 60,
  to: 10 * 60,
  seed: 5,
  replications: 3,
  arrivals: [{ perHour: [90], each: HOUR_MS }],
  talk: { is: "lognormal", mean: 180_000, sd: 180_000 },
  wrapUp: { is: "exponential", mean: 30_000 },
  patience: { is: "exponential", mean: 4 * MINUTE_MS },
  noAnswer: 0.04,
  hosts: [],
  bots: {},
  staff: [
    { count: 4, skills: { sales: 7 }, groups: ["Sales"], kind: "agent" },
    { count: 3, skills: { sales: 4 }, groups: [], kind: "agent", between: { from: 8 * 60 + 30, to: 9 * 60 + 30 } },
  ],
  goal: { share: 0.8, within: 20_000 },
};
const text = `strategy "s" { entry "5000"  default route to group Sales
  answer
  play "welcome"
  queue Q { ring for 15s  at 0s agents with sales >= 4  give up after 5m  while waiting { music "moh" for 20s } }
  voicemail to mailbox sales }`;
const checked = programOf(text);
const asking = `strategy "s" { entry "5000"  default route to group Reception
  fetch GET crm "/c" with { x: 1 } within 1s {
    on ok(v) { note "fetch {v.tier}" }  on failed(code) { note "fetch failed {code}" }  on timeout { note "fetch timeout" }
  }
  answer
  collect 1 digit prompt "menu" within 5s { on digits(d) { note "key {d}" }  on nothing { note "key nothing" } }
  collect 1 digit prompt "menu" within 5s { on digits(d) { note "again {d}" }  on nothing { note "again nothing" } }
  ask bot helper { give up after 1h
    on transfer(t) { note "bot transfer {t.uui.json.n}" }
    on done, silent, failed, give_up { note "bot {outcome}" }
  }
  hangup
}`;

function planIn(lines: string): TrafficPlan {
  const [block] = programOf(`${asking}\ntraffic "t" for "s" { during 08:00..09:00  ${lines} }`).traffic;
  if (!block) throw new Error("no traffic");
  return planOf(block.traffic);
}

/** How often each note was written in an hour of these calls. */
function noted(lines: string): { notes: Record<string, number>; calls: number; defects: string[] } {
  const notes: Record<string, number> = {};
  const watch = (record: EventRecord): void => {
    if (record.type === "call.noted") notes[record.text] = (notes[record.text] ?? 0) + 1;
  };
  const one = { ...options, checked: programOf(asking), plan: planIn(lines), watch };
  const { calls, defects } = playDay({ ...one, replication: 1 });
  return { notes, calls, defects };
}

const options = { checked, plan: day, to: "5000", date: Date.UTC(2026, 10, 23), promptMs: () => 2000 };

describe("a day of traffic", () => {
  it("is the same for the same seed, and another for another", () => {
    const first = playDay({ ...options, replication: 1 });
    expect(playDay({ ...options, replication: 1 })).toEqual(first);
    expect(playDay({ ...options, replication: 2 }).queues["Q"]?.waits).not.toEqual(first.queues["Q"]?.waits);
    expect(first.defects).toEqual([]);
  });

  it("loses no call, and the line is as long as Little's law says", () => {
    for (const replication of [1, 2, 3]) {
      const { calls, dispositions, queues } = playDay({ ...options, replication });
      expect(Object.values(dispositions).reduce((sum, count) => sum + count, 0)).toBe(calls);
      const queue = queues["Q"];
      const lengthMs = (queue?.pieces ?? []).reduce((sum, { length }) => sum + length * 15 * MINUTE_MS, 0);
      expect(lengthMs).toBeCloseTo(queue?.waitedMs ?? NaN, 3);
      expect((queue?.answered ?? 0) + (queue?.abandoned ?? 0) + (queue?.others ?? 0)).toBe(queue?.entered);
    }
  });

  it.each([
    ["says something", "say 5  hangup", "hung_up"],
    ["sends callers elsewhere", 'redirect to "sip:x@house.example"', "redirected"],
    ["asks a bot", "ask bot helper { give up after 1h  on failed { hangup } }", "hung_up"],
    ["has the caller's network call somebody", 'refer to "sip:x@house.example" { on failed { hangup } }', "hung_up"],
    [
      "shows the call first",
      "preview to top 3 of group Sales for 20s { all at once  on accepted(w) { ring w for 20s } on nobody, timeout { hangup } }",
      "answered",
    ],
  ])("goes on where the strategy %s", (_what, statements, disposition) => {
    const answer = statements.startsWith("redirect") ? "" : "answer";
    const one = programOf(`strategy "s" { entry "5000"  default route to group Reception  ${answer}  ${statements} }`);
    const { dispositions, calls, defects } = playDay({ ...options, checked: one, replication: 1 });
    expect(defects).toEqual([]);
    expect(dispositions[disposition] ?? 0).toBeGreaterThan(calls / 4);
    expect(Object.values(dispositions).reduce((sum, count) => sum + count, 0)).toBe(calls);
  });

  it.each([
    ["a host replies", 'http crm "/c*" replies { tier: "gold" } after 300ms', "fetch gold"],
    ["a host replies too late", 'http crm "/c*" replies { tier: "gold" } after 2s', "fetch timeout"],
    ["a host is broken", 'http crm "/c*" replies 503', "fetch failed 503"],
    ["a host is silent", 'http crm "/c*" is silent', "fetch timeout"],
    ["nothing is said of hosts", "", "fetch timeout"],
    ["another path replies", 'http crm "/d" replies { tier: "gold" }', "fetch timeout"],
    ["the last line that fits", 'http crm "/c?x=1" replies 500 http crm "/c*" replies 404', "fetch failed 404"],
    ["a bot hands over", "bot helper transfers after 40s with { uui: { json: { n: 7 } } }", "bot transfer 7"],
    ["a bot is done", "bot helper hangs up after 40s", "bot done"],
    ["a bot says nothing", "bot helper is silent", "bot silent"],
    ["a bot refuses", "bot helper replies 486", "bot failed"],
    ["nothing is said of bots", "", "bot failed"],
  ])("hosts and bots do what the lines of the block say: %s", (_what, line, wanted) => {
    const { notes, calls, defects } = noted(`calls 60 per hour to "5000"  ${line}`);
    expect(defects).toEqual([]);
    expect(notes[wanted], JSON.stringify(notes)).toBe(calls);
  });

  it("callers press the keys of their own `calls` line, each once, and no others", () => {
    const ones = noted('calls 60 per hour to "5000" presses "1" when hears "menu"');
    expect(ones.notes).toMatchObject({ "key 1": ones.calls, "again nothing": ones.calls });
    const both = noted(
      'calls 60 per hour to "5000" presses "1" when hears "menu"  calls 30 per hour to "5000" presses "2" when hears "menu" presses "3" when hears "menu"',
    );
    const others = both.calls - ones.calls;
    expect(both.notes).toMatchObject({ "key 1": ones.calls, "key 2": others, "again 3": others });
    expect(noted('calls 60 per hour to "5000"').notes).toMatchObject({ "key nothing": ones.calls });
  });

  it("what the lines say is no longer taken for granted", () => {
    const told = (lines: string) => studyOf(planIn(lines), []).assumptions.join("; ");
    expect(told("")).toMatch(/callers press no key; hosts do not answer.*; bots are not there/);
    const lines = 'calls 1 per hour presses "1" when hears "menu" http crm "/c" is silent bot helper is silent';
    expect(told(lines)).toMatch(
      /callers press the keys of their line.*other paths than those of a line do not answer.*those that no line names are not there/,
    );
  });

  it("tells figures with what they are sure of", () => {
    const found = studyOf(day, playDays(options));
    expect(found.replications).toBe(3);
    expect(found.queues[0]?.serviceLevel?.within).toBeGreaterThan(0);
    expect(found.goal).toMatchObject({ share: 0.8, within: 20_000 });
    expect(found.occupancy?.mean).toBeGreaterThan(0.5);
    expect(found.occupancy?.mean).toBeLessThan(1);
    expect(found.queues[0]?.pieces[0]?.from).toBe(8 * HOUR_MS);
  });

  it("compares two strategies on the same callers, surer than apart", () => {
    const shorter = programOf(text.replace("give up after 5m", "give up after 30s"));
    const [first, second] = [options, { ...options, checked: shorter }].map(playDays);
    const [queue] = compare(first ?? [], second ?? []).queues;
    expect(queue?.entered).toEqual({ mean: 0, within: 0 });
    expect(queue?.p95?.mean).toBeLessThan(0);
    expect(compare(first ?? [], first ?? []).queues[0]?.asa).toEqual({ mean: 0, within: 0 });
  });

  it("can be stopped", () => {
    const heavy = { ...day, arrivals: [{ perHour: [20_000], each: HOUR_MS }] };
    const seen: number[] = [];
    expect(playDays({ ...options, plan: heavy, onProgress: (share) => seen.push(share) < 2 })).toEqual([]);
    expect(seen).toHaveLength(2);
  });
});
