import jsonLogic from "json-logic-js";
import { Engine as Rules } from "json-rules-engine";
import scion from "scion-core";
import { assign, createActor, SimulatedClock, setup } from "xstate";
import type { Event } from "../../runtime/index.ts";
import { engineOf, type Person } from "./site.ts";

/*
 * One decision, made in several ways: a call wants somebody with billing >= 7 and language(en) >= 6, after 30 s somebody with
 * billing >= 4 will do; the agents who are ready are asked in the order in which they became so. Only our engine keeps them in an
 * order of its own; all others are told one after another, as nothing in them knows of more than one case.
 */

export const WIDENS_MS = 30_000;

/** Plays a call from its arrival until somebody is found; says who. */
export type Way = () => string | undefined | Promise<string | undefined>;

export const ways: Record<string, (people: readonly Person[]) => Way> = {
  Cordboard: byCordboard,
  "by a function by hand": byHand,
  "by json-logic-js": byJsonLogic,
  "by json-rules-engine": byJsonRules,
  "by xstate": byXstate,
  "by scion-core (SCXML)": byScion,
};

/** Nobody among them is an expert, so that every call waits until it widens; a few do then. */
export function pool(count: number): Person[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: `a${String(nth).padStart(4, "0")}`,
    skills: { billing: nth % 4 === 3 ? 4 + (nth % 3) : nth % 4, language_en: 4 + (nth % 6) },
  }));
}

const strategy = `strategy "s" {
  entry "5000"
  default route to group G
  queue Billing {
    at 0s agents with billing >= 7 and language(en) >= 6
    at 30s add agents with billing >= 4
    give up never
  }
  hangup
}`;

/** Besides deciding it keeps the queue and its figures, leases the agent, tells records, and takes the call away again. */
function byCordboard(people: readonly Person[]): Way {
  const engine = engineOf(strategy, people);
  let now = 0;
  return () => {
    const taken = (event: Event): string | undefined => {
      const offer = engine.accept(event, now).commands.find(({ type }) => type === "offer");
      return offer?.type === "offer" && offer.party.kind === "agent" ? offer.party.agent : undefined;
    };
    const atOnce = taken({ type: "call.arrived", call: "c", from: "1", to: "5000" });
    now += WIDENS_MS;
    const agent = atOnce ?? taken({ type: "time.passed" });
    taken({ type: "call.gone", call: "c" });
    return agent;
  };
}

function isExpert({ skills }: Person): boolean {
  return (skills["billing"] ?? -1) >= 7 && (skills["language_en"] ?? -1) >= 6;
}

function isAble({ skills }: Person): boolean {
  return (skills["billing"] ?? -1) >= 4;
}

/** The least that any of them can do: a scan, and nothing kept. */
function byHand(people: readonly Person[]): Way {
  const fits = (person: Person, waited: number): boolean => isExpert(person) || (waited >= WIDENS_MS && isAble(person));
  const first = (waited: number): string | undefined => people.find((person) => fits(person, waited))?.id;
  return () => first(0) ?? first(WIDENS_MS);
}

function byJsonLogic(people: readonly Person[]): Way {
  const at = (name: string) => ({ var: name });
  const rule = {
    or: [
      { and: [{ ">=": [at("skills.billing"), 7] }, { ">=": [at("skills.language_en"), 6] }] },
      { and: [{ ">=": [at("waited"), WIDENS_MS] }, { ">=": [at("skills.billing"), 4] }] },
    ],
  };
  const first = (waited: number): string | undefined =>
    people.find(({ skills }) => jsonLogic.apply(rule, { skills, waited }) === true)?.id;
  return () => first(0) ?? first(WIDENS_MS);
}

/** One engine for all cases, its facts handed to each run, as its documentation shows. */
function byJsonRules(people: readonly Person[]): Way {
  const rules = new Rules();
  const atLeast = (fact: string, value: number) => ({ fact, operator: "greaterThanInclusive", value });
  rules.addRule({
    conditions: {
      any: [
        { all: [atLeast("billing", 7), atLeast("language_en", 6)] },
        { all: [atLeast("waited", WIDENS_MS), atLeast("billing", 4)] },
      ],
    },
    event: { type: "fits" },
  });
  const first = async (waited: number): Promise<string | undefined> => {
    for (const { id, skills } of people) if ((await rules.run({ ...skills, waited })).events.length > 0) return id;
    return undefined;
  };
  return async () => (await first(0)) ?? (await first(WIDENS_MS));
}

/** An actor for each call; time is a clock that jumps. */
function byXstate(people: readonly Person[]): Way {
  const machine = setup({
    // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- it is told its types so
    types: {} as { context: { agent?: string }; events: { type: "candidate"; person: Person } },
    guards: { expert: ({ event }) => isExpert(event.person), able: ({ event }) => isAble(event.person) },
    actions: { take: assign({ agent: ({ event }) => event.person.id }) },
  }).createMachine({
    context: {},
    initial: "experts",
    states: {
      experts: {
        on: { candidate: { guard: "expert", target: "offered", actions: "take" } },
        after: { [WIDENS_MS]: "anybody" },
      },
      anybody: {
        on: {
          candidate: [
            { guard: "expert", target: "offered", actions: "take" },
            { guard: "able", target: "offered", actions: "take" },
          ],
        },
      },
      offered: { type: "final" },
    },
  });
  return () => {
    const clock = new SimulatedClock();
    const actor = createActor(machine, { clock }).start();
    const tell = (): void => {
      for (const person of people) {
        if (actor.getSnapshot().status === "done") return;
        actor.send({ type: "candidate", person });
      }
    };
    tell();
    clock.increment(WIDENS_MS);
    tell();
    return actor.getSnapshot().context.agent;
  };
}

/** An interpreter for each call; it keeps what it finds in its model, so each is given one of its own, as its documentation shows. */
function byScion(people: readonly Person[]): Way {
  let taken: string | undefined;
  const when = (fits: (person: Person) => boolean) => ({
    event: "candidate",
    target: "offered",
    cond: ({ data }: { data: Person }) => fits(data),
    onTransition: ({ data }: { data: Person }) => void (taken = data.id),
  });
  const model = () => ({
    states: [
      { id: "experts", transitions: [when(isExpert), { event: "widen", target: "anybody" }] },
      { id: "anybody", transitions: [when(isExpert), when(isAble)] },
      { id: "offered" },
    ],
  });
  return () => {
    taken = undefined;
    const chart = new scion.Statechart(model);
    chart.start();
    const tell = (): void => {
      for (const data of people) {
        if (taken !== undefined) return;
        chart.gen({ name: "candidate", data });
      }
    };
    tell();
    chart.gen({ name: "widen" });
    tell();
    return taken;
  };
}
