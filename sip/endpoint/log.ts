/** What the endpoint reports; a flood of one kind is reported once a second, with its size. */
import type { Clock } from "./timers.ts";
import type { Address } from "./transport.ts";

/** `dropped`, `refused`, `overload` and `untrusted` are others' doing; `defect` and `died`, the end of the endpoint's thread, ours. */
export type Report =
  | { kind: "dropped"; why: string; from: Address }
  | { kind: "refused"; status: number; why: string; from: Address }
  | { kind: "overload"; pending: number }
  /** A peer whom we call by TLS is not who he should be: `why` says what is wrong with his certificate. */
  | { kind: "untrusted"; why: string; name: string; to: Address }
  | { kind: "defect" | "died"; why: string };

/** `more` of the same kind were left out since the last one. */
export type LogEvent = Report & { more: number };

const PAUSE_MS = 1_000;

export function quietLog(log: (event: LogEvent) => void, clock: Clock): (report: Report) => void {
  const last = new Map<Report["kind"], { at: number; more: number }>();
  return (report) => {
    const now = clock.now();
    const before = last.get(report.kind);
    if (before && now - before.at < PAUSE_MS) before.more++;
    else {
      last.set(report.kind, { at: now, more: 0 });
      log({ ...report, more: before?.more ?? 0 });
    }
  };
}
