import type { Call, Place } from "../call.ts";
import type { Core } from "../core.ts";
import type { Millis } from "../events.ts";
import { scopeOf } from "../strategy/frames.ts";
import { asBoolean } from "../strategy/operators.ts";
import { masked } from "../strategy/secrets.ts";
import { asDuration, asFields, asMoment, asNumber } from "../strategy/needed.ts";
import { UNCAPPED } from "./lines.ts";
import type { Plan } from "../strategy/program.ts";
import type { Condition } from "./skills.ts";
import { isThing } from "../strategy/things.ts";
import { kindOf, type Value } from "../values.ts";
import { type Evaluate, fail, type Failure, type Scope } from "../strategy/world.ts";

/** What is taken from a plan when a call enters its queue, and holds until it leaves. */
export interface Frozen {
  place: Omit<Place, "call" | "sequence" | "key">;
  ringMs?: Millis;
  most: number;
  /** `Infinity` for never. */
  giveUpMs: Millis;
  exclude: string[];
  showing?: Record<string, Value>;
  people: (Condition | undefined)[];
}

/** Evaluates the order rules and targets of a queue; a failure is the strategy's error. */
export function freezePlan(core: Core, call: Call, plan: Plan): Frozen | Failure {
  const scope = scopeOf(core, call);
  const frozen: Frozen = {
    place: freezePlace(plan, scope),
    ringMs: plan.ringFor ? asDuration(plan.ringFor(scope), scope) : undefined,
    most: plan.offerTo ? Math.max(1, Math.floor(asNumber(plan.offerTo(scope), scope))) : 1,
    giveUpMs: plan.giveUp ? asDuration(plan.giveUp(scope), scope) : Infinity,
    exclude: plan.exclude ? asAgents(plan.exclude(scope), scope) : [],
    showing: plan.showing && masked(core, call, asFields(plan.showing(scope))),
    people: plan.steps.map((step) => step.people?.(scope)),
  };
  return scope.failure ?? frozen;
}

function freezePlace(plan: Plan, scope: Scope): Frozen["place"] {
  const { priority } = plan;
  const rising = priority?.rising;
  const every = rising ? asDuration(rising.every(scope), scope) : 1;
  const number = (value: Evaluate | undefined, otherwise: number): number =>
    value ? asNumber(value(scope), scope) : otherwise;
  const flat = every === Infinity || every <= 0;
  // What a rule does not say, a call that somebody has handed on has from the queue that he took it out of.
  const { stood, handedOn } = scope.call;
  const kept = handedOn && stood;
  const own = {
    base: number(priority?.base, 0),
    by: flat ? 0 : Math.max(0, number(rising?.by, 0)),
    every: flat ? 1 : every,
    upTo: number(rising?.upTo, UNCAPPED),
  };
  const points = priority || !kept ? own : { base: kept.base, by: kept.by, every: kept.every, upTo: kept.upTo };
  return {
    tier: plan.tier || !kept ? freezeTier(plan, scope) : kept.tier,
    ...points,
    since: plan.keepPlaceOf ? asMoment(plan.keepPlaceOf(scope), scope) : scope.world.now,
  };
}

/** Tiers stand strictest first; without one, the last, which is `normal` unless the directory says otherwise. */
function freezeTier(plan: Plan, scope: Scope): number {
  const { tiers } = scope.world.directory;
  const normal = tiers.includes("normal") ? tiers.indexOf("normal") : tiers.length - 1;
  if (!plan.tier) return normal;
  const holds = plan.tier.when === undefined || asBoolean(plan.tier.when(scope), scope);
  return holds && tiers.includes(plan.tier.tier) ? tiers.indexOf(plan.tier.tier) : normal;
}

/** One agent or a list of them; what is missing excludes nobody. */
function asAgents(value: Value, scope: Scope): string[] {
  if (value === null) return [];
  if (isThing(value, "agent")) return [value.name];
  if (typeof value === "object" && value.is === "list") return value.items.flatMap((item) => asAgents(item, scope));
  fail(scope, "bad_value", `${kindOf(value)} cannot be excluded`);
  return [];
}
