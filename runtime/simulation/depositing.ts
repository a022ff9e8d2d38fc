import type { TaskId } from "../events.ts";
import { limits } from "../limits.ts";
import type { Deposit } from "./acts.ts";
import { after, type Visit } from "./visit.ts";

/* The messages that callers leave. */

export function deposit(visit: Visit, task: TaskId, taken: Deposit): void {
  visit.deposit =
    taken.act === "fails"
      ? { task, cancel: after(visit, taken.afterMs, () => depositEnds(visit, "failed", taken.sip)) }
      : {
          task,
          startedAt: visit.clock.now(),
          cancel: after(visit, taken.ms, () => depositEnds(visit, recorded(taken.ms))),
        };
}

export function depositEnds(visit: Visit, outcome: "left_message" | "empty" | "failed", sip?: number): void {
  const left = visit.deposit;
  if (!left) return;
  left.cancel();
  delete visit.deposit;
  const code = sip === undefined ? {} : { sip };
  visit.deliver({ type: "voicemail.ended", call: visit.call, task: left.task, outcome, ...code });
}

export function recorded(ms: number): "left_message" | "empty" {
  return ms < limits.leastMessageMs ? "empty" : "left_message";
}
