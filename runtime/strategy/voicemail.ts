import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId } from "../events.ts";
import { asText } from "./format.ts";
import { scopeOf } from "./frames.ts";
import type { VoicemailOp } from "./program.ts";
import { masked } from "./secrets.ts";
import { entry, isThing } from "./things.ts";
import { endTreatment } from "./treatments.ts";
import { fail, type Failure } from "./world.ts";

/** Connects the caller to the mailbox, or tells why it cannot be tried. */
export function startDeposit(core: Core, id: CallId, op: VoicemailOp): "failed" | Failure | undefined {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const value = op.mailbox(scope);
  const subject = op.subject && masked(core, call, asText(op.subject(scope)));
  const mailbox = isThing(value, "mailbox") ? entry(core.directory.mailboxes, value.name) : undefined;
  if (!mailbox) fail(scope, "no_such_target", "no such mailbox");
  if (scope.failure || !mailbox) return scope.failure;
  const { on: trunk, deposit: number } = mailbox;
  if (trunk === undefined || number === undefined || core.downTrunks.has(trunk)) return "failed";
  const task = change(core, "call", id, (changing) => {
    endTreatment(core, changing, "interrupted");
    changing.deposit = { task: ++changing.lastTask, mailbox: mailbox.id };
    changing.wait = { for: "deposit", task: changing.lastTask };
    return changing.lastTask;
  });
  record(core, { type: "voicemail.started", call: id, mailbox: mailbox.id });
  command(core, { type: "deposit", call: id, task, mailbox: mailbox.id, trunk, number, subject });
  return undefined;
}
