import { release } from "../agents.ts";
import { type Call, emptyLocals, newCall } from "../call.ts";
import { command, type Core, record } from "../core.ts";
import type { CallId } from "../events.ts";
import { countOut } from "./admission.ts";
import { leavesPhone } from "./own-calls.ts";

/*
 * A call in which a mistake of ours has shown: its state can no longer be trusted. Everything that names it is searched for and let go, nothing
 * is followed from one to the other.
 */

/** The caller goes by default, as a call without a past. The second time, or where nobody is on the line or he hears his messages, it ends. */
export function rescueCall(core: Core, id: CallId): void {
  const call = core.tables.call.get(id);
  const program = call && core.programs.get(call.program);
  const isNobody =
    !call || call.ended || call.dialler || (call.callback && !call.answered) || call.wait.for === "visit";
  // The site's own route, where it has one: that of the strategy is what it was doing, or may be.
  const net = program?.directory.defaults.entryRoute ? "entry" : "strategy";
  const code = program?.codes[net === "entry" ? 0 : call?.home || -1];
  if (isNobody || call.defective || !program || !code) return giveUpCall(core, id);
  stopAll(core, call);
  letGo(core, id);
  // It is put there as a whole: recipes may be what fails.
  core.tables.call.set(id, {
    ...anew(call),
    defaulted: net,
    code: program.codes.indexOf(code),
    pc: code.defaultRoute,
    locals: emptyLocals(code.slots),
  });
  core.resumed.push(id);
  record(core, { type: "call.default_routed", call: id, net, reason: "a mistake of ours" });
}

/** Who the caller is, and what is known of him. */
function anew(call: Call): Call {
  const { answered, lastTask, lastAttempt, secrets, hushed, handOns, transferred, callers } = call;
  const kept = { answered, lastTask, lastAttempt, secrets, hushed, handOns, transferred, callers };
  return { ...newCall({ ...call, slots: 0 }), ...kept, defective: true };
}

/** Whatever was begun for it outside; what is over by now is stopped for nothing. */
function stopAll(core: Core, { id, offers, party, consult, bot, deposit, wait }: Call): void {
  const rung = [...offers.map((each) => each.id), party?.offer, consult?.offer];
  for (const offer of new Set(rung)) {
    if (offer !== undefined) command(core, { type: "withdraw", call: id, offer, reason: "strategy" });
  }
  if (bot) command(core, { type: "dismiss", call: id, task: bot.task });
  if (deposit) command(core, { type: "abandonDeposit", call: id, task: deposit.task });
  if (wait.for === "request") command(core, { type: "abandonRequest", call: id, task: wait.task });
}

function giveUpCall(core: Core, id: CallId): void {
  const call = core.tables.call.get(id);
  letGo(core, id);
  if (call) leavesPhone(core, id);
  if (call && !call.ended) countOut(core, call);
  core.tables.call.delete(id);
  record(core, { type: "call.ended", call: id, by: "system", disposition: "failed" });
  command(core, { type: "hangup", call: id });
}

function letGo(core: Core, id: CallId): void {
  const call = core.tables.call.get(id);
  for (const agent of core.tables.agent.values()) {
    const its = agent.work.find((each) => "call" in each && each.call === id);
    if (its && "offer" in its) release(core, agent.id, its.offer, "unharmed");
  }
  for (const { lines, bySince } of core.waiting.values()) {
    if (!call?.queued) break;
    lines.delete(call.queued.place);
    bySince.delete(call.queued.place);
  }
  for (const each of core.classes) {
    each.hopeful.delete(id);
    if (call?.queued) each.lines.delete(call.queued.place);
  }
  for (const { calls } of core.conditional.values()) calls.delete(id);
  core.freeCalls.delete(id);
  core.deadlines.cancelWhere((due) => "call" in due && due.call === id);
}
