import type { Apply } from "../../language/index.ts";
import { calendarNamed, lowerTurn } from "./calendars.ts";
import { agentAt, entry, isThing, phoneOf } from "./things.ts";
import { duration, kindOf, never, textOf, thing, type Value } from "../values.ts";
import { type Evaluate, fail, type Headcount, type Lower, type Names, type Scope } from "./world.ts";

/** `agent_at(call.to)`, `ready(group A)`, `position(this)`. */
export function lowerApply(expr: Apply, lower: Lower, names: Names): Evaluate {
  const [first] = expr.args;
  const calendar = calendarNamed(first, names);
  if (calendar && (expr.name.text === "next_opening" || expr.name.text === "closing")) {
    return lowerTurn(calendar, expr.name.text);
  }
  if (first === undefined) return (scope) => fail(scope, "bad_value", `\`${expr.name.text}\` without its argument`);
  const argument = lower(first);
  switch (expr.name.text) {
    case "agent_at":
      return (scope) => {
        const { directory } = scope.world;
        const phone = phoneOf(argument(scope), directory);
        return phone === undefined ? null : agentAt(phone, directory);
      };
    case "agent_named":
      return (scope) => agentNamed(argument(scope), scope);
    case "ready":
    case "staffed":
    case "reachable":
    case "busy":
      return headcount(expr.name.text, argument);
    case "waiting":
      return ofQueue(argument, (scope, queue) => scope.world.waiting(queue));
    case "longest_wait":
      return ofQueue(argument, (scope, queue) => duration(scope.world.longestWait(queue)));
    case "position":
      return (scope) => scope.world.position(scope.call) ?? null;
    case "ewt":
      return () => never;
    default:
      return (scope) => fail(scope, "bad_value", `no function \`${expr.name.text}\``);
  }
}

function headcount(what: Headcount, target: Evaluate): Evaluate {
  return (scope) => {
    const value = target(scope);
    const count =
      typeof value === "object" && value !== null && value.is === "thing"
        ? scope.world.headcount(what, value.noun, value.name)
        : undefined;
    return count ?? fail(scope, "bad_value", `\`${what}\` of ${kindOf(value)}`);
  };
}

function ofQueue(target: Evaluate, ask: (scope: Scope, queue: string) => Value): Evaluate {
  return (scope) => {
    const value = target(scope);
    if (isThing(value, "queue")) return ask(scope, value.name);
    const own = scope.call.queued?.name;
    return own === undefined ? fail(scope, "bad_value", `${kindOf(value)} where a queue is meant`) : ask(scope, own);
  };
}

/** By id, else by the name for people. */
function agentNamed(value: Value, scope: Scope): Value {
  const name = textOf(value);
  if (name === undefined) return null;
  const { agents } = scope.world.directory;
  const found = entry(agents, name) ?? Object.values(agents).find((agent) => agent.name === name);
  return found === undefined ? null : thing("agent", found.id);
}
