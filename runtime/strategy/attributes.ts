import { redirectOf } from "../agent.ts";
import { entry, isThing } from "./things.ts";
import { duration, kindOf, phone, type RecordValue, textOf, thing, type Value, word } from "../values.ts";
import { readUui } from "./uui.ts";
import { type Evaluate, fail, type Scope } from "./world.ts";

/** `call.NAME`. What the call does not have is `missing`. */
export function callAttribute(name: string): Evaluate {
  switch (name) {
    case "from":
      return (scope) => phone(scope.call.from);
    case "to":
      return (scope) => phone(scope.call.to);
    case "arrived":
      return (scope) => ({ is: "moment", at: scope.call.arrivedAt });
    case "waited":
      return (scope) => duration(scope.world.now - scope.call.arrivedAt);
    case "conversation":
      return (scope) => scope.call.conversation ?? scope.call.id;
    case "trunk":
      return (scope) => (scope.call.trunk === undefined ? null : thing("trunk", scope.call.trunk));
    case "entry":
      return (scope) => scope.call.entry ?? null;
    case "outcome":
      return (scope) => (scope.call.ended === undefined ? null : word(scope.call.ended));
    case "agent":
      return (scope) => (scope.call.party?.agent === undefined ? null : thing("agent", scope.call.party.agent));
    case "uui":
      return (scope) => {
        const header = entry(scope.call.headers, "user-to-user");
        return header === undefined ? null : readUui(header);
      };
    case "language":
      return (scope) => scope.call.language;
    case "data":
      return (scope) => ({ is: "record", fields: scope.call.data });
    case "header":
      return (scope) => ({ is: "record", fields: scope.call.headers, anyCase: true });
    default:
      return () => null;
  }
}

/** `value.NAME`: a field of a record, or what an agent has. Of `missing`, `missing`. */
export function attribute(value: Value, name: string, scope: Scope): Value {
  if (value === null) return null;
  if (isThing(value, "agent")) return agentAttribute(value.name, name, scope);
  if (isThing(value, "group") || isThing(value, "mailbox") || isThing(value, "trunk")) {
    return name === "name" ? value.name : null;
  }
  if (typeof value === "object" && value.is === "record") return fieldOf(value, name);
  return fail(scope, "bad_value", `${kindOf(value)} has no \`${name}\``);
}

/** `value["key"]`. */
export function itemOf(value: Value, key: Value, scope: Scope): Value {
  if (value === null || key === null) return null;
  const name = textOf(key);
  if (name === undefined) return fail(scope, "bad_value", `${kindOf(key)} as a key`);
  if (typeof value !== "object" || value.is !== "record") return attribute(value, name, scope);
  return fieldOf(value, name);
}

function fieldOf({ fields, anyCase }: RecordValue, key: string): Value {
  return entry(fields, anyCase ? key.toLowerCase() : key) ?? null;
}

function agentAttribute(id: string, name: string, scope: Scope): Value {
  const agent = entry(scope.world.directory.agents, id);
  if (agent === undefined) return null;
  switch (name) {
    case "id":
      return agent.id;
    case "name":
      return agent.name;
    case "device":
      return scope.world.agent(id)?.device ?? agent.device;
    case "redirect": {
      const number = redirectOf(agent, scope.world.agent(id));
      return number === undefined ? null : phone(number);
    }
    case "state":
      return word(scope.world.agentState(id) ?? "offline");
    default:
      return null;
  }
}
