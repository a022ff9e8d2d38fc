import type { Call } from "../call.ts";
import { type Core, record } from "../core.ts";
import type { RecordBody } from "../records.ts";
import type { Value } from "../values.ts";

type Unreached = Extract<RecordBody, { type: "dial.failed" }>["outcome"];

const outcomes: readonly Unreached[] = ["busy", "no_answer", "rejected", "unreachable"];

/** Whom somebody dialled at his desk was not reached. */
export function notReached(core: Core, { id, dialler, to }: Call, outcome: Value, code: Value): void {
  if (!dialler) return;
  const said = typeof outcome === "object" && outcome?.is === "word" ? outcome.word : "";
  record(core, {
    type: "dial.failed",
    call: id,
    agent: dialler.agent,
    to,
    outcome: outcomes.find((each) => each === said) ?? "failed",
    sip: typeof code === "number" && code > 0 ? code : undefined,
  });
}
