import { playDays, type TrafficPlan } from "../../runtime/index.ts";
import type { Row } from "../chapter.ts";
import { stopwatch } from "../median.ts";
import { programOf } from "./site.ts";

/*
 * A day of the simulator, with the engine that runs live calls: callers by chance, experts and others, patience, work after calls.
 */

const HOUR_MS = 3_600_000;
const HOURS = 10;
const WRAP_UP_MS = 30_000;
const BUSY = 0.9;
/** 500,000 events a second. */
const EVENT_MS = 1 / 500;

const strategy = `strategy "s" {
  entry "5000"
  default route to group G
  answer
  queue Billing {
    at 0s agents with billing >= 7 and language(en) >= 6
    at 30s add agents with billing >= 4
    give up after 5m
    while waiting { music "moh/calm" }
    on nobody, give_up { play "sorry" }
  }
  hangup
}`;

function planOf(calls: number, agents: number): TrafficPlan {
  const talkMs = (BUSY * agents * HOURS * HOUR_MS) / calls - WRAP_UP_MS;
  const staff = (count: number, billing: number) =>
    ({ count, skills: { billing, language_en: 8 }, groups: [], kind: "agent" }) as const;
  return {
    name: "day",
    strategy: "s",
    from: 8 * 60,
    to: (8 + HOURS) * 60,
    seed: 1,
    replications: 1,
    arrivals: [{ perHour: [calls / HOURS], each: HOUR_MS }],
    talk: { is: "lognormal", mean: talkMs, sd: talkMs },
    wrapUp: { is: "exponential", mean: WRAP_UP_MS },
    patience: { is: "exponential", mean: 120_000 },
    noAnswer: 0.02,
    hosts: [],
    bots: {},
    staff: [staff(agents / 2, 8), staff(agents / 2, 5)].map((each) => ({ ...each, groups: [...each.groups] })),
  };
}

export function simulating(calls: number, agents: number, budget?: number): Row[] {
  const checked = programOf(strategy);
  const plan = planOf(calls, agents);
  const date = Date.UTC(2026, 10, 3, 12);
  const watch = stopwatch();
  const days = playDays({ checked, plan, to: "5000", date, promptMs: () => 3000 });
  const ms = watch();
  const events = days.reduce((sum, day) => sum + day.events, 0);
  const size = `${calls.toLocaleString("en")} calls, ${agents.toLocaleString("en")} agents`;
  return [
    { what: "a simulated day", size, ms, budget },
    { what: "  an event of it", size, ms: ms / events, budget: EVENT_MS },
  ];
}
