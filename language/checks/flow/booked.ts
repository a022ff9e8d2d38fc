import type { Callback, Queue } from "../../ast.ts";
import type { Names } from "../../names.ts";
import { reached } from "../../runs.ts";
import { type Checking, report } from "../checking.ts";
import { firstWord } from "../words.ts";

/** A caller whose callback is booked has left the queue: where nothing is said of that, he goes on as if nobody had answered. */
export function checkBooked(checking: Checking, { name, whileWaiting, handlers }: Queue, names: Names): void {
  const isHandled = handlers.some(({ outcomes }) => outcomes.some((outcome) => outcome.name.text === "left"));
  if (!whileWaiting || isHandled) return;
  for (const { statement, source } of reached([whileWaiting], checking.source, names)) {
    if (statement.kind !== "callback" || endsThere(checking, statement)) continue;
    const message = `the callback is booked, and the caller goes on below queue \`${name.text}\` as if nobody had answered`;
    const hint = "end `on accepted` with `hangup`, or say `on left { … }` at the queue";
    report({ ...checking, source }, "warning", "S446", firstWord(statement), message, { hint });
  }
}

function endsThere({ ends }: Checking, { handlers }: Callback): boolean {
  const accepted = handlers.find(({ outcomes }) => outcomes.some((outcome) => outcome.name.text === "accepted"));
  return accepted?.body.statements.some((statement) => ends.has(statement)) ?? false;
}
