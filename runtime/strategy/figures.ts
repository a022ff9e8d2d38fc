import { abandonRateOf, asaOf, serviceLevelOf } from "../figures.ts";
import { duration, durationMs, kindOf, type RecordValue, thing, type Value } from "../values.ts";
import { entry, isThing, phoneOf } from "./things.ts";
import { asText } from "./format.ts";
import { fail, type Headcount, type Scope } from "./world.ts";

/*
 * Figures that a strategy may ask for, each the same here, on the desk and in the API. A test may state any of them.
 */

type Figure = (scope: Scope, args: readonly Value[]) => Value;

export const figures: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ["ready", headcount("ready")],
  ["staffed", headcount("staffed")],
  ["reachable", headcount("reachable")],
  ["busy", headcount("busy")],
  ["waiting", ofQueue((scope, queue) => scope.world.waiting(queue))],
  ["longest_wait", ofQueue((scope, queue) => duration(scope.world.longestWait(queue)))],
  ["asa", ofDay((day) => duration((day && asaOf(day)) ?? 0))],
  ["abandon_rate", ofDay((day) => percent(day ? abandonRateOf(day) : 0))],
  [
    "service_level",
    ofDay((day, [, within]) => percent(day ? serviceLevelOf(day, durationMs(within ?? null) ?? 0) : 100)),
  ],
  ["position", ({ world, call }) => world.position(call) ?? null],
  ["ewt", expectedWait],
  ["aht", ofAgent(({ calls, busyMs }) => duration(calls === 0 ? 0 : busyMs / calls))],
  ["occupancy", ofAgent((agent, now) => percent(occupancyOf(agent, now)))],
  [
    "idle",
    ofAgent(({ state, idleSince, stateSince }, now) =>
      duration(state === "ready" ? now - Math.max(idleSince, stateSince) : 0),
    ),
  ],
  ["active", ofTrunk((active) => active)],
  ["free", ofTrunk((active, channels) => (channels === undefined ? 1_000_000 : Math.max(0, channels - active)))],
  ["calls", callsBy],
  ["site_waits", siteWaits],
]);

/** How a figure is written with these values, to find what a test states of it. */
export function figureText(name: string, args: readonly Value[]): string {
  return `${name}(${args.map((value) => (isAnyThing(value) ? `${value.noun} ${value.name}` : (asText(value) ?? ""))).join(", ")})`;
}

/** What a test states; a wait stated for a queue holds for those who stand in it. */
export function statedOf({ world, call }: Scope, name: string, args: readonly Value[]): Value | undefined {
  const stated = world.stated(figureText(name, args));
  if (stated !== undefined || name !== "ewt" || !isThis(args[0]) || !call.queued) return stated;
  return world.stated(figureText(name, [thing("queue", call.queued.name)]));
}

type Thing = Extract<Value, { is: "thing" }>;

function isAnyThing(value: Value | undefined): value is Thing {
  return typeof value === "object" && value?.is === "thing";
}

function isThis(value: Value | undefined): boolean {
  return typeof value === "object" && value?.is === "word" && value.word === "this";
}

function percent(value: number): Value {
  return { is: "percent", value };
}

function headcount(what: Headcount): Figure {
  return (scope, [value = null]) => {
    const count = isAnyThing(value) ? scope.world.headcount(what, value.noun, value.name) : undefined;
    return count ?? fail(scope, "bad_value", `\`${what}\` of ${kindOf(value)}`);
  };
}

/** Without another, the queue that the call is in. */
function ofQueue(ask: (scope: Scope, queue: string, args: readonly Value[]) => Value): Figure {
  return (scope, args) => {
    const [value = null] = args;
    const queue = isThing(value, "queue") ? value.name : scope.call.queued?.name;
    if (queue === undefined) return fail(scope, "bad_value", `${kindOf(value)} where a queue is meant`);
    return ask(scope, queue, args);
  };
}

type Day = ReturnType<Scope["world"]["today"]>;

function ofDay(ask: (day: Day, args: readonly Value[]) => Value): Figure {
  return ofQueue(({ world }, queue, args) => ask(world.today(queue), args));
}

type Agent = NonNullable<ReturnType<Scope["world"]["agent"]>>;

function ofAgent(ask: (agent: Agent, now: number) => Value): Figure {
  return (scope, [value = null]) => {
    const agent = isThing(value, "agent") ? scope.world.agent(value.name) : undefined;
    return agent ? ask(agent, scope.world.now) : fail(scope, "bad_value", `${kindOf(value)} where an agent is meant`);
  };
}

/** What he has in hand now counts too; of who may hold two calls, one is half. */
function occupancyOf({ work, capacity, busyMs, staffedMs, staffedSince }: Agent, now: number): number {
  const busy = work.reduce((sum, { since }) => sum + now - since, busyMs);
  const staffed = staffedMs + (staffedSince === undefined ? 0 : now - staffedSince);
  return staffed === 0 ? 0 : Math.min(100, (100 * busy) / (staffed * capacity));
}

function ofTrunk(ask: (active: number, channels: number | undefined) => Value): Figure {
  return (scope, [value = null]) => {
    const trunk = isThing(value, "trunk") ? entry(scope.world.directory.trunks, value.name) : undefined;
    if (!trunk) return fail(scope, "no_such_target", `${kindOf(value)} where a trunk is meant`);
    return ask(scope.world.callsOn(trunk.id), trunk.channels);
  };
}

function expectedWait(scope: Scope, [value = null]: readonly Value[]): Value {
  if (isThis(value)) return duration(scope.world.expectedWait(scope.call));
  if (isAnyThing(value)) return duration(scope.world.expectedWaitOf(value.noun, value.name));
  return fail(scope, "bad_value", `the wait of ${kindOf(value)}`);
}

function callsBy(scope: Scope, [value = null]: readonly Value[]): Value {
  const number = phoneOf(value, scope.world.directory);
  return number === undefined
    ? fail(scope, "bad_value", `${kindOf(value)} where an entry is meant`)
    : scope.world.callsBy(number);
}

/** The waits of sites that said one, each made longer as `adjust` says; the first of several best ones in the list's order. */
function siteWaits(scope: Scope, [sites = null, adjust = null]: readonly Value[]): Value {
  if (typeof sites !== "object" || sites?.is !== "list")
    return fail(scope, "bad_value", `${kindOf(sites)} where sites are meant`);
  const fields: RecordValue["fields"] = {};
  let best: { site: string; ms: number } | undefined;
  let worst = 0;
  for (const item of sites.items) {
    const site = isThing(item, "site") ? item.name : asText(item);
    const ms = site === undefined ? undefined : scope.world.siteWait(site);
    if (site === undefined || ms === undefined) continue;
    const adjusted = ms * (1 + adjustment(adjust, site) / 100);
    fields[site] = duration(adjusted);
    worst = Math.max(worst, adjusted);
    if (best === undefined || adjusted < best.ms) best = { site, ms: adjusted };
  }
  fields["best"] = best?.site ?? null;
  fields["spread"] = best ? duration(worst - best.ms) : null;
  return { is: "record", fields };
}

function adjustment(adjust: Value, site: string): number {
  const value = typeof adjust === "object" && adjust?.is === "record" ? entry(adjust.fields, site) : undefined;
  return typeof value === "object" && value?.is === "percent" ? value.value : 0;
}
