import type { Apply } from "../../language/index.ts";
import { calendarNamed, lowerTurn } from "./calendars.ts";
import { figures, statedOf } from "./figures.ts";
import { agentAt, entry, phoneOf } from "./things.ts";
import { textOf, thing, type Value } from "../values.ts";
import { type Evaluate, fail, type Lower, type Names, type Scope } from "./world.ts";

/** `agent_at(call.to)`, `ready(group A)`, `position(this)`. */
export function lowerApply(expr: Apply, lower: Lower, names: Names): Evaluate {
  const name = expr.name.text;
  const [first] = expr.args;
  const calendar = calendarNamed(first, names);
  if (calendar && (name === "next_opening" || name === "closing")) return lowerTurn(calendar, name);
  const args = expr.args.map(lower);
  const valuesOf = (scope: Scope): Value[] => args.map((arg) => arg(scope));
  if (name === "agent_at") return (scope) => agentByNumber(valuesOf(scope)[0] ?? null, scope);
  if (name === "agent_named") return (scope) => agentNamed(valuesOf(scope)[0] ?? null, scope);
  const figure = figures.get(name);
  if (!figure) return (scope) => fail(scope, "bad_value", `no function \`${name}\``);
  return (scope) => {
    const values = valuesOf(scope);
    return statedOf(scope, name, values) ?? figure(scope, values);
  };
}

function agentByNumber(value: Value, { world }: Scope): Value {
  const phone = phoneOf(value, world.directory);
  return phone === undefined ? null : agentAt(phone, world.directory);
}

/** By id, else by the name for people. */
function agentNamed(value: Value, scope: Scope): Value {
  const name = textOf(value);
  if (name === undefined) return null;
  const { agents } = scope.world.directory;
  const found = entry(agents, name) ?? Object.values(agents).find((agent) => agent.name === name);
  return found === undefined ? null : thing("agent", found.id);
}
