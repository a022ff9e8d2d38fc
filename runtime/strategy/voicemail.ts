import type { Depositing } from "../call.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId } from "../events.ts";
import { asText } from "./format.ts";
import { scopeOf } from "./frames.ts";
import type { VoicemailOp } from "./program.ts";
import { masked } from "./secrets.ts";
import { entry, isThing } from "./things.ts";
import { endTreatment, startTreatment, stopTreatment } from "./treatments.ts";
import { fail, type Failure } from "./world.ts";

/*
 * A mailbox on another system takes the caller as he is. For one of ours he is answered, greeted and recorded, one after the other.
 */

/** Connects the caller to the mailbox, or tells why it cannot be tried. */
export function startDeposit(core: Core, id: CallId, op: VoicemailOp): "failed" | Failure | undefined {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const value = op.mailbox(scope);
  const subject = op.subject && masked(core, call, asText(op.subject(scope)));
  const mailbox = isThing(value, "mailbox") ? entry(core.directory.mailboxes, value.name) : undefined;
  if (!mailbox) fail(scope, "no_such_target", "no such mailbox");
  if (scope.failure || !mailbox) return scope.failure;
  const { on: trunk, deposit: number, greeting, atMostMs: mostMs } = mailbox;
  if (trunk === undefined) {
    waitFor(core, id, { mailbox: mailbox.id, before: { greeting, mostMs, subject } });
    goOnDepositing(core, id);
    return undefined;
  }
  if (number === undefined || core.downTrunks.has(trunk)) return "failed";
  const task = waitFor(core, id, { mailbox: mailbox.id });
  command(core, { type: "deposit", call: id, task, mailbox: mailbox.id, trunk, number, subject });
  return undefined;
}

function waitFor(core: Core, id: CallId, deposit: Omit<Depositing, "task">): number {
  const task = change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    const next = ++call.lastTask;
    call.deposit = { task: next, ...deposit };
    call.wait = { for: "deposit", task: next };
    return next;
  });
  record(core, { type: "voicemail.started", call: id, mailbox: deposit.mailbox });
  return task;
}

/** What comes next before a message for a mailbox of ours: the answer, the greeting, and at last the recording. */
export function goOnDepositing(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    const { deposit } = call;
    if (!deposit?.before) return;
    if (!call.answered) return command(core, { type: "answer", call: id, ringback: false });
    const { greeting, mostMs, subject } = deposit.before;
    if (greeting === undefined) {
      delete deposit.before;
      const { task, mailbox } = deposit;
      return command(core, { type: "takeMessage", call: id, task, mailbox, mostMs, subject });
    }
    delete deposit.before.greeting;
    const task = startTreatment(core, call, "play", greeting);
    command(core, { type: "play", call: id, task, prompt: greeting, language: call.language });
  });
}

/** Calls off a message that is being left. */
export function endDeposit(core: Core, id: CallId): void {
  const { deposit } = callOf(core, id);
  if (!deposit) return;
  change(core, "call", id, (call) => {
    delete call.deposit;
    if (deposit.before && call.treatment) stopTreatment(core, call);
  });
  if (!deposit.before) command(core, { type: "abandonDeposit", call: id, task: deposit.task });
  record(core, { type: "voicemail.ended", call: id, mailbox: deposit.mailbox, outcome: "empty" });
}
