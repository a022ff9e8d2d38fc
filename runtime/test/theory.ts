import { playDay } from "../traffic/day.ts";
import { type Estimate, estimate } from "../traffic/interval.ts";
import type { TrafficPlan } from "../traffic/plan.ts";
import type { DayTally } from "../traffic/tally.ts";
import { erlangA, erlangB, erlangC } from "./erlang.ts";
import { programOf } from "./programs.ts";

/*
 * The simulator against theory: each row plays one model of which the exact figure is known. Mean call three minutes.
 */

export interface Row {
  model: "B" | "C" | "A";
  agents: number;
  load: number;
  figure: string;
  exact: number;
  found: Estimate;
}

const TALK_MS = 180_000;
const HOUR_MS = 3_600_000;

const strategy = (giveUp: string) => `strategy "s" { entry "5000"  default route to group Sales
  answer
  queue Q { at 0s group Sales  give up ${giveUp}  while waiting { silence } }
  hangup }`;
const waiting = programOf(strategy("never"));
/** Who finds everybody busy is lost; a millisecond, so that an answer at the same instant comes first. */
const losing = programOf(strategy("after 1ms"));

const cases: { model: Row["model"]; agents: number; load: number; patience?: number }[] = [
  { model: "B", agents: 5, load: 3 },
  { model: "B", agents: 20, load: 18 },
  { model: "B", agents: 50, load: 50 },
  { model: "C", agents: 3, load: 1.5 },
  { model: "C", agents: 10, load: 7 },
  { model: "C", agents: 30, load: 25 },
  { model: "A", agents: 5, load: 5, patience: 2 },
  { model: "A", agents: 20, load: 22, patience: 1 },
  { model: "A", agents: 50, load: 48, patience: 3 },
];

export interface Extent {
  /** Of traffic in each replication. */
  hours: number;
  replications: number;
  /** Cases of more erlangs are left out. */
  most?: number;
}

export function theoryTable({ hours, replications, most = Infinity }: Extent): Row[] {
  return cases
    .filter(({ load }) => load <= most)
    .flatMap(({ model, agents, load, patience = 0 }, nth) => {
      const plan: TrafficPlan = {
        name: "theory",
        strategy: "s",
        from: 0,
        to: hours * 60,
        seed: 7 + nth,
        replications,
        arrivals: [{ perHour: [(load / TALK_MS) * HOUR_MS], each: HOUR_MS }],
        talk: { is: "exponential", mean: TALK_MS },
        wrapUp: { is: "constant", mean: 0 },
        ...(model === "A" && { patience: { is: "exponential", mean: patience * TALK_MS } }),
        noAnswer: 0,
        hosts: [],
        bots: {},
        staff: [{ count: agents, skills: {}, groups: ["Sales"], kind: "agent" }],
      };
      const days = Array.from({ length: replications }, (_, day) => dayOf(plan, model, day + 1));
      const row = (figure: string, exact: number, of: (day: DayTally) => number): Row => ({
        model,
        agents,
        load,
        figure,
        exact,
        found: estimate(days.map(of)) ?? { mean: NaN },
      });
      if (model === "B") return [row("lost", erlangB(agents, load), (day) => 1 - answered(day) / day.calls)];
      const wait = (day: DayTally) => (day.queues["Q"]?.waitedMs ?? 0) / day.calls / TALK_MS;
      if (model === "C") return [row("mean wait", erlangC(agents, load).wait, wait)];
      const exact = erlangA(agents, load, patience);
      return [
        row("abandons", exact.abandons, (day) => (day.queues["Q"]?.abandoned ?? 0) / day.calls),
        row("mean wait", exact.wait, wait),
      ];
    });
}

function dayOf(plan: TrafficPlan, model: Row["model"], replication: number): DayTally {
  const day = playDay({
    checked: model === "B" ? losing : waiting,
    plan,
    replication,
    to: "5000",
    date: Date.UTC(2026, 10, 23),
    promptMs: () => 0,
  });
  if (day.defects.length > 0) throw new Error(day.defects.join("\n"));
  return day;
}

function answered(day: DayTally): number {
  return day.queues["Q"]?.answered ?? 0;
}

/** Whether the interval holds the exact figure. */
export function holds({ exact, found }: Row): boolean {
  return Math.abs(found.mean - exact) <= (found.within ?? 0);
}
