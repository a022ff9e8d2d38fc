import type { Call } from "../call.ts";
import { arm, command, type Core } from "../core.ts";
import { event, type Need, type OpOf } from "./need.ts";
import { asDuration, asName } from "./needed.ts";
import { startSaying } from "./saying.ts";
import { startTreatment } from "./treatments.ts";
import type { Scope } from "./world.ts";

/*
 * What callers hear, and pauses. What takes time is left behind as it begins.
 */

export function answer(core: Core, call: Call, ringback: boolean): Need | undefined {
  call.pc++;
  if (call.answered) return undefined;
  call.wait = { for: "answer", ringback };
  command(core, { type: "answer", call: call.id, ringback });
  return event;
}

export function play(core: Core, call: Call, op: OpOf<"play">, scope: Scope): Need | undefined {
  const prompt = asName(op.prompt(scope), scope);
  const otherwise = op.otherwise && asName(op.otherwise(scope), scope);
  if (scope.failure) return undefined;
  const task = startTreatment(core, call, "play", prompt);
  command(core, { type: "play", call: call.id, task, prompt, otherwise, language: call.language });
  return treatment(call, task);
}

export function say(core: Core, call: Call, op: OpOf<"say">, scope: Scope): Need | undefined {
  const task = startSaying(core, call, op.values, scope);
  return task === undefined ? undefined : treatment(call, task);
}

export function music(core: Core, call: Call, op: OpOf<"music">, scope: Scope): Need | undefined {
  const name = asName(op.name(scope), scope);
  const length = op.length && asDuration(op.length(scope), scope);
  if (scope.failure) return undefined;
  const ms = length === Infinity ? undefined : length;
  const task = startTreatment(core, call, "music", name);
  command(core, { type: "music", call: call.id, task, name, ms, language: call.language });
  if (ms !== undefined) return treatment(call, task);
  call.pc++;
  return undefined;
}

export function treatment(call: Call, task: number): Need {
  call.pc++;
  call.wait = { for: "treatment", task };
  return event;
}

export function pause(core: Core, call: Call, ms: number, scope: Scope): Need | undefined {
  if (scope.failure) return undefined;
  call.pc++;
  call.wait = { for: "time" };
  if (ms !== Infinity) arm(core, call, "time", core.now + Math.max(0, ms));
  return event;
}
