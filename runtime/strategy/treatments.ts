import type { Call } from "../call.ts";
import { command, type Core, record } from "../core.ts";
import type { TaskId } from "../events.ts";
import type { TreatmentKind } from "../records.ts";

/** What the caller hears from now on; what sounded before is interrupted. Gives the task for the command that makes it sound. */
export function startTreatment(core: Core, call: Call, kind: TreatmentKind, name?: string): TaskId {
  endTreatment(core, call, "interrupted");
  const task = ++call.lastTask;
  call.treatment = { kind, name, task };
  record(core, { type: "treatment.started", call: call.id, kind, name });
  return task;
}

export function endTreatment(core: Core, call: Call, outcome: "done" | "missing" | "failed" | "interrupted"): void {
  const treatment = call.treatment;
  if (treatment === undefined) return;
  call.treatment = undefined;
  record(core, { type: "treatment.ended", call: call.id, kind: treatment.kind, name: treatment.name, outcome });
}

/** Ends a treatment that the strategy waited for and now waits for no more; one without an end of its own sounds on. */
export function stopWaitedFor(core: Core, call: Call): void {
  if (call.wait.for === "treatment" && call.treatment?.task === call.wait.task) stopTreatment(core, call);
}

/** From here on nothing sounds. */
export function stopTreatment(core: Core, call: Call): void {
  endTreatment(core, call, "interrupted");
  command(core, { type: "silence", call: call.id, task: ++call.lastTask });
}
