import type { Call } from "../call.ts";
import { type Core, record } from "../core.ts";
import type { NotHandedOn, RecordBody } from "../records.ts";
import type { Value } from "../values.ts";

/* Whom people want and do not get, at their desks or by their phones: what has become of it, for the records. */

type Unreached = Extract<RecordBody, { type: "dial.failed" }>["outcome"];

const dialled: readonly Unreached[] = ["busy", "no_answer", "rejected", "unreachable", "failed"];
const handedOn: readonly NotHandedOn[] = [...dialled, "nobody", "give_up", "empty"];

export const tellUnreached = { notReached, notHandedOn };

/** Whom somebody dialled at his desk was not reached. */
function notReached(core: Core, { id, dialler, to }: Call, outcome: Value, code: Value): void {
  if (!dialler) return;
  const told = { agent: dialler.agent, to, outcome: outcomeIn(dialled, outcome), sip: codeIn(code) };
  record(core, { type: "dial.failed", call: id, ...told });
}

/** Whom the call was handed on to was not reached, and it goes back. Who could not be joined with again is not handed anything on. */
function notHandedOn(core: Core, { id, handedOn: on }: Call, outcome: Value, code: Value): void {
  if (on?.to === undefined) return;
  const told = { to: on.to, outcome: outcomeIn(handedOn, outcome), by: on.by, sip: codeIn(code) };
  record(core, { type: "transfer.failed", call: id, ...told });
}

function outcomeIn<O extends string>(outcomes: readonly O[], value: Value): O | "failed" {
  const said = typeof value === "object" && value?.is === "word" ? value.word : "";
  return outcomes.find((each) => each === said) ?? "failed";
}

const codeIn = (value: Value): number | undefined => (typeof value === "number" && value > 0 ? value : undefined);
