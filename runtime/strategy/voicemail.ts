import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId } from "../events.ts";
import { asText } from "./format.ts";
import { scopeOf } from "./frames.ts";
import type { VoicemailOp } from "./program.ts";
import { entry, isThing } from "./things.ts";
import { endTreatment } from "./treatments.ts";
import { fail, type Failure } from "./world.ts";

/** Connects the caller to the mailbox, or tells why it cannot be tried. */
export function startDeposit(core: Core, id: CallId, op: VoicemailOp): "failed" | Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const value = op.mailbox(scope);
  const subject = op.subject && asText(op.subject(scope));
  const mailbox = isThing(value, "mailbox") ? entry(core.directory.mailboxes, value.name) : undefined;
  if (!mailbox) fail(scope, "no_such_target", "no such mailbox");
  if (scope.failure || !mailbox) return scope.failure;
  const { on: trunk, deposit: number } = mailbox;
  if (trunk === undefined || number === undefined || core.downTrunks.has(trunk)) return "failed";
  const task = change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.deposit = { task: ++call.lastTask, mailbox: mailbox.id };
    call.wait = { for: "deposit", task: call.lastTask };
    return call.lastTask;
  });
  record(core, { type: "voicemail.started", call: id, mailbox: mailbox.id });
  command(core, { type: "deposit", call: id, task, mailbox: mailbox.id, trunk, number, subject });
  return undefined;
}
