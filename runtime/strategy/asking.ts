import { arm, callOf, change, command, type Core, disarm, record } from "../core.ts";
import type { BotTransfer, CallId, TaskId } from "../events.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import { asDuration } from "./needed.ts";
import type { AskOp } from "./program.ts";
import { masked } from "./secrets.ts";
import { entry, isThing } from "./things.ts";
import { endTreatment } from "./treatments.ts";
import { inOrder, isUp } from "./trunks.ts";
import { readUui } from "./uui.ts";
import { phone, type RecordValue, type Value } from "../values.ts";
import { fail, type Failure } from "./world.ts";

/*
 * `ask bot`: the caller stays here and talks to a bot, until it hangs up, hands him on, or takes too long. What then happens is the
 * strategy's to say.
 */

/** Has the bot called, or tells why it cannot be. */
export function startAsk(core: Core, id: CallId, op: AskOp): "failed" | Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const value = op.bot(scope);
  const over = op.over?.(scope);
  const giveUpMs = op.giveUp ? asDuration(op.giveUp(scope), scope) : Infinity;
  const along = op.along?.(scope);
  const bot = isThing(value, "bot") ? entry(core.directory.bots, value.name) : undefined;
  if (!bot) fail(scope, "no_such_target", "no such bot");
  if (scope.failure || !bot) return scope.failure;
  const named = over !== undefined && isThing(over, "trunk") ? over.name : bot.trunk;
  const trunks =
    named === undefined ? [] : inOrder(core, [named], "priority", "bot").filter((each) => isUp(core, each));
  if (trunks.length === 0 && (named !== undefined || bot.host === undefined)) return "failed";
  const task = change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    const its = ++call.lastTask;
    call.bot = { task: its, name: bot.id };
    call.wait = { for: "bot", task: its };
    if (giveUpMs !== Infinity) arm(core, call, "bot", core.now + giveUpMs);
    return its;
  });
  record(core, { type: "bot.started", call: id, bot: bot.id });
  command(core, { type: "ask", call: id, task, bot: bot.id, trunks, along });
  return undefined;
}

export type BotOutcome = "done" | "transfer" | "silent" | "failed" | "give_up" | "abandoned";

/** The bot is done with the caller, or we with it; false where that was so before. */
export function endAsk(core: Core, id: CallId, task: TaskId, outcome: BotOutcome, transfer?: BotTransfer): boolean {
  const { wait, bot } = callOf(core, id);
  if (wait.for !== "bot" || wait.task !== task || !bot) return false;
  const reason = transfer?.reason?.slice(0, limits.reasonCharacters);
  const transcript = transfer?.transcript?.slice(0, limits.transcriptCharacters);
  change(core, "call", id, (call) => {
    delete call.bot;
    if (transfer) call.fromBot = { bot: bot.name, reason, transcript };
    disarm(core, call, "bot");
  });
  const byUs = outcome === "give_up" || outcome === "abandoned";
  if (byUs) command(core, { type: "dismiss", call: id, task });
  const said = masked(core, callOf(core, id), { target: transfer?.target, reason, transcript });
  record(core, { type: "bot.ended", call: id, bot: bot.name, outcome, ...said });
  return true;
}

/** What `on transfer(t)` names. */
export function transferValue({ target, uui, headers, reason, transcript }: BotTransfer): Value {
  const all: RecordValue = { is: "record", fields: {}, anyCase: true };
  for (const [name, text] of Object.entries(headers ?? {})) all.fields[name.toLowerCase()] = text;
  return {
    is: "record",
    fields: {
      target: target === undefined ? null : phone(target),
      uui: uui === undefined ? null : readUui(uui),
      headers: all,
      reason: reason?.slice(0, limits.reasonCharacters) ?? null,
      transcript: transcript?.slice(0, limits.transcriptCharacters) ?? null,
    },
  };
}
